using System.Text.Json.Nodes;
using ResourceHub.Core.Search;
using ResourceHub.Engines;
using ResourceHub.Engines.Elasticsearch;
using ResourceHub.Engines.Elasticsearch.Client;
using Xunit.Abstractions;

namespace ResourceHub.Tests.Engines.Elasticsearch;

/// <summary>The adapter takes what a real Elasticsearch 8.19.5 answered as it must. Answers of that server, not a server: what it would say to these very requests is not shown.</summary>
public sealed class ElasticsearchRecordedTests(ITestOutputHelper output)
{
    private static readonly SearchRequest Everything = new(null, new Dictionary<FacetName, IReadOnlyList<string>>(), null);

    private readonly Imitation cluster = new();

    [Fact]
    public async Task Each_item_of_a_bulk_has_its_own_outcome()
    {
        if (Find("bulk", "each item its own outcome") is not { } recorded) return;
        var answer = JsonNode.Parse(recorded.Response)!;
        var items = answer["items"]!.AsArray();
        await using var stub = await StubServer.StartAsync(cluster.Answer);
        using var index = ElasticsearchOnAnImitationTests.Open(stub);
        await index.PrepareAsync(default);
        stub.Answer = request => request.Path.Contains("_bulk", StringComparison.Ordinal) ? recorded.Answer with { Body = answer.ToJsonString() } : cluster.Answer(request);
        // One item finds no index. All of a hub's go to one alias, so that is nothing a document could mend: none is given up for it.
        Assert.Contains("index_not_found_exception", (await Assert.ThrowsAsync<IndexAwayException>(() => index.WriteAsync(LessonsFor(items), [], default))).Message);
        items.RemoveAt(items.ToList().FindIndex(item => item!.ToJsonString().Contains("index_not_found_exception", StringComparison.Ordinal)));
        var statuses = items.Select(item => item!.AsObject().First().Value!["status"]!.GetValue<int>()).ToList();
        var lessons = LessonsFor(items);
        var refused = await Assert.ThrowsAsync<RefusedDocumentsException>(() => index.WriteAsync(lessons, [], default));
        Assert.Contains(409, statuses);
        Assert.Equal(lessons.Where((_, i) => statuses[i] is 400 or 404).Select(l => l.Id).Order(), refused.Reasons.Keys.Order());
        Assert.Contains(refused.Reasons.Values, r => r.Contains("strict_dynamic_mapping_exception", StringComparison.Ordinal));
        Assert.Equal(2, stub.Sent.Count(r => r.Path.Contains("_bulk", StringComparison.Ordinal)));

        static List<ResourceDocument> LessonsFor(JsonArray items) => [.. items.Select(_ => Make.Document("课"))];
    }

