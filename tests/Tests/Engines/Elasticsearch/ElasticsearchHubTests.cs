using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Core.Jobs;

namespace ResourceHub.Tests.Engines.Elasticsearch;

/// <summary>The whole hub with <c>Hub:Search=elasticsearch</c>, through its doors, against our imitation of a cluster.</summary>
public sealed class ElasticsearchHubTests : IAsyncLifetime
{
    private const string Search = "query($text: String, $first: Int, $after: String) { search(text: $text, first: $first, after: $after, sort: TITLE) { totalCount edges { cursor node { id title } highlights { field text } } pageInfo { hasNextPage endCursor } } }";

    private readonly Imitation cluster = new();
    private StubServer stub = null!;

    public async Task InitializeAsync() => stub = await StubServer.StartAsync(cluster.Answer);

    public async Task DisposeAsync() => await stub.DisposeAsync();

    [Fact]
    public async Task A_lesson_is_found_by_words_inside_its_file_and_marked_by_the_hubs_own_highlighter()
    {
        await using var hub = await StartAsync();
        var school = await hub.SchoolAsync("重庆市第一中学");
        var id = await hub.ShareAsync(school, "分数的意义", Encoding.UTF8.GetBytes("例题：先通分，再比较两个分数的大小。"), "教案.txt");
        var edge = Assert.Single((await FindAsync(hub, "通分")).GetProperty("edges").EnumerateArray());
        Assert.Equal(id, edge.GetProperty("node").GetProperty("id").GetString());
        Assert.Contains("通分", edge.GetProperty("highlights")[0].GetProperty("text").GetRawText());
        Assert.DoesNotContain(stub.Sent, r => r.Body.Contains("highlight", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pages_go_on_until_their_time_is_over_and_then_say_so()
    {
        await using var hub = await StartAsync();
        var school = await hub.SchoolAsync("重庆市第一中学");
        for (var i = 0; i < 5; i++) await hub.PublishAsync(await hub.ResourceAsync(school, $"数学第{i}课"));
        await hub.IdleAsync();
        var first = await FindAsync(hub, "数学", 2);
        var second = await FindAsync(hub, "数学", 2, Cursor(first));
        var third = await FindAsync(hub, "数学", 2, Cursor(second));
        Assert.Equal(["数学第0课", "数学第1课", "数学第2课", "数学第3课", "数学第4课"], new[] { first, second, third }.SelectMany(p => p.GetProperty("edges").EnumerateArray()).Select(e => e.GetProperty("node").GetProperty("title").GetString()));
        Assert.Equal(5, second.GetProperty("totalCount").GetInt32());
        cluster.CloseAllPointsInTime();
        Assert.Equal("CURSOR_EXPIRED", await CodeAsync(hub, "数学", Cursor(second)));
        Assert.Equal(2, (await FindAsync(hub, "数学", 2, Cursor(first))).GetProperty("edges").GetArrayLength());
    }

    [Fact]
    public async Task While_the_cluster_is_away_search_says_so_work_waits_and_nothing_is_lost()
    {
        await using var hub = await StartAsync();
        var school = await hub.SchoolAsync("重庆市第一中学");
        stub.Answer = _ => new(503, "", IsProduct: false);
        for (var i = 0; i < 20; i++) await hub.PublishAsync(await hub.ResourceAsync(school, $"数学第{i}课"));
        Assert.Equal("SEARCH_UNAVAILABLE", await CodeAsync(hub, "数学", null));
        Assert.Equal(JsonValueKind.Array, (await hub.QueryAsync("""{ suggest(text: "数") { text } }""", key: HubApp.AdminKey)).GetProperty("suggest").ValueKind);
        using (var client = hub.Client()) Assert.Contains("does not answer", await client.GetStringAsync("/health/ready"));
        stub.Answer = cluster.Answer;
        await hub.IdleAsync();
        Assert.Equal(20, (await FindAsync(hub, "数学")).GetProperty("totalCount").GetInt32());
    }

    [Fact]
    public async Task A_resource_that_the_index_refuses_keeps_the_reason_and_the_others_are_found()
    {
        await using var hub = await StartAsync();
        var school = await hub.SchoolAsync("重庆市第一中学");
        stub.Answer = request => request.Path.Contains("_bulk", StringComparison.Ordinal) && request.Body.Contains("坏课", StringComparison.Ordinal) ? Refusing(request) : cluster.Answer(request);
        string[] titles = ["好课 1", "坏课", "好课 2"];
        foreach (var title in titles) await hub.PublishAsync(await hub.ResourceAsync(school, title));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        string? reason = null;
        // At once: what is refused for what it holds is refused in every attempt.
        while (reason is null && await tick.WaitForNextTickAsync(limit.Token))
        {
            await using var db = await hub.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync(limit.Token);
            if (await db.Jobs.ToListAsync(limit.Token) is [{ State: JobState.Failed } only]) reason = only.Reason;
        }
        Assert.Contains("document_parsing_exception: the field is too long", reason);
        Assert.Equal(2, (await FindAsync(hub, "好课")).GetProperty("totalCount").GetInt32());
    }

    [Fact]
    public async Task Api_and_indexer_run_in_processes_of_their_own()
    {
        var data = Directory.CreateTempSubdirectory("hub-split-").FullName;
        await using (var api = await StartAsync("Api", data))
        await using (var indexer = await StartAsync("Indexer", data))
        {
            var school = await api.SchoolAsync("重庆市第一中学");
            await api.ShareAsync(school, "勾股定理", Encoding.UTF8.GetBytes("直角三角形的三边。"), "教案.txt");
            Assert.Equal(1, (await FindAsync(api, "直角三角形")).GetProperty("totalCount").GetInt32());
        }
        Directory.Delete(data, recursive: true);
    }

    /// <summary>The bad line is refused, the others get in.</summary>
    private StubAnswer Refusing(SentRequest request)
    {
        var lines = request.Body.Split('\n')[..^1];
        List<string> items = [];
        for (var i = 0; i < lines.Length; i += 2)
        {
            if (lines[i + 1].Contains("坏课", StringComparison.Ordinal)) items.Add("""{"index":{"status":400,"error":{"type":"document_parsing_exception","reason":"the field is too long"}}}""");
            else
            {
                cluster.Answer(request with { Body = lines[i] + "\n" + lines[i + 1] + "\n" });
                items.Add("""{"index":{"status":201}}""");
            }
        }
        return new(200, $$"""{"errors":true,"items":[{{string.Join(',', items)}}]}""");
    }

    private Task<HubApp> StartAsync(string? roles = null, string? data = null)
    {
        var settings = new Dictionary<string, string?> { ["Search"] = "elasticsearch", ["Elasticsearch:Nodes"] = stub.Address.ToString() };
        if (roles is not null) settings["Roles"] = roles;
        return HubApp.StartAsync(settings, data);
    }

    private static async Task<JsonElement> FindAsync(HubApp hub, string text, int first = 20, string? after = null)
        => (await hub.QueryAsync(Search, new { text, first, after }, HubApp.AdminKey)).GetProperty("search");

    private static async Task<string?> CodeAsync(HubApp hub, string text, string? after)
        => (await hub.AskAsync(Search, new { text, first = 2, after }, HubApp.AdminKey)).GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString();

    private static string? Cursor(JsonElement page) => page.GetProperty("pageInfo").GetProperty("endCursor").GetString();
}
