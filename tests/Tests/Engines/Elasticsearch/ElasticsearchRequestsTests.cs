using System.Globalization;
using ResourceHub.Core.Search;
using ResourceHub.Engines.Elasticsearch;
using ResourceHub.Engines.Elasticsearch.Client;
using Xunit.Abstractions;

namespace ResourceHub.Tests.Engines.Elasticsearch;

/// <summary>
/// Every kind of request that the adapter sends, in order, kept in elasticsearch-requests.jsonl: reviewed in diffs, judged by the official schemas, and fit to
/// be replayed on a real server.
/// </summary>
public sealed class ElasticsearchRequestsTests(ITestOutputHelper output)
{
    private const string Kept = "elasticsearch-requests.jsonl";

    private static readonly string[] Public = ["public"];
    private static readonly Guid File = new("01990000-0000-7000-8000-0000000000f1");

    private readonly ManualClock clock = new();

    [Fact]
    public async Task Requests_are_those_that_were_reviewed_and_fit_the_official_schemas()
    {
        await using var stub = await StubServer.StartAsync(new Imitation().Answer);
        using var index = ElasticsearchOnAnImitationTests.Open(stub, clock);
        await FillAsync(stub, index);
        await SearchAsync(stub, index);
        await BeginAnewAsync(stub, index);
        await FromSeveralShardsAsync(stub);
        await FillBesideAsync(stub, index);
        await CompareAsync(stub.Sent);
        Assert.DoesNotContain(stub.Sent, r => r.Body.Contains("\"delete\":", StringComparison.Ordinal));
        Assert.All(stub.Sent, r => Assert.DoesNotContain("compatible-with", r.ContentType ?? "", StringComparison.Ordinal));
        Assert.InRange(stub.Sent.Select(r => r.Step).Distinct().Count(), 30, 100);
        await Schemas.JudgeAsync(stub.Sent, output);
    }

