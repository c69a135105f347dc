using System.Text.Json;
using ResourceHub.Core.Pinyin;

namespace ResourceHub.Host.Bench;

/// <summary>What typing costs: suggestions at each key, searches with words to recognise, pinyin and wrong characters.</summary>
internal static class TypingFigures
{
    private const string Suggest = "query($text: String!) { suggest(text: $text, first: 8) { text kind } }";

    private const string Search = """
        query($text: String) { search(text: $text, first: 20) { totalCount didYouMean searchedText notice chips { field code label words mode }
          edges { cursor highlights { field text ranges { start end } location { page slide second sheet } } node { id title } }
          facets { name values { code label count } } pageInfo { hasNextPage endCursor } } }
        """;

    public static async Task MeasureAsync(Plan plan, Figures figures, Uri address, Lessons lessons, string size)
    {
        var random = new Random(plan.Seed);
        List<string> typed = [];
        while (typed.Count < 2000)
        {
            var words = lessons.Query();
            var sounds = string.Concat(Sounds.Of(words));
            var text = random.Next(3) switch { 0 when sounds.Length > 0 => sounds, 1 when sounds.Length > 0 => string.Concat(Sounds.Of(words).Where(s => s.Length > 0).Select(s => s[0])), _ => words };
            // Every key on the way asks.
            for (var length = 1; length <= Math.Min(text.Length, 8); length++) typed.Add(text[..length]);
        }
        await P95Async($"{size}: suggestions at each key, p95 alone", Suggest, typed, 20);

        string[] filing = ["七上", "人教版", "数学", "课件", "六年级 下册", "初中物理", "教学设计", "西师大版"];
        await P95Async($"{size}: search with recognised words, facets, places and did-you-mean, p95 alone", Search, [.. Enumerable.Range(0, 1000).Select(i => $"{filing[i % filing.Length]} {lessons.Query()} {filing[(i / 8 + 3) % filing.Length]}")], 40);
        await P95Async($"{size}: recognised words alone, p95 alone", Search, [.. Enumerable.Range(0, 400).Select(i => $"{filing[i % filing.Length]} {filing[(i / 8 + 1) % filing.Length]}")], 40);
        await P95Async($"{size}: search in pinyin, p95 alone", Search, [.. Enumerable.Range(0, 400).Select(_ => string.Concat(Sounds.Of(lessons.Query())) is { Length: > 0 } letters ? letters : "guanghezuoyong")], 40);

        async Task P95Async(string name, string query, List<string> texts, double goal)
        {
            var answers = await Load.RunAsync(address, [.. texts.Select(text => Load.Post("/graphql", JsonSerializer.Serialize(new { query, variables = new { text } })))], 1, plan.WarmUp / 5, plan.Time);
            if (answers.Failures > 0) throw new InvalidOperationException($"{name}: {answers.Failures} answers were errors.");
            figures.AtMost(name, answers.P95Ms, "ms", goal);
        }
    }
}
