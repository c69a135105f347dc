using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ResourceHub.Core;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Search;
using ResourceHub.Indexer.Jobs;

namespace ResourceHub.Tests.Indexer;

public sealed class IndexingTests
{
    [Fact]
    public async Task A_file_is_read_and_found_by_its_words_and_says_how_far_it_is()
    {
        await using var hub = await HubApp.StartAsync();
        var school = await hub.SchoolAsync("新村小学");
        var id = await hub.ResourceAsync(school, "第一课");
        await hub.AttachAsync(id, Encoding.UTF8.GetBytes("先找分母的最小公倍数，再通分。"), "第一课.txt");
        Assert.Contains(await StateAsync(hub, id), (string[])["PENDING", "RUNNING", "DONE"]);
        await hub.IdleAsync();
        Assert.Equal("DONE", await StateAsync(hub, id));
        Assert.Equal(id, Assert.Single(await FindAsync(hub, "最小公倍数")));
        Assert.Empty(await FindAsync(hub, "最小公倍数", key: null));
        await hub.PublishAsync(id);
        await hub.IdleAsync();
        Assert.Equal(id, Assert.Single(await FindAsync(hub, "最小公倍数", key: null)));
    }

    [Fact]
    public async Task A_resource_is_found_by_what_it_is_filed_under()
    {
        await using var hub = await HubApp.StartAsync();
        var school = await hub.SchoolAsync("新村小学");
        var id = await hub.ResourceAsync(school, "通分", kind: "slides");
        await hub.QueryAsync(
            "mutation($id: ID!) { updateResource(input: { resourceId: $id, subject: \"mathematics\", grades: [\"g5\"], stage: \"primary\" }) { errors { message } } }", new { id }, HubApp.AdminKey);
        await hub.ResourceAsync(school, "背影");
        await hub.IdleAsync();
        Assert.Equal(id, (await FindAsync(hub, "五年级 数学 课件"))[0]);
    }

    [Theory]
    [InlineData("the folder is gone")]
    [InlineData("a file is cut short")]
    [InlineData("the list of segments is gone")]
    public async Task A_damaged_index_is_noticed_at_the_start_and_made_anew_from_the_record(string damage)
    {
        var data = Directory.CreateTempSubdirectory("hub-rebuild-").FullName;
        try
        {
            List<string> ids = [];
            string school;
            await using (var hub = await HubApp.StartAsync(data: data))
            {
                school = await hub.SchoolAsync("新村小学");
                for (var n = 0; n < 5; n++) ids.Add(await hub.ShareAsync(school, $"第{n}课", Encoding.UTF8.GetBytes("先找分母的最小公倍数，再通分。"), "课.txt"));
            }
            Damage(Path.Join(data, "index"), damage);
            await using (var hub = await HubApp.StartAsync(data: data))
            {
                await WholeAsync(hub);
                Assert.Equal(ids.Order(), (await FindAsync(hub, "最小公倍数", key: null)).Order());
            }
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task What_changes_while_the_index_is_rebuilt_is_not_lost()
    {
        await using var hub = await HubApp.StartAsync();
        var school = await hub.SchoolAsync("新村小学");
        List<string> ids = [];
        for (var n = 0; n < 30; n++) ids.Add(await hub.ResourceAsync(school, $"旧题目{n}"));
        var rebuilding = hub.Services.GetServices<IHostedService>().OfType<RebuildIndex>().Single();
        using var stop = new CancellationTokenSource();
        var rebuilds = Task.Run(async () =>
        {
            for (; !stop.IsCancellationRequested;) await rebuilding.RebuildAsync("test", default);
        });
        foreach (var id in ids)
            await hub.QueryAsync("mutation($id: ID!) { updateResource(input: { resourceId: $id, title: \"荷塘月色\" }) { errors { message } } }", new { id }, HubApp.AdminKey);
        await hub.IdleAsync();
        await stop.CancelAsync();
        await rebuilds;
        Assert.Equal(30, await TotalAsync(hub, "荷塘月色"));
        Assert.Equal(0, await TotalAsync(hub, "旧题目"));
    }

    [Fact]
    public async Task One_resource_that_the_index_refuses_keeps_no_other_out_of_a_rebuild()
    {
        await using var record = await TempRecord.StartAsync();
        var school = new ResourceHub.Core.Schools.School { Name = "新村小学", CreatedAt = DateTime.UnixEpoch };
        Resource[] resources = [.. Enumerable.Range(0, 7).Select(n => new Resource { SchoolId = school.Id, Title = $"第{n}课", Kind = "slides", CreatedAt = DateTime.UnixEpoch })];
        await record.SaveAsync(school);
        await record.SaveAsync([.. resources]);
        var index = new PickyIndex(resources[3].Id);
        var logs = Microsoft.Extensions.Logging.Abstractions.NullLogger<RebuildIndex>.Instance;
        using var rebuild = new RebuildIndex(record, index, index, record.Get<JobQueue>(), TimeProvider.System, logs);
        await rebuild.RebuildAsync("test", default);
        Assert.True(index.IsWhole);
        using var runner = new ResourceHub.Indexer.JobRunner(record.Get<JobQueue>(), record.Get<JobSignal>(), [new IndexResource(record, index, TimeProvider.System)], new HubSettings(), TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<ResourceHub.Indexer.JobRunner>.Instance);
        await runner.StartAsync(default);
        await index.Six.WaitAsync(TimeSpan.FromSeconds(30));
        await runner.StopAsync(default);
        await using var db = record.CreateDbContext();
        Assert.Equal(resources[3].Id, (await db.Jobs.SingleAsync(j => j.Reason != null)).Subject);
    }

    private static void Damage(string index, string damage)
    {
        switch (damage)
        {
            case "the folder is gone":
                Directory.Delete(index, recursive: true);
                break;
            case "a file is cut short":
                using (var largest = new FileStream(Directory.GetFiles(index).MaxBy(f => new FileInfo(f).Length)!, FileMode.Open)) largest.SetLength(largest.Length / 2);
                break;
            default:
                foreach (var list in Directory.GetFiles(index, "segments*")) File.Delete(list);
                break;
        }
    }

    private static async Task WholeAsync(HubApp hub)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!(await hub.Services.GetRequiredService<ISearchIndex>().HealthAsync(limit.Token)).IsWhole) await tick.WaitForNextTickAsync(limit.Token);
        await hub.IdleAsync();
    }

