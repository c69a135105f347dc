using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Core.Search;
using ResourceHub.Host.Commands;
using ResourceHub.Indexer.Jobs;
using ResourceHub.Tests.Engines.Elasticsearch;

namespace ResourceHub.Tests.Indexer;

/// <summary>The index made anew while the hub is at work, by the command and by its parts.</summary>
public sealed class ReindexTests
{
    [Fact]
    public async Task A_running_hub_on_its_own_index_is_asked_and_makes_it_anew()
    {
        await using var hub = await HubApp.StartAsync();
        var school = await hub.SchoolAsync("新村小学");
        await hub.ShareAsync(school, "勾股定理", Encoding.UTF8.GetBytes("直角三角形的三边。"), "教案.txt");
        var before = Directory.GetFiles(Path.Join(hub.Data, "index")).Length;
        var (code, said) = await RunAsync(hub.Data);
        Assert.True(code == 0, said);
        Assert.Contains("compared with the record and in use", said);
        Assert.True(before > 0 && Directory.Exists(Path.Join(hub.Data, "index-2")));
        Assert.Equal(1, await TotalAsync(hub, "直角三角形"));
        await hub.PublishAsync(await hub.ResourceAsync(school, "荷塘月色"));
        await hub.IdleAsync();
        Assert.Equal(1, await TotalAsync(hub, "荷塘月色"));
    }

