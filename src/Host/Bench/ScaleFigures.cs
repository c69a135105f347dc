using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Core.Jobs;
using ResourceHub.Engines.Postgres;
using ResourceHub.Engines.Sqlite;

namespace ResourceHub.Host.Bench;

/// <summary><c>--engines scale</c>: what PostgreSQL costs beside SQLite, how fast it gives out jobs, and whether several indexers do more than one.</summary>
internal static class ScaleFigures
{
    private const double MostTimesSqlite = 1.5;
    private const int Rounds = 5;

    private static readonly (string Name, string Query)[] Queries =
    [
        ("feed of changes, 100", "{ changes(first: 100) { edges { node { kind at resource { title } } } pageInfo { endCursor } } }"),
        ("partnerships, members and what each shares", "{ partnerships(first: 12) { edges { node { id name members { school { name } } resources(first: 10) { edges { node { id title school { name } } } } } } } }"),
        ("resource with school and 5 related", "query($id: ID!) { resource(id: $id) { id title kind { code label } school { id name } related(first: 5) { id title school { name } } } }"),
        ("20 resources with files and schools", "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Resource { id title school { name } files { name size extraction { state } } } } }"),
        ("search, 20 hits", "{ search(text: \"分数\", first: 20) { totalCount edges { node { id title school { name } } } } }"),
    ];

    public static async Task MeasureAsync(Plan plan, Figures figures, string work)
    {
        await using var postgres = await LocalPostgres.StartAsync();
        await ClaimsAsync(figures, postgres);
        await QueriesAsync(plan, figures, work, postgres);
        await IndexersFigures.MeasureAsync(plan, figures, work, postgres);
    }

    internal static ServiceProvider Open(string connection) => new ServiceCollection().AddLogging().AddCore().AddSingleton(new HubSettings())
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Hub:Postgres:ConnectionString", connection)]).Build()).AddPostgres().BuildServiceProvider();

    internal static async Task<string> DatabaseAsync(LocalPostgres postgres, string name)
    {
        await postgres.AskAsync($"CREATE DATABASE {name}");
        return postgres.ConnectionString.Replace("Database=postgres", $"Database={name}", StringComparison.Ordinal);
    }

    /// <summary>Jobs are taken and ended by four workers in batches, as indexers do.</summary>
    private static async Task ClaimsAsync(Figures figures, LocalPostgres postgres)
    {
        const int jobs = 40_000, workers = 4, atOnce = 100;
        await using var services = Open(await DatabaseAsync(postgres, "claims"));
        foreach (var engine in services.GetServices<IPrepareAtStart>()) await engine.PrepareAsync(default);
        var databases = services.GetRequiredService<IDbContextFactory<HubDb>>();
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        await using (var db = await databases.CreateDbContextAsync())
        {
            foreach (var some in Enumerable.Range(0, jobs).Chunk(2000))
            {
                await using var transaction = await db.Database.BeginTransactionAsync();
                foreach (var _ in some) await JobQueue.PromiseAsync(db, JobKinds.Index, Guid.CreateVersion7(), JobPriority.Bulk, now, default);
                await transaction.CommitAsync();
            }
        }
        var queue = services.GetRequiredService<JobQueue>();
        var clock = Stopwatch.StartNew();
        var done = await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(async () =>
        {
            var taken = 0;
            while (await queue.ClaimAsync(JobKinds.Index, atOnce, default) is { Count: > 0 } claimed)
            {
                await using var db = await databases.CreateDbContextAsync();
                taken += await JobQueue.CompleteAsync(db, claimed, default);
            }
            return taken;
        })));
        if (done.Sum() != jobs) throw new InvalidOperationException($"{done.Sum()} of {jobs} jobs were done.");
        figures.AtLeast($"jobs taken and ended, {workers} workers, {atOnce} at once", jobs / clock.Elapsed.TotalSeconds, "/s", 3000);
    }

    private static async Task QueriesAsync(Plan plan, Figures figures, string work, LocalPostgres postgres)
    {
        var count = plan.Documents[0];
        var connection = await DatabaseAsync(postgres, "queries");
        var (here, there) = (Path.Join(work, "sqlite"), Path.Join(work, "postgres"));
        Directory.CreateDirectory(here);
        await using (var sqlite = new ServiceCollection().AddCore().AddSqlite(here).BuildServiceProvider()) await FillAsync(sqlite, plan, count);
        await using (var services = Open(connection)) await FillAsync(services, plan, count);
        await using (var services = Open(connection))
        await using (var db = await services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync()) await db.Database.ExecuteSqlRawAsync("ANALYZE");
        Dictionary<string, string> own = new() { ["Hub__BootstrapKey"] = SearchFigures.Key, ["Hub__ReserveBytes"] = "0", ["Hub__RequestsPerMinute"] = "100000000" };
        await using var onSqlite = await Server.StartAsync(["run"], new Dictionary<string, string>(own) { ["Hub__Data"] = here }, "/health/ready");
        await SearchFigures.WholeAsync(onSqlite.Address);
        await using var onPostgres = await Server.StartAsync(["run"], new Dictionary<string, string>(own) { ["Hub__Data"] = there, ["Hub__Database"] = "postgres", ["Hub__Postgres__ConnectionString"] = connection }, "/health/ready");
        await SearchFigures.WholeAsync(onPostgres.Address);
        var ids = await SearchFigures.IdsAsync(onPostgres.Address);
        foreach (var (name, query) in Queries)
        {
            // The two records have ids of their own; the same number of the same kind is asked for at each.
            var ofSqlite = Requests(query, await SearchFigures.IdsAsync(onSqlite.Address));
            var ofPostgres = Requests(query, ids);
            List<double> ratios = [];
            for (var round = 0; round < Rounds; round++)
            {
                var one = await Load.RunAsync(onSqlite.Address, ofSqlite, 1, plan.Time / 8, plan.Time / 4);
                var two = await Load.RunAsync(onPostgres.Address, ofPostgres, 1, plan.Time / 8, plan.Time / 4);
                if (one.Failures + two.Failures > 0) throw new InvalidOperationException($"{name}: an answer was an error.");
                ratios.Add(two.P50Ms / one.P50Ms);
                if (round == Rounds - 1) figures.Note($"{name}: SQLite", one.P50Ms, "ms");
            }
            figures.AtMost($"{name}: PostgreSQL ÷ SQLite", ratios.Order().ElementAt(Rounds / 2), "×", MostTimesSqlite);
        }
    }

    private static async Task FillAsync(IServiceProvider services, Plan plan, int count)
    {
        await MadeHub.FillAsync(services, new Lessons(plan.Seed), count);
        await using var db = await services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync();
        db.Database.SetCommandTimeout(600);
        await db.Database.ExecuteSqlRawAsync("""INSERT INTO "Changes" ("Kind", "ResourceId", "SchoolId", "At") SELECT 1, "Id", "SchoolId", "CreatedAt" FROM "Resources" ORDER BY "Id" """);
    }

    private static IReadOnlyList<byte[]> Requests(string query, IReadOnlyList<string> ids)
    {
        string Body(object variables) => JsonSerializer.Serialize(new { query, variables });
        return query.Contains("$ids", StringComparison.Ordinal) ? [.. ids.Chunk(20).Select(some => Load.Post("/graphql", Body(new { ids = some }), MadeHub.TeacherKey))]
            : query.Contains("$id", StringComparison.Ordinal) ? [.. ids.Select(id => Load.Post("/graphql", Body(new { id }), MadeHub.TeacherKey))]
            : [Load.Post("/graphql", Body(new { }), MadeHub.TeacherKey)];
    }
}