    [Theory]
    [InlineData("blocks", "write while the disk is nearly full", "disk usage exceeded")]
    [InlineData("blocks", "write to a closed index", "index_closed_exception")]
    [InlineData("security", "API key, index it may not read", "security_exception")]
    public async Task What_is_no_documents_fault_fails_none_and_is_not_hammered(string scenario, string step, string reason)
    {
        if (Find(scenario, step) is not { } recorded) return;
        await using var stub = await StubServer.StartAsync(cluster.Answer);
        using var index = ElasticsearchOnAnImitationTests.Open(stub);
        await index.PrepareAsync(default);
        stub.Answer = request => request.Path.Contains("_bulk", StringComparison.Ordinal) ? recorded.Answer : cluster.Answer(request);
        Assert.Contains(reason, (await Assert.ThrowsAsync<IndexAwayException>(() => index.WriteAsync([Make.Document("课")], [], default))).Message);
        Assert.Single(stub.Sent, r => r.Path.Contains("_bulk", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_document_above_the_limit_for_all_writes_is_refused_and_the_others_go_on()
    {
        if (Find("overload", "bulk beyond the indexing pressure limit") is not { } recorded) return;
        var (large, small) = (Make.Document("大课"), Make.Document("小课"));
        await using var stub = await StubServer.StartAsync(cluster.Answer);
        using var index = ElasticsearchOnAnImitationTests.Open(stub);
        await index.PrepareAsync(default);
        stub.Answer = request => request.Path.Contains("_bulk", StringComparison.Ordinal) && request.Body.Contains("大课", StringComparison.Ordinal) ? recorded.Answer : cluster.Answer(request);
        var refused = await Assert.ThrowsAsync<RefusedDocumentsException>(() => index.WriteAsync([small, large], [], default));
        Assert.Equal(large.Id, Assert.Single(refused.Reasons).Key);
        Assert.Equal(small.Id, Assert.Single((await index.SearchAsync(Everything, default)).Hits).Id);
    }

    [Theory]
    [InlineData("closed")]
    public async Task A_closed_point_in_time_is_an_expired_page(string step)
    {
        if (Find("paging", step) is not { } recorded) return;
        await using var stub = await StubServer.StartAsync(cluster.Answer);
        using var index = ElasticsearchOnAnImitationTests.Open(stub);
        await index.WriteAsync([.. Enumerable.Range(0, 5).Select(i => Make.Document($"课 {i}"))], [], default);
        var first = await index.SearchAsync(Everything with { First = 1 }, default);
        var second = await index.SearchAsync(Everything with { First = 1, After = first.Hits[0].Position }, default);
        stub.Answer = request => request.Body.Contains("\"pit\"", StringComparison.Ordinal) ? recorded.Answer : cluster.Answer(request);
        Assert.True((await index.SearchAsync(Everything with { First = 1, After = second.Hits[0].Position }, default)).IsExpired);
    }

    [Theory]
    [InlineData("search", "missing index")]
    [InlineData("search", "unknown query")]
    [InlineData("blocks", "search a closed index")]
    [InlineData("security", "API key, index it may not read")]
    [InlineData("blocks", "wrong method")]
    public async Task A_search_that_cannot_be_made_says_that_search_is_away(string scenario, string step)
    {
        if (Find(scenario, step) is not { } recorded) return;
        await using var stub = await StubServer.StartAsync(cluster.Answer);
        using var index = ElasticsearchOnAnImitationTests.Open(stub);
        await index.PrepareAsync(default);
        stub.Answer = request => request.Path.Contains("_search", StringComparison.Ordinal) ? recorded.Answer : cluster.Answer(request);
        Assert.StartsWith("Elasticsearch: 4", (await Assert.ThrowsAsync<IndexAwayException>(() => index.SearchAsync(Everything, default))).Message);
    }

    [Theory]
    [InlineData("no credentials", "/", "does not know this ApiKey or User")]
    [InlineData("API key that does not exist", "/", "does not know this ApiKey or User")]
    [InlineData("API key, template needs more", "/_index_template", "needs the cluster privileges monitor and manage_index_templates")]
    public async Task Who_may_not_is_told_at_the_start_what_is_needed(string step, string path, string sentence)
    {
        if (Find("security", step) is not { } recorded) return;
        await using var stub = await StubServer.StartAsync(request => path == "/" || request.Path.StartsWith(path, StringComparison.Ordinal) ? recorded.Answer : cluster.Answer(request));
        using var index = ElasticsearchOnAnImitationTests.Open(stub);
        Assert.Contains(sentence, (await Assert.ThrowsAsync<SettingsException>(() => index.PrepareAsync(default))).Message);
    }

    [Fact]
    public async Task An_overloaded_server_does_not_make_the_index_anew()
    {
        if (Find("lifecycle", "mapping") is not { Status: 429 } recorded) return;
        await using var stub = await StubServer.StartAsync(cluster.Answer);
        using var index = ElasticsearchOnAnImitationTests.Open(stub);
        await index.PrepareAsync(default);
        stub.Answer = _ => recorded.Answer;
        var health = await index.HealthAsync(default);
        Assert.False(health.MayFill);
        Assert.Contains("circuit_breaking_exception", health.Detail);
    }

    [Fact]
    public async Task Only_one_of_two_processes_takes_the_next_number()
    {
        if (Find("lifecycle", "create again") is not { } recorded) return;
        await using var stub = await StubServer.StartAsync(cluster.Answer);
        using var index = ElasticsearchOnAnImitationTests.Open(stub);
        await index.PrepareAsync(default);
        stub.Answer = request => request.Method == "PUT" ? recorded.Answer : cluster.Answer(request);
        Assert.Contains("another process", (await Assert.ThrowsAsync<IndexAwayException>(() => index.ClearAsync(default))).Message);
        Assert.DoesNotContain(stub.Sent, r => r.Method == "DELETE" || r.Path == "/_aliases");
    }

    [Fact]
    public async Task Facets_hits_and_passages_are_read_from_a_real_answer()
    {
        if (Find("search", "facets ignore their own filter") is not { } recorded) return;
        await using var stub = await StubServer.StartAsync(_ => recorded.Answer);
        var client = ElasticsearchEngine.Client(new ElasticsearchSettings { Nodes = stub.Address.ToString() }, TimeProvider.System);
        var answer = (await client.SearchAsync("x", null, acrossShards: false, new SearchRequestBody { Size = 20 }, default)).Value!;
        var hit = Assert.Single(answer.Hits!.Hits!);
        Assert.Equal(("r2", 1L), (hit.Id, answer.Hits.Total!.Value));
        Assert.Equal("7.34056", hit.Sort![0].GetRawText());
        Assert.Equal(1.316852, hit.InnerHits!["passages"].Hits!.Hits![0].Score);
        Assert.Equal(new Bucket("mathematics", 1), Assert.Single(answer.Aggregations!["subject"].Values!.Buckets!));
    }

    /// <summary>The imitation is held to the server where both have the same: versions.</summary>
    [Theory]
    [InlineData("external", 50, new[] { 49L, 51 }, new[] { 409, 200 })]
    [InlineData("external", 51, new[] { 51L }, new[] { 409 })]
    [InlineData("external_gte", 51, new[] { 51L }, new[] { 200 })]
    public void The_imitation_takes_versions_as_was_recorded(string type, long held, long[] versions, int[] statuses)
    {
        var index = new ImitatedIndex(new JsonObject { ["properties"] = new JsonObject() });
        Assert.Equal(201, index.Put("r8", held, type, []).Status);
        Assert.Equal(statuses, versions.Select(v => index.Put("r8", v, type, []).Status));
        foreach (var (step, kind, status) in (ReadOnlySpan<(string, string, int)>)[("version equal", "external", 409), ("version equal, external_gte", "external_gte", 200)])
            if (kind == type && versions is [51] && Find("bulk", step) is { } recorded)
                Assert.Equal(status, JsonNode.Parse(recorded.Response)!["items"]![0]!["index"]!["status"]!.GetValue<int>());
    }

    private Recording? Find(string scenario, string step)
    {
        var found = Recording.Find(scenario, step);
        if (found is null) output.WriteLine("No ../shared here: nothing was replayed.");
        return found;
    }
}
