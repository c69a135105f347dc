using System.Diagnostics;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Core.Blobs;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;
using ResourceHub.Engines.Folder;

namespace ResourceHub.Host.Bench;

/// <summary>The same files read and indexed by one process and by four. The index is a stand-in, so what is measured is the hub's own work and the database.</summary>
internal static class IndexersFigures
{
    public static async Task MeasureAsync(Plan plan, Figures figures, string work, LocalPostgres postgres)
    {
        await using var index = await IndexStandIn.StartAsync();
        var one = await RunAsync(1);
        var four = await RunAsync(4);
        figures.Note($"{plan.Files} files read and indexed by one process", plan.Files / one.TotalSeconds, "/s");
        figures.AtLeast("four processes ÷ one, on this machine's cores", one / four, "×", 1.6);

        async Task<TimeSpan> RunAsync(int processes)
        {
            var data = Directory.CreateDirectory(Path.Join(work, $"indexers-{processes}")).FullName;
            var connection = await ScaleFigures.DatabaseAsync(postgres, $"indexers_{processes}");
            await using var services = ScaleFigures.Open(connection);
            foreach (var engine in services.GetServices<IPrepareAtStart>()) await engine.PrepareAsync(default);
            await FillAsync(services, data, plan);
            Dictionary<string, string> settings = new()
            {
                ["Hub__Data"] = data,
                ["Hub__Roles"] = "Indexer",
                ["Hub__Database"] = "postgres",
                ["Hub__Postgres__ConnectionString"] = connection,
                ["Hub__Search"] = "elasticsearch",
                ["Hub__Elasticsearch__Nodes"] = index.Address.ToString(),
                ["Hub__Readers"] = "1",
                ["Logging__LogLevel__Default"] = "Warning",
            };
            var servers = await Task.WhenAll(Enumerable.Range(0, processes).Select(_ => Server.StartAsync(["run"], settings, "/health/ready")));
            // Started up and warm; only then is there work.
            await PromiseAsync(services);
            var clock = Stopwatch.StartNew();
            using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            var databases = services.GetRequiredService<IDbContextFactory<HubDb>>();
            while (true)
            {
                await using var db = await databases.CreateDbContextAsync();
                if (!await db.Jobs.AnyAsync()) break;
                await tick.WaitForNextTickAsync();
            }
            var took = clock.Elapsed;
            foreach (var server in servers) await server.DisposeAsync();
            return took;
        }
    }

    private static async Task FillAsync(IServiceProvider services, string data, Plan plan)
    {
        await using var stores = new ServiceCollection().AddSingleton(TimeProvider.System).AddSingleton(new HubSettings { ReserveBytes = 0 }).AddFolder(Path.Join(data, "blobs")).BuildServiceProvider();
        var blobs = stores.GetRequiredService<IBlobStore>();
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        await using var db = await services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync();
        var school = new School { Name = "第一实验学校", CreatedAt = now };
        db.Add(school);
        foreach (var lesson in new Lessons(plan.Seed).Take(plan.Files))
        {
            var text = Encoding.UTF8.GetBytes(string.Join("\n\n", Enumerable.Repeat(lesson.Pages, 20).SelectMany(p => p)) + lesson.Number);
            using var content = new MemoryStream(text, writable: false);
            var name = await blobs.PutAsync(content, new BlobInfo("教案.txt", now), default);
            var resource = new Resource { SchoolId = school.Id, CreatedBy = school.Id, Title = lesson.Title, Kind = lesson.Kind, CreatedAt = now };
            db.Add(resource);
            db.Add(new ResourceFile { ResourceId = resource.Id, Name = "教案.txt", MediaType = "text/plain", Size = text.Length, Sha256 = name.Hex, AddedIn = 1, AddedAt = now });
        }
        await db.SaveChangesAsync();
    }

    private static async Task PromiseAsync(IServiceProvider services)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync();
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var files = await db.Files.Select(f => f.Id).ToListAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        foreach (var file in files) await JobQueue.PromiseAsync(db, JobKinds.Extract, file, JobPriority.Bulk, now, default);
        await transaction.CommitAsync();
    }
}
