using Microsoft.AspNetCore.Http;
using ResourceHub.Core.Search;
using ResourceHub.Engines.Elasticsearch;

namespace ResourceHub.Tests.Engines.Elasticsearch;

/// <summary>A server in trouble (hardening F10), played by a stub: nothing is lost, nothing is twice, and only what may pass is sent again.</summary>
public sealed class ElasticsearchFaultTests : IAsyncLifetime
{
    private static readonly SearchRequest Everything = new(null, new Dictionary<FacetName, IReadOnlyList<string>>(), null, First: 100);

    private readonly Imitation cluster = new();
    private readonly HurriedClock clock = new();
    private StubServer stub = null!;
    private ElasticsearchIndex index = null!;

    public async Task InitializeAsync()
    {
        stub = await StubServer.StartAsync(cluster.Answer);
        index = ElasticsearchOnAnImitationTests.Open(stub, clock, s => s.SearchTimeoutSeconds = 60);
        await index.PrepareAsync(default);
    }

    public async Task DisposeAsync()
    {
        index.Dispose();
        await stub.DisposeAsync();
    }

    [Fact]
    public async Task A_server_that_asks_to_wait_is_given_the_time()
    {
        Bulk(1, _ => Error(429, "es_rejected_execution_exception") with { RetryAfter = TimeSpan.FromSeconds(7) });
        await WriteAllAsync(20);
        Assert.Contains(TimeSpan.FromSeconds(7), clock.Waits);
    }

    [Fact]
    public async Task Rests_grow_from_half_a_second_and_differ_by_chance()
    {
        Bulk(6, _ => Error(503, "unavailable_shards_exception"));
        await WriteAllAsync(20);
        Assert.Equal(7, Bulks);
        double[] waits = [.. clock.Waits.Select(w => w.TotalSeconds).Where(w => w % 1 != 0)];
        Assert.Equal(6, waits.Length);
        Assert.All(waits.Index(), w => Assert.InRange(w.Item, 0.25 * Math.Pow(2, w.Index), Math.Min(30, 0.5 * Math.Pow(2, w.Index))));
    }