    [Fact]
    public async Task Without_a_running_hub_the_command_does_it_itself_and_the_next_start_finds_it()
    {
        var data = Directory.CreateTempSubdirectory("hub-reindex-").FullName;
        await using (var hub = await HubApp.StartAsync(data: data))
        {
            var school = await hub.SchoolAsync("新村小学");
            for (var i = 0; i < 3; i++) await hub.PublishAsync(await hub.ResourceAsync(school, $"数学第{i}课"));
            await hub.IdleAsync();
        }
        for (var round = 0; round < 2; round++)
        {
            var (code, said) = await RunAsync(data, "--verify");
            Assert.True(code == 0, said);
            Assert.Contains("3 resources, 3 of them compared", said);
        }
        await using (var hub = await HubApp.StartAsync(data: data)) Assert.Equal(3, await TotalAsync(hub, "数学"));
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task On_a_cluster_the_command_makes_a_second_index_and_a_withdrawn_lesson_does_not_come_back()
    {
        var cluster = new Imitation();
        await using var stub = await StubServer.StartAsync(cluster.Answer);
        await using var hub = await HubApp.StartAsync(new() { ["Search"] = "elasticsearch", ["Elasticsearch:Nodes"] = stub.Address.ToString() });
        var school = await hub.SchoolAsync("新村小学");
        List<string> ids = [];
        for (var i = 0; i < 4; i++) ids.Add(await hub.ResourceAsync(school, $"数学第{i}课"));
        foreach (var id in ids) await hub.PublishAsync(id);
        await hub.QueryAsync("mutation($id: ID!) { deleteResource(input: { resourceId: $id }) { errors { message } } }", new { id = ids[3] }, HubApp.AdminKey);
        await hub.IdleAsync();
        var (code, said) = await RunAsync(hub.Data, "--verify", "--Hub:Search=elasticsearch", $"--Hub:Elasticsearch:Nodes={stub.Address}");
        Assert.True(code == 0, said);
        Assert.Contains("3 resources, 4 of them compared", said);
        // The first of all was empty, the second filled at the start.
        Assert.EndsWith("-3", cluster.Indexes.Single(i => i.Value.Aliases.ContainsKey("hub-resources-read")).Key, StringComparison.Ordinal);
        Assert.Equal(3, await TotalAsync(hub, "数学"));
        await hub.PublishAsync(await hub.ResourceAsync(school, "荷塘月色"));
        await hub.IdleAsync();
        Assert.Equal(1, await TotalAsync(hub, "荷塘月色"));
    }

    [Fact]
    public async Task A_reindex_that_was_killed_is_gone_on_with_where_it_stopped()
    {
        await using var stub = await StubServer.StartAsync(new Imitation().Answer);
        await using var record = await TempRecord.StartAsync();
        var school = new ResourceHub.Core.Schools.School { Name = "新村小学", CreatedAt = DateTime.UnixEpoch };
        await record.SaveAsync(school);
        ResourceHub.Core.Resources.Resource[] resources = [.. Enumerable.Range(0, 5).Select(n => new ResourceHub.Core.Resources.Resource { SchoolId = school.Id, Title = $"第{n}课", Kind = "slides", CreatedAt = DateTime.UnixEpoch })];
        await record.SaveAsync([.. resources]);
        var clock = new ManualClock();
        using var index = ElasticsearchOnAnImitationTests.Open(stub, clock);
        await index.ClearAsync(default);
        await index.WriteAsync([.. resources.Select(r => Make.Document(r.Title) with { Id = r.Id, Revision = r.Revision })], [], default);
        await index.MarkWholeAsync(default);
        var middle = resources.Select(r => r.Id).Order().ElementAt(2);
        await using (var killed = await index.BeginAsync(default))
        {
            clock.Advance(TimeSpan.FromSeconds(6));
            await killed.WriteAsync([.. resources.Where(r => r.Id <= middle).Select(r => Make.Document(r.Title) with { Id = r.Id, Revision = r.Revision })], [], middle, default);
        }
        List<(int, int)> told = [];
        var logs = Microsoft.Extensions.Logging.Abstractions.NullLogger<Reindex>.Instance;
        var made = await new Reindex(record, index, record.Get<ResourceHub.Core.Jobs.JobQueue>(), clock, logs).RunAsync((done, total) =>
        {
            told.Add((done, total));
            return Task.CompletedTask;
        }, default);
        Assert.Equal((2, true), (made.Written, made.WasResumed));
        Assert.Equal([(3, 5), (5, 5)], told.Distinct());
        Assert.Empty((await new IndexVerification(record, index).RunAsync(default)).Wrong);
    }

    [Fact]
    public async Task A_difference_between_index_and_record_is_named()
    {
        await using var hub = await HubApp.StartAsync();
        var school = await hub.SchoolAsync("新村小学");
        List<string> ids = [];
        for (var i = 0; i < 3; i++) ids.Add(await hub.ResourceAsync(school, $"第{i}课"));
        await hub.IdleAsync();
        var index = hub.Services.GetRequiredService<ISearchIndex>();
        var databases = hub.Services.GetRequiredService<IDbContextFactory<HubDb>>();
        Assert.Empty((await hub.Services.GetRequiredService<IndexVerification>().RunAsync(default)).Wrong);
        await using var db = await databases.CreateDbContextAsync();
        var rows = await db.Resources.OrderBy(r => r.Id).ToListAsync();
        await index.WriteAsync([], [new Removal(rows[0].Id, long.MaxValue)], default);
        await db.Resources.Where(r => r.Id == rows[1].Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.Revision, 99));
        var wrong = (await hub.Services.GetRequiredService<IndexVerification>().RunAsync(default)).Wrong;
        Assert.Equal(3, wrong.Count);
        Assert.Contains(wrong, w => w.Contains("3 resources are in the record and 2 in the index", StringComparison.Ordinal));
        Assert.Contains(wrong, w => w == $"{rows[0].Id} is missing");
        Assert.Contains(wrong, w => w.StartsWith($"{rows[1].Id} is held at revision", StringComparison.Ordinal));
    }

    private static async Task<(int Code, string Said)> RunAsync(string data, params string[] args)
    {
        var said = new StringWriter();
        var code = await ReindexCommand.RunAsync([$"--Hub:Data={data}", "--Hub:ReserveBytes=0", .. args], said, said);
        return (code, said.ToString());
    }

    private static async Task<int> TotalAsync(HubApp hub, string text)
        => (await hub.QueryAsync("query($text: String!) { search(text: $text) { totalCount } }", new { text }, HubApp.AdminKey)).GetProperty("search").GetProperty("totalCount").GetInt32();
}