    private static async Task<List<string>> FindAsync(HubApp hub, string text, string? key = HubApp.AdminKey)
        => [.. (await SearchAsync(hub, text, key)).GetProperty("edges").EnumerateArray().Select(e => e.GetProperty("node").GetProperty("id").GetString()!)];

    private static async Task<int> TotalAsync(HubApp hub, string text) => (await SearchAsync(hub, text, HubApp.AdminKey)).GetProperty("totalCount").GetInt32();

    private static async Task<JsonElement> SearchAsync(HubApp hub, string text, string? key)
        => (await hub.QueryAsync("query($text: String!) { search(text: $text, first: 50) { totalCount edges { node { id } } } }", new { text }, key)).GetProperty("search");

    private static async Task<string> StateAsync(HubApp hub, string id)
        => (await hub.QueryAsync("query($id: ID!) { resource(id: $id) { files { extraction { state } } } }", new { id }, HubApp.AdminKey))
            .GetProperty("resource").GetProperty("files")[0].GetProperty("extraction").GetProperty("state").GetString()!;

    /// <summary>An index that breaks on one resource: what a bug in an engine would do.</summary>
    private sealed class PickyIndex(Guid refused) : ISearchIndex, IIndexRenewal
    {
        private readonly HashSet<Guid> taken = [];
        private readonly TaskCompletionSource six = new();

        public bool IsWhole { get; private set; }
        public Task Six => six.Task;

        public Task WriteAsync(IReadOnlyCollection<ResourceDocument> documents, IReadOnlyCollection<Removal> removals, CancellationToken ct)
        {
            if (documents.Any(d => d.Id == refused)) throw new InvalidOperationException("a document of this kind breaks me");
            taken.UnionWith(documents.Select(d => d.Id));
            if (taken.Count == 6) six.TrySetResult();
            return Task.CompletedTask;
        }

        public Task ClearAsync(CancellationToken ct) => Task.CompletedTask;

        public Task MarkWholeAsync(CancellationToken ct)
        {
            IsWhole = true;
            return Task.CompletedTask;
        }

        public Task<IndexHealth> HealthAsync(CancellationToken ct) => Task.FromResult(new IndexHealth(IsWhole, taken.Count, ""));

        public Task<IReadOnlyDictionary<Guid, HeldDocument>> HeldAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct) => throw new NotSupportedException();

        public Task<IRenewedIndex> BeginAsync(CancellationToken ct) => throw new NotSupportedException();

        public Task TidyAsync(CancellationToken ct) => Task.CompletedTask;

        public Task<SearchPage> SearchAsync(SearchRequest request, CancellationToken ct) => throw new NotSupportedException();

        public Task<IReadOnlyList<SuggestedPhrase>> SuggestAsync(SuggestRequest request, CancellationToken ct) => throw new NotSupportedException();
    }
}
