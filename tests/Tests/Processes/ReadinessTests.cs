using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ResourceHub.Tests.Engines.Elasticsearch;

namespace ResourceHub.Tests.Processes;

/// <summary>/health/ready says for each role what it needs and how that is, for a balancer by its status and for a person in words.</summary>
public sealed class ReadinessTests
{
    [Fact]
    public async Task A_whole_hub_is_ready_and_says_what_it_needs()
    {
        await using var hub = await HubApp.StartAsync();
        await hub.IdleAsync();
        var (status, report) = await ReadyAsync(hub);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("Api,Indexer,Web", report.GetProperty("roles").GetString());
        Assert.Equal(["database", "blobs", "ffprobe", "ffmpeg", "search"], report.GetProperty("needs").EnumerateArray().Select(n => n.GetProperty("need").GetString()));
        Assert.Equal("ok", StateOf(report, "database"));
    }

    [Fact]
    public async Task Without_its_search_an_api_is_degraded_and_goes_on()
    {
        await using var stub = await StubServer.StartAsync(new Imitation().Answer);
        await using var hub = await HubApp.StartAsync(new() { ["Search"] = "elasticsearch", ["Elasticsearch:Nodes"] = stub.Address.ToString(), ["Roles"] = "Api" });
        stub.Answer = _ => new(503, "", IsProduct: false);
        var (status, report) = await ReadyAsync(hub);
        Assert.Equal((HttpStatusCode.OK, "degraded", "degraded"), (status, report.GetProperty("status").GetString(), StateOf(report, "search")));
    }

    [Fact]
    public async Task Pages_alone_are_ready_as_long_as_their_api_answers()
    {
        var data = Directory.CreateTempSubdirectory("hub-web-").FullName;
        var api = await HubApp.StartAsync();
        await using var web = await HubApp.StartAsync(new() { ["Roles"] = "Web", ["ApiAddress"] = api.Address.ToString() }, data);
        var (status, report) = await ReadyAsync(web);
        Assert.Equal((HttpStatusCode.OK, "ready", "ok"), (status, report.GetProperty("status").GetString(), StateOf(report, "api")));
        using (var client = web.Client()) Assert.Contains("搜索", await client.GetStringAsync("/"));
        Assert.False(File.Exists(Path.Join(data, "hub.db")));
        await api.DisposeAsync();
        (status, report) = await UntilAsync(web, HttpStatusCode.ServiceUnavailable);
        Assert.Equal(("down", "down"), (report.GetProperty("status").GetString(), StateOf(report, "api")));
        Directory.Delete(data, recursive: true);
    }

    private static string? StateOf(JsonElement report, string need)
        => report.GetProperty("needs").EnumerateArray().Single(n => n.GetProperty("need").GetString() == need).GetProperty("state").GetString();

    private static async Task<(HttpStatusCode Status, JsonElement Report)> ReadyAsync(HubApp hub)
    {
        using var client = hub.Client();
        using var answer = await client.GetAsync("/health/ready");
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    private static async Task<(HttpStatusCode Status, JsonElement Report)> UntilAsync(HubApp hub, HttpStatusCode status)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            var found = await ReadyAsync(hub);
            if (found.Status == status) return found;
            await tick.WaitForNextTickAsync(limit.Token);
        }
    }
}
