using System.Diagnostics;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ResourceHub.Api.Changes;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.Changes;
using ResourceHub.Core.Resources;

namespace ResourceHub.Tests.Api;

/// <summary>Subscriptions on the wire; the judge sse (Conformance) follows them with the real client.</summary>
public class SubscriptionTests : IAsyncLifetime
{
    private const string Changed = "subscription($id: ID!) { resourceChanged(id: $id) { title viewerSees: visibility } }";

    private HubApp hub = null!;
    private string school = null!, id = null!;

    /// <summary>What the hub runs on; the embedded engines unless a derived class says otherwise.</summary>
    protected virtual Task<Dictionary<string, string?>> EnginesAsync() => Task.FromResult(new Dictionary<string, string?>());

    public async Task InitializeAsync()
    {
        hub = await HubApp.StartAsync(new(await EnginesAsync()) { ["MaxStreams"] = "30" });
        school = await hub.SchoolAsync("江北实验小学");
        id = await hub.ResourceAsync(school, "教案");
        await hub.PublishAsync(id);
        await hub.IdleAsync();
    }

    public async Task DisposeAsync() => await hub.DisposeAsync();

    private Task<EventReader> FollowAsync(string? key = null, string? query = null) => EventReader.OpenAsync(hub.Client(key), query ?? Changed, new { id });

    private Task<System.Text.Json.JsonElement> RenameAsync(string title) => hub.QueryAsync("mutation($id: ID!, $title: String) { updateResource(input: { resourceId: $id, title: $title }) { errors { message } } }", new { id, title }, HubApp.AdminKey);