    [Fact]
    public async Task Whatever_is_asked_gives_requests_that_fit_the_official_schemas()
    {
        await using var stub = await StubServer.StartAsync(new Imitation().Answer);
        using var index = ElasticsearchOnAnImitationTests.Open(stub, clock);
        await index.WriteAsync([.. Enumerable.Range(0, 30).Select(i => Make.Document(Make.Title(i), values: Make.Values(i)))], [], default);
        var random = new Random(19);
        string[] pieces = ["圆", "的面积", "law", " of ", "the", "3.14", "A卷", "𠮷", "\uD83D", "🧪", "\"", "\\", "*", "?", "为什么", "高 三", "\0", "~", "ピアノ"];
        for (var i = 0; i < 300; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(7)).Select(_ => pieces[random.Next(pieces.Length)]));
            var page = await index.SearchAsync(Request(text) with { Sort = (SearchSort)(i % 4), First = 5, Facets = [FacetName.Grade, FacetName.Kind], Filters = i % 3 == 0 ? Filter(FacetName.Kind, "slides") : NoFilters }, default);
            if (page.Hits.Count > 0) await index.SearchAsync(Request(text) with { Sort = (SearchSort)(i % 4), First = 5, After = page.Hits[^1].Position }, default);
            await index.SuggestAsync(text, Public, 8, default);
        }
        await Schemas.JudgeAsync(stub.Sent, output);
    }

    private async Task FillAsync(StubServer stub, ElasticsearchIndex index)
    {
        stub.Step = "start";
        await index.PrepareAsync(default);
        stub.Step = "the first change after a quiet second is shown at once";
        await index.WriteAsync([Lesson(1, "圆的面积 教学设计") with { Description = "六年级上册", Extra = ["数学", "重庆市第一中学"], Passages = [new(new("text", File, 0, 0, 12), "教学目标：掌握圆的面积公式。"), new(new("text", File, 3, 40, 9), "例题：求半径3厘米的圆的面积。")] }], [], default);
        stub.Step = "a change soon after it waits for the server's own refresh";
        await index.WriteAsync([Lesson(2, "Photosynthesis in green plants") with { Revision = 7, Downloads = 12, AccessTokens = ["school:1", "members"] }], [], default);
        stub.Step = "what is removed leaves a mark that stays";
        clock.Advance(TimeSpan.FromSeconds(2));
        await index.WriteAsync([], [new(Id(2), 8), new(Id(9), long.MaxValue)], default);
        stub.Step = "a late write does not bring it back";
        await index.WriteAsync([Lesson(2, "Photosynthesis in green plants") with { Revision = 7 }], [], default);
        stub.Step = "more than one request shows all with one refresh";
        clock.Advance(TimeSpan.FromSeconds(2));
        await index.WriteAsync([.. Enumerable.Range(0, 501).Select(i => Lesson(100 + i, $"第{i}课"))], [], default);
        stub.Step = "health";
        await index.HealthAsync(default);
    }

    private static async Task SearchAsync(StubServer stub, ElasticsearchIndex index)
    {
        async Task<SearchPage> AskAsync(string step, SearchRequest request)
        {
            stub.Step = step;
            return await index.SearchAsync(request, default);
        }

        await AskAsync("words of a question, passages of its hits", Request("圆的面积怎么求") with { Passages = 2 });
        await AskAsync("one character", Request("圆"));
        await AskAsync("two words apart", Request("圆面积 公式"));
        await AskAsync("a stop word leaves a gap in the phrase", Request("law of gravity"));
        await AskAsync("a word asked twice", Request("面积 面积 study"));
        await AskAsync("words that are none", Request("？！"));
        await AskAsync("nothing asked", Request(null));
        await AskAsync("nothing asked, by all doors", Request(null) with { AccessTokens = null });
        await AskAsync("nothing asked, by no door", Request(null) with { AccessTokens = [] });
        await AskAsync("newest first", Request("圆的面积") with { Sort = SearchSort.Newest, Passages = 0 });
        await AskAsync("most used first", Request("圆的面积") with { Sort = SearchSort.MostUsed, Passages = 0 });
        await AskAsync("by title", Request(null) with { Sort = SearchSort.Title });
        await AskAsync("dates", Request(null) with { CreatedAfter = Make.Day(1), CreatedBefore = Make.Day(3) });
        await AskAsync("dates from", Request(null) with { CreatedAfter = Make.Day(1) });
        await AskAsync("what was just closed is left out", Request("圆的面积") with { LeftOut = [Id(1)], Passages = 0 });
        await AskAsync("no total", Request("圆的面积") with { WithTotal = false, Passages = 0 });
        await AskAsync("all facets", Request("圆的面积") with { Facets = Enum.GetValues<FacetName>(), Passages = 0 });
        await AskAsync("a filter, no facets", Request(null) with { Filters = Filter(FacetName.Kind, "slides", "exam") });
        await AskAsync("a facet ignores its own filter", Request(null) with { Filters = Filter(FacetName.Kind, "slides"), Facets = [FacetName.Kind, FacetName.Grade] });
        await AskAsync("facets behind each other's filters", Request(null) with
        {
            Filters = new Dictionary<FacetName, IReadOnlyList<string>> { [FacetName.Kind] = ["slides"], [FacetName.Grade] = ["g5"], [FacetName.MediaType] = ["video/mp4"], [FacetName.School] = ["0123"] },
            Facets = [FacetName.Kind, FacetName.Grade, FacetName.MediaType],
        });
        Boost[] boosts = [new(FacetName.Grade, "g5", "五年级", 1.2), new(FacetName.Kind, "slides", "课件", 1), new(null, "2025-2026", "2025学年", 0)];
        await AskAsync("recognised words lift what the text finds", Request("圆的面积") with { Boosts = boosts, Passages = 0 });
        await AskAsync("recognised words alone decide", Request(null) with { Boosts = boosts, Passages = 0 });
        var first = await AskAsync("first page", Request("第三课 1") with { Sort = SearchSort.Title, First = 2 });
        first = await AskAsync("first page of a list", Request(null) with { Sort = SearchSort.Title, First = 2 });
        var second = await AskAsync("second page opens a point in time, counts are of now", Request(null) with { Sort = SearchSort.Title, First = 2, After = first.Hits[^1].Position, Facets = [FacetName.Kind] });
        await AskAsync("third page goes on in it", Request(null) with { Sort = SearchSort.Title, First = 2, After = second.Hits[^1].Position, WithTotal = false });
        var best = await AskAsync("best of a question", Request("圆的 第3课") with { First = 1, Passages = 0 });
        await AskAsync("second best with its passages", Request("圆的 第3课") with { First = 1, After = best.Hits[^1].Position, Passages = 1, WithTotal = false });
        stub.Step = "suggestions";
        await index.SuggestAsync("圆的", Public, 8, default);
        stub.Step = "suggestions by pinyin, then by initials, without what was just closed";
        await index.SuggestAsync(new SuggestRequest("yu'an", Public, 8, [Id(9)]), default);
        stub.Step = "suggestions of the same sound";
        await index.SuggestAsync(new SuggestRequest("园的", Public, 8, BySound: true), default);
        stub.Step = "suggestions for a hub admin";
        await index.SuggestAsync("PHOTO", null, 8, default);
    }

    private async Task BeginAnewAsync(StubServer stub, ElasticsearchIndex index)
    {
        stub.Step = "an empty index takes over";
        await index.ClearAsync(default);
        stub.Step = "the fill writes";
        clock.Advance(TimeSpan.FromSeconds(2));
        await index.WriteAsync([Lesson(1, "圆的面积 教学设计")], [], default);
        stub.Step = "the fill shows that it lives";
        clock.Advance(TimeSpan.FromSeconds(11));
        await index.WriteAsync([Lesson(3, "勾股定理")], [], default);
        stub.Step = "the fill ends";
        await index.MarkWholeAsync(default);
    }

    private async Task FromSeveralShardsAsync(StubServer stub)
    {
        using var several = ElasticsearchOnAnImitationTests.Open(stub, clock, s => (s.Shards, s.Replicas) = (3, "2"));
        stub.Step = "three shards, two copies";
        var page = await several.SearchAsync(Request("圆的面积") with { First = 1, Passages = 0 }, default);
        await several.SearchAsync(Request("圆的面积") with { First = 1, Passages = 0, After = page.Hits[^1].Position, WithTotal = false }, default);
    }

    private async Task FillBesideAsync(StubServer stub, ElasticsearchIndex index)
    {
        var client = ElasticsearchEngine.Client(new ElasticsearchSettings { Nodes = stub.Address.ToString() }, clock);
        stub.Step = "an index beside the one in use";
        await using (var fresh = await index.BeginAsync(default))
        {
            stub.Step = "writes go to both";
            clock.Advance(TimeSpan.FromSeconds(2));
            await index.WriteAsync([Lesson(4, "静夜思")], [new(Id(3), 2)], default);
            stub.Step = "the copy goes into the one beside, and how far it is is noted";
            clock.Advance(TimeSpan.FromSeconds(6));
            await fresh.WriteAsync([Lesson(1, "圆的面积 教学设计")], [new(Id(2), long.MaxValue)], Id(2), default);
            stub.Step = "health while it is made";
            await index.HealthAsync(default);
        }
        stub.Step = "gone on with, it takes over";
        await using (var again = await index.BeginAsync(default))
        {
            Assert.Equal(Id(2), again.Reached);
            await again.WriteAsync([Lesson(4, "静夜思")], [], Id(4), default);
            await again.TakeOverAsync(default);
        }
        stub.Step = "what it holds of some resources";
        var held = await index.HeldAsync([Id(1), Id(2), Id(4), Id(77)], default);
        Assert.Equal([(Id(1), false), (Id(2), true), (Id(4), false)], held.OrderBy(h => h.Key).Select(h => (h.Key, h.Value.IsRemoved)));
        stub.Step = "what was replaced goes when nobody can be reading in it";
        clock.Advance(TimeSpan.FromMinutes(11));
        await index.TidyAsync(default);
        stub.Step = "the mark of a deleted document is forgotten";
        await client.PutSettingsAsync("hub-resources-write", new System.Text.Json.Nodes.JsonObject { ["index"] = new System.Text.Json.Nodes.JsonObject { ["gc_deletes"] = "1ms" } }, default);
        stub.Step = "templates that were left";
        await client.GetIndexTemplateAsync("hub-check-*", default);
        await client.DeleteIndexTemplateAsync("hub-check-1", default);
        stub.Step = "tokens of a field";
        Assert.Equal(["圆的", "的面"], (await client.AnalyzeAsync("hub-resources-read", new(IndexFields.All, "圆的 的面"), default)).Value!.Tokens!.Select(t => t.Token));
        stub.Step = "a point in time closed";
        var opened = await client.OpenPointInTimeAsync("hub-resources-read", "1m", null, default);
        Assert.True((await client.ClosePointInTimeAsync(opened.Value!.Id, default)).Value!.Succeeded);
    }

    private static async Task CompareAsync(IReadOnlyList<SentRequest> sent)
    {
        var me = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}");
        sent = InOrder(sent);
        // Five hundred of one kind tell no more than three.
        var lines = string.Concat(sent.Select(r => Schemas.Line(r with { Body = Shortened(r.Body).Replace(me, "host:1", StringComparison.Ordinal) }) + "\n"));
        var folder = Path.Join(Schemas.Repository, "tests", "Tests", "Engines", "Elasticsearch");
        var kept = System.IO.File.Exists(Path.Join(folder, Kept)) ? await System.IO.File.ReadAllTextAsync(Path.Join(folder, Kept)) : "";
        if (kept == lines) return;
        var mismatch = Directory.CreateDirectory(Path.Join(folder, "__mismatch__")).FullName;
        await System.IO.File.WriteAllTextAsync(Path.Join(mismatch, Kept), lines);
        var (was, now) = (kept.Split('\n'), lines.Split('\n'));
        var at = Enumerable.Range(0, now.Length).First(i => i >= was.Length || was[i] != now[i]);
        Assert.Fail($"Request {at + 1} is another than was reviewed. If that is meant, move __mismatch__/{Kept} over the kept one.\nwas: {was.ElementAtOrDefault(at)}\nnow: {now[at]}");
    }

    /// <summary>A later page and its counts are asked at the same time; which comes first at the server is chance.</summary>
    private static List<SentRequest> InOrder(IReadOnlyList<SentRequest> sent)
    {
        List<SentRequest> ordered = [.. sent];
        for (var i = 1; i < ordered.Count; i++)
            if (ordered[i].Step == ordered[i - 1].Step && ordered[i].Path.StartsWith("/hub-resources-read/_search", StringComparison.Ordinal) && ordered[i].Body.Contains("\"size\":0,", StringComparison.Ordinal)
                && ordered[i - 1].Path.StartsWith("/_search", StringComparison.Ordinal)) (ordered[i - 1], ordered[i]) = (ordered[i], ordered[i - 1]);
        return ordered;
    }

    private static string Shortened(string body) => body.Count(c => c == '\n') is > 20 ? string.Concat(body.Split('\n').Take(6).Select(l => l + "\n")) : body;

    private static readonly Dictionary<FacetName, IReadOnlyList<string>> NoFilters = [];

    private static SearchRequest Request(string? text) => new(text, NoFilters, Public);

    private static Dictionary<FacetName, IReadOnlyList<string>> Filter(FacetName name, params string[] values) => new() { [name] = values };

    private static Guid Id(int number) => new(string.Create(CultureInfo.InvariantCulture, $"01990000-0000-7000-8000-{number:d12}"));

    private static ResourceDocument Lesson(int number, string title) => Make.Document(title) with { Id = Id(number), Values = new Dictionary<FacetName, IReadOnlyList<string>> { [FacetName.Kind] = ["slides"], [FacetName.Grade] = ["g5", "g6"] } };
}