    [Fact]
    public async Task An_answer_that_never_comes_is_not_waited_for()
    {
        Bulk(1, _ => new(0, "", Fault: http => Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default)));
        await WriteAllAsync(20);
        Assert.Equal(2, Bulks);
    }

    [Fact]
    public async Task A_connection_cut_in_the_middle_of_the_answer_leaves_nothing_twice()
    {
        // The server has written it all by then.
        Bulk(1, request => new(0, cluster.Answer(request).Body, Fault: async http =>
        {
            http.Response.ContentLength = 100_000;
            await http.Response.WriteAsync("""{"errors":false,"items":[{"index":""");
            await http.Response.Body.FlushAsync();
            http.Abort();
        }));
        await WriteAllAsync(20);
        Assert.Equal(2, Bulks);
    }

    [Fact]
    public async Task Of_a_mixed_answer_only_the_overloaded_items_are_sent_again_and_the_refused_is_named()
    {
        ResourceDocument[] lessons = [.. Enumerable.Range(0, 4).Select(i => Make.Document($"课 {i}"))];
        Bulk(1, request =>
        {
            cluster.Answer(request with { Body = string.Concat(request.Body.Split('\n')[..2].Select(l => l + "\n")) });
            return new(200, """
                {"errors":true,"items":[{"index":{"status":201}},{"index":{"status":429,"error":{"type":"es_rejected_execution_exception","reason":"busy"}}},
                {"index":{"status":409,"error":{"type":"version_conflict_engine_exception","reason":"newer"}}},{"index":{"status":400,"error":{"type":"document_parsing_exception","reason":"bad"}}}]}
                """);
        });
        var refused = await Assert.ThrowsAsync<RefusedDocumentsException>(() => index.WriteAsync(lessons, [], default));
        Assert.Equal(lessons[3].Id, Assert.Single(refused.Reasons).Key);
        Assert.Contains("document_parsing_exception: bad", refused.Message);
        var again = stub.Sent.Where(r => r.Path.Contains("_bulk", StringComparison.Ordinal)).ElementAt(1).Body;
        Assert.Equal(2, again.Count(c => c == '\n'));
        Assert.Contains(lessons[1].Id.ToString("n"), again);
        Assert.Equal(new[] { lessons[0].Id, lessons[1].Id }.Order(), (await index.SearchAsync(Everything, default)).Hits.Select(h => h.Id).Order());
    }

    [Fact]
    public async Task A_request_that_is_too_large_is_sent_in_halves_and_a_document_alone_is_refused()
    {
        stub.Answer = request => request.Path.Contains("_bulk", StringComparison.Ordinal) && request.Body.Length > 3000 ? new(413, "", IsProduct: false) : cluster.Answer(request);
        await WriteAllAsync(20);
        var refused = await Assert.ThrowsAsync<RefusedDocumentsException>(() => index.WriteAsync([Make.Document("大书") with { Description = new string('大', 2000) }, Make.Document("小书")], [], default));
        Assert.StartsWith("413", Assert.Single(refused.Reasons).Value);
        Assert.Equal(21, (await index.SearchAsync(Everything, default)).Total);
    }

    [Fact]
    public async Task A_full_disk_is_shown_in_health_and_written_to_again_when_there_is_room()
    {
        await index.MarkWholeAsync(default);
        var inUse = cluster.Indexes["hub-resources-v3-1"];
        inUse.Blocks = new System.Text.Json.Nodes.JsonObject { ["read_only_allow_delete"] = "true" };
        await Assert.ThrowsAsync<IndexAwayException>(() => index.WriteAsync([Make.Document("课")], [], default));
        // Asking whether there is room takes no documents.
        Assert.Equal(0, Bulks);
        var health = await index.HealthAsync(default);
        Assert.True(health is { IsWhole: true, MayFill: false });
        Assert.Contains("takes no writes, block read_only_allow_delete: free its disk", health.Detail);
        inUse.Blocks = null;
        await WriteAllAsync(20);
        Assert.True((await index.HealthAsync(default)).MayFill);
    }

    [Fact]
    public async Task A_block_set_by_hand_fails_no_document()
    {
        Bulk(1, request => new(200, """{"errors":true,"items":[{"index":{"status":403,"error":{"type":"cluster_block_exception","reason":"index [x] blocked by: [FORBIDDEN/8/index write (api)]"}}}]}"""));
        Assert.Contains("FORBIDDEN/8", (await Assert.ThrowsAsync<IndexAwayException>(() => index.WriteAsync([Make.Document("课")], [], default))).Message);
        Assert.Equal(1, Bulks);
        await WriteAllAsync(20);
    }

    [Fact]
    public async Task An_index_that_somebody_deleted_is_known_as_missing_and_filled_anew()
    {
        await index.MarkWholeAsync(default);
        cluster.Forget("hub-resources-v3-1");
        await Assert.ThrowsAsync<IndexAwayException>(() => index.WriteAsync([Make.Document("课")], [], default));
        await Assert.ThrowsAsync<IndexAwayException>(() => index.SearchAsync(Everything, default));
        Assert.True(await index.HealthAsync(default) is { IsWhole: false, MayFill: true });
        await index.ClearAsync(default);
        await WriteAllAsync(20);
    }

    [Fact]
    public async Task A_red_cluster_is_said_and_not_filled_anew()
    {
        stub.Answer = request => request.Path.StartsWith("/_cluster/health", StringComparison.Ordinal) ? new(200, """{"status":"red","number_of_nodes":1,"unassigned_shards":1}""") : cluster.Answer(request);
        var health = await index.HealthAsync(default);
        Assert.False(health.MayFill);
        Assert.Contains("Elasticsearch says red", health.Detail);
    }

    [Fact]
    public async Task An_index_of_an_older_layout_takes_no_writes_and_is_filled_anew()
    {
        cluster.Indexes["hub-resources-v3-1"].Meta = System.Text.Json.Nodes.JsonNode.Parse("""{"layout":0,"whole":true}""");
        Assert.Contains("layout 0", (await Assert.ThrowsAsync<IndexAwayException>(() => index.WriteAsync([Make.Document("课")], [], default))).Message);
        Assert.True(await index.HealthAsync(default) is { IsWhole: false, MayFill: true });
        await index.ClearAsync(default);
        await WriteAllAsync(20);
    }

    [Fact]
    public async Task Who_fills_the_index_is_left_alone_until_it_shows_no_more_life()
    {
        var meta = $$"""{"layout":{{IndexFields.Layout}},"whole":false,"filled_by":"other:1","seen":"{{clock.GetUtcNow():o}}"}""";
        cluster.Indexes["hub-resources-v3-1"].Meta = System.Text.Json.Nodes.JsonNode.Parse(meta);
        Assert.True(await index.HealthAsync(default) is { IsWhole: false, MayFill: false });
        await Assert.ThrowsAsync<IndexAwayException>(() => index.ClearAsync(default));
        cluster.Indexes["hub-resources-v3-1"].Meta = System.Text.Json.Nodes.JsonNode.Parse(meta.Replace(clock.GetUtcNow().Year.ToString(), "2020", StringComparison.Ordinal));
        Assert.True(await index.HealthAsync(default) is { IsWhole: false, MayFill: true });
        await index.ClearAsync(default);
        await index.MarkWholeAsync(default);
        Assert.True((await index.HealthAsync(default)).IsWhole);
    }

    [Fact]
    public async Task A_removal_is_remembered_however_late_a_write_comes()
    {
        var withdrawn = Make.Document("撤回的课") with { Revision = 5 };
        await index.WriteAsync([withdrawn], [], default);
        await index.WriteAsync([], [new(withdrawn.Id, 5)], default);
        // A delete would be forgotten by now: nothing was deleted that could be.
        Assert.DoesNotContain(stub.Sent, r => r.Body.Contains("\"delete\"", StringComparison.Ordinal));
        await index.WriteAsync([withdrawn], [], default);
        await index.WriteAsync([withdrawn with { Revision = 4 }], [], default);
        Assert.Equal(0, (await index.SearchAsync(Everything, default)).Total);
        Assert.Equal(0, (await index.HealthAsync(default)).Documents);
        await index.WriteAsync([withdrawn with { Revision = 6 }], [], default);
        Assert.Equal(1, (await index.SearchAsync(Everything, default)).Total);
    }

    [Fact]
    public async Task Work_goes_back_to_the_queue_when_overload_does_not_pass()
    {
        stub.Answer = request => request.Path.Contains("_bulk", StringComparison.Ordinal) ? Error(429, "es_rejected_execution_exception") : cluster.Answer(request);
        Assert.Contains("es_rejected", (await Assert.ThrowsAsync<IndexAwayException>(() => index.WriteAsync([Make.Document("课")], [], default))).Message);
        Assert.Equal(BackOff.Attempts, Bulks);
    }

    [Fact]
    public async Task A_busy_cluster_is_asked_again_while_a_person_waits()
    {
        await WriteAllAsync(5);
        var times = 3;
        stub.Answer = request => request.Path.Contains("_search", StringComparison.Ordinal) && times-- > 0 ? Error(times == 1 ? 503 : 429, "es_rejected_execution_exception") : cluster.Answer(request);
        Assert.Equal(5, (await index.SearchAsync(Everything, default)).Total);
        Assert.Equal(-1, times);
    }

    [Fact]
    public async Task A_cluster_that_stays_busy_is_not_waited_for_longer_than_a_search_may_take()
    {
        using var hurried = ElasticsearchOnAnImitationTests.Open(stub, clock, s => s.SearchTimeoutSeconds = 0.5);
        stub.Answer = request => request.Path.Contains("_search", StringComparison.Ordinal) ? Error(429, "es_rejected_execution_exception") : cluster.Answer(request);
        Assert.Contains("es_rejected", (await Assert.ThrowsAsync<IndexAwayException>(() => hurried.SearchAsync(Everything, default))).Message);
        Assert.InRange(stub.Sent.Count(r => r.Path.Contains("_search", StringComparison.Ordinal)), 2, 6);
    }

    [Fact]
    public async Task An_index_of_a_newer_layout_is_left_alone_by_an_older_process()
    {
        await WriteAllAsync(3);
        await index.MarkWholeAsync(default);
        InUse.Meta = System.Text.Json.Nodes.JsonNode.Parse("""{"layout":9999,"whole":true}""");
        var health = await index.HealthAsync(default);
        Assert.True(health is { IsWhole: false, MayFill: false });
        Assert.Contains("newer version of the hub", health.Detail);
        foreach (var touch in (Func<Task>[])[() => index.WriteAsync([Make.Document("课")], [], default), () => index.ClearAsync(default), () => index.BeginAsync(default)])
            Assert.Contains("newer version", (await Assert.ThrowsAsync<IndexAwayException>(touch)).Message);
        await index.TidyAsync(default);
        Assert.Single(cluster.Indexes);
        Assert.Equal(3, (await index.SearchAsync(Everything, default)).Total);
    }

    [Fact]
    public async Task What_was_replaced_stays_for_those_who_read_in_it_and_goes_then()
    {
        var manual = new ManualClock();
        using var own = ElasticsearchOnAnImitationTests.Open(stub, manual, s => s.IndexPrefix = "own");
        await own.ClearAsync(default);
        await own.TidyAsync(default);
        Assert.Equal(2, cluster.Indexes.Count(i => i.Key.StartsWith("own-", StringComparison.Ordinal)));
        manual.Advance(TimeSpan.FromMinutes(11));
        await own.TidyAsync(default);
        Assert.True(Assert.Single(cluster.Indexes, i => i.Key.StartsWith("own-", StringComparison.Ordinal)).Value.Aliases.ContainsKey("own-resources-read"));
    }

    private ImitatedIndex InUse => cluster.Indexes.Values.Single(i => i.Aliases.ContainsKey("hub-resources-read"));

    private int Bulks => stub.Sent.Count(r => r.Path.Contains("_bulk", StringComparison.Ordinal));

    /// <summary>The next bulk requests are answered so, those after them as usual.</summary>
    private void Bulk(int times, Func<SentRequest, StubAnswer> fault)
        => stub.Answer = request => request.Path.Contains("_bulk", StringComparison.Ordinal) && times-- > 0 ? fault(request) : cluster.Answer(request);

    private static StubAnswer Error(int status, string type) => new(status, $$$"""{"error":{"type":"{{{type}}}","reason":"test"},"status":{{{status}}}}""");

    private async Task WriteAllAsync(int count)
    {
        ResourceDocument[] lessons = [.. Enumerable.Range(0, count).Select(i => Make.Document($"课 {i}"))];
        await index.WriteAsync(lessons, [], default);
        var found = await index.SearchAsync(Everything, default);
        Assert.Equal(lessons.Select(l => l.Id).Order(), found.Hits.Select(h => h.Id).Order());
        Assert.Equal(count, found.Total);
    }
}
