using System.Text.Json;

namespace ResourceHub.Host.Bench;

/// <summary>What a search page asks besides the search: suggestions while one types, a better spelling, the way in pinyin, more like this; and what nobody should ask.</summary>
internal static class QueryFigures
{
    public const string Search = """
        query($text: String) { search(text: $text, first: 20) { totalCount didYouMean searchedText notice chips { field code label words mode }
          edges { cursor highlights(passages: 3) { field text ranges { start end } location { page slide second sheet } openUrl } node { id title } }
          facets { name values { code label count } } pageInfo { hasNextPage endCursor } } }
        """;

    private const string Suggest = "query($text: String!) { suggest(text: $text) { text } }";
    private const string Related = "query($id: ID!) { resource(id: $id) { moreLikeThis(first: 5) { reason resource { id title } } } }";

    private static readonly string[] Filing = ["七年级", "六上", "数学", "人教版", "课件", "教案", "北师大版 八年级", "高一 物理"];

    /// <summary>Half of what teachers type also says how it is filed.</summary>
    public static IReadOnlyList<string> Bodies(Lessons lessons, int count)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(n => Body(Search, new { text = n % 2 == 0 ? lessons.Query() : $"{Filing[random.Next(Filing.Length)]} {lessons.Query()}" }))];
    }

    public static async Task MeasureAsync(Plan plan, Figures figures, Uri hub, Lessons lessons, IReadOnlyList<string> ids, string size)
    {
        var typed = Enumerable.Range(0, 500).Select(_ => lessons.Query()).SelectMany(q => Enumerable.Range(1, Math.Min(4, q.Length)).Select(n => q[..n])).ToList();
        figures.AtMost($"{size}: suggestions, p95 alone", (await AloneAsync([.. typed.Select(t => Body(Suggest, new { text = t }))])).P95Ms, "ms", 20);
        string[] sounds = ["yuandemianji", "ydmj", "圆de面积", "tongfen", "guanghezuoyong", "oumudinglv", "fuli", "gougudingli"];
        figures.AtMost($"{size}: suggestions in pinyin, p95 alone", (await AloneAsync([.. sounds.SelectMany(s => Enumerable.Range(1, s.Length).Select(n => Body(Suggest, new { text = s[..n] })))])).P95Ms, "ms", 20);
        figures.Note($"{size}: search in pinyin, p95 alone", (await AloneAsync([.. sounds.Select(s => Body(Search, new { text = s }))])).P95Ms, "ms");
        string[] misspelt = ["园的面积", "光和作用", "欧母定律", "勾股定里", "牛顿第一定率", "鸦片战挣", "有里数", "丝绸之露"];
        figures.Note($"{size}: search with a better spelling, p95 alone", (await AloneAsync([.. misspelt.Select(s => Body(Search, new { text = s }))])).P95Ms, "ms");
        figures.Note($"{size}: more like this, p50 alone", (await AloneAsync([.. ids.Select(id => Body(Related, new { id }))])).P50Ms, "ms");
        figures.Note($"{size}: more like this, p95 alone", (await AloneAsync([.. ids.Select(id => Body(Related, new { id }))])).P95Ms, "ms");

        var hostile = new HostileQueries(plan.Seed).Take(plan.Hostile).Select(t => $"{{\"query\":{HostileQueries.Quoted(Search)},\"variables\":{{\"text\":{HostileQueries.Quoted(t)}}}}}");
        var (slowest, p95, broken) = await Load.EachOnceAsync(hub, [.. hostile.Select(b => Load.Post("/graphql", b))], 2);
        figures.AtMost($"{size}: {plan.Hostile} hostile queries, answers of 500 and above", broken, "", 0);
        figures.Note($"{size}: the same, p95 with 2 clients", p95, "ms");
        figures.AtMost($"{size}: the same, the slowest", slowest, "ms", 500);

        async Task<LoadResult> AloneAsync(IReadOnlyList<string> bodies)
        {
            var result = await Load.RunAsync(hub, [.. bodies.Select(b => Load.Post("/graphql", b))], 1, plan.Time / 4, plan.Time / 2);
            return result.Failures == 0 ? result : throw new InvalidOperationException($"{result.Failures} answers were errors: {bodies[0]}");
        }
    }

    private static string Body(string query, object variables) => JsonSerializer.Serialize(new { query, variables });
}