    private StreamPlaces Places => hub.Services.GetRequiredService<StreamPlaces>();

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!isSo()) await tick.WaitForNextTickAsync(limit.Token);
    }

    [Fact]
    public async Task A_quiet_subscription_answers_at_once_with_headers_that_keep_proxies_from_holding_it_back()
    {
        using var stream = await FollowAsync();
        Assert.Equal("text/event-stream; charset=utf-8", stream.Answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-store", stream.Answer.Headers.CacheControl!.ToString());
        Assert.Equal("no", stream.Answer.Headers.GetValues("X-Accel-Buffering").Single());
        await RenameAsync("新教案");
        Assert.Equal("""{"data":{"resourceChanged":{"title":"新教案","viewerSees":"PUBLIC"}}}""", await stream.NextAsync());
    }

    [Fact]
    public async Task A_browsers_own_EventSource_may_follow_by_GET()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/graphql?query={Uri.EscapeDataString($"subscription {{ resourceChanged(id: \"{id}\") {{ title }} }}")}");
        using var stream = await EventReader.SendAsync(hub.Client(), request);
        await RenameAsync("新教案");
        Assert.Equal("""{"data":{"resourceChanged":{"title":"新教案"}}}""", await stream.NextAsync());
        using var change = new HttpRequestMessage(HttpMethod.Get, $"/graphql?query={Uri.EscapeDataString($"mutation {{ withdrawResource(input: {{ resourceId: \"{id}\" }}) {{ errors {{ code }} }} }}")}");
        using var refused = await EventReader.SendAsync(hub.Client(HubApp.AdminKey), change);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, refused.Answer.StatusCode);
    }

    [Fact]
    public async Task A_subscription_that_is_not_sent_for_a_stream_is_told_how()
    {
        var answer = await hub.AskAsync(Changed, new { id });
        Assert.Equal("STREAM_NEEDED", answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_reader_that_goes_away_leaves_nothing_behind()
    {
        for (var n = 0; n < 2; n++)
        {
            using var stream = await FollowAsync();
            Assert.Equal(1, Places.Taken);
            stream.Dispose();
            await UntilAsync(() => Places.Taken == 0 && hub.Services.GetRequiredService<ChangeWire>().Ears == 0);
        }
    }

    [Fact]
    public async Task One_reader_has_20_streams_and_the_process_as_many_as_it_is_set_to()
    {
        var keys = new[] { HubApp.AdminKey, await hub.KeyAsync(school) };
        List<EventReader> streams = [];
        for (var n = 0; n < 20; n++) streams.Add(await FollowAsync(keys[0]));
        using (var more = await FollowAsync(keys[0]))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, more.Answer.StatusCode);
            Assert.Contains("TOO_MANY_STREAMS", await more.Answer.Content.ReadAsStringAsync());
        }
        for (var n = 0; n < 10; n++) streams.Add(await FollowAsync(keys[1]));
        using (var more = await FollowAsync(keys[1])) Assert.Equal(HttpStatusCode.TooManyRequests, more.Answer.StatusCode);
        await RenameAsync("新教案");
        foreach (var stream in streams) Assert.Contains("新教案", await stream.NextAsync());
        streams[0].Dispose();
        await UntilAsync(() => Places.Taken == 29);
        streams.Add(await FollowAsync(keys[0]));
        Assert.Equal(HttpStatusCode.OK, streams[^1].Answer.StatusCode);
        foreach (var stream in streams) stream.Dispose();
    }

    [Fact]
    public async Task What_another_process_changed_arrives_too()
    {
        using var stream = await FollowAsync();
        await using (var db = await hub.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync())
        {
            var resource = await db.Resources.Include(r => r.Shares).SingleAsync();
            await using var transaction = await db.Database.BeginTransactionAsync();
            resource.Title = "别的进程";
            resource.Touch(TimeProvider.System.GetUtcNow().UtcDateTime);
            await ResourceTrail.NoteAsync(db, resource, ResourceAccess.TokensOf(resource), ChangeKind.Changed, TimeProvider.System.GetUtcNow().UtcDateTime, default);
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
        }
        Assert.Contains("别的进程", await stream.NextAsync());
    }

    [Fact]
    public async Task A_stream_ends_within_5_seconds_when_its_resource_is_closed_to_its_reader_and_goes_on_for_others()
    {
        using var anonymous = await FollowAsync();
        using var member = await FollowAsync(await hub.KeyAsync(school));
        var began = Stopwatch.GetTimestamp();
        await hub.PublishAsync(id, "SCHOOL");
        Assert.Equal("complete", await anonymous.NextAsync());
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(5));
        Assert.Contains("SCHOOL", await member.NextAsync());
        Assert.Null(await anonymous.NextAsync());
    }

    [Fact]
    public async Task A_hub_that_stops_completes_its_streams()
    {
        using var stream = await FollowAsync();
        hub.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        Assert.Equal("complete", await stream.NextAsync());
        Assert.Null(await stream.NextAsync());
    }

    [Fact]
    public async Task A_subscription_is_weighed_and_bounded_like_a_query()
    {
        using var deep = await FollowAsync(query: $"subscription($id: ID!) {{ resourceChanged(id: $id) {{ {string.Concat(Enumerable.Repeat("related(first: 100) { ", 4))} id {new string('}', 4)} }} }}");
        Assert.Equal("QUERY_TOO_COMPLEX", (await deep.EventAsync()).GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        Assert.Equal("complete", await deep.NextAsync());
        using var two = await FollowAsync(query: "subscription($id: ID!) { a: resourceChanged(id: $id) { id } b: resourceChanged(id: $id) { id } }");
        Assert.Equal(1, (await two.EventAsync()).GetProperty("errors").GetArrayLength());
        using var none = await FollowAsync(query: "subscription($id: ID!) { resourceChanged(id: $id) @skip(if: true) { id } }");
        Assert.Equal("""{"data":{}}""", await none.NextAsync());
        Assert.Equal("complete", await none.NextAsync());
        Assert.Equal(0, Places.Taken);
    }

    [Fact]
    public async Task A_quiet_stream_is_pinged_each_15_seconds()
    {
        var clock = new ManualClock();
        await using var quiet = await HubApp.StartAsync(change: services => services.AddSingleton<TimeProvider>(clock));
        var resource = await quiet.ResourceAsync(await quiet.SchoolAsync("江北实验小学"), "教案");
        await quiet.PublishAsync(resource);
        using var stream = await EventReader.OpenAsync(quiet.Client(), Changed, new { id = resource });
        var pinged = stream.NextAsync();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!pinged.IsCompleted && await tick.WaitForNextTickAsync()) clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal("ping", await pinged);
    }
}
