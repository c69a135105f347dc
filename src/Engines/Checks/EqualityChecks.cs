using System.Globalization;
using ResourceHub.Core.Search;

namespace ResourceHub.Engines.Checks;

/// <summary>That the configured index answers as the embedded one does: the same matches, counts and first ten, up to ties.</summary>
internal static class EqualityChecks
{
    private const int Lessons = 250;
    private const double Tie = 1e-5;

    public static readonly IReadOnlyDictionary<FacetName, IReadOnlyList<string>> NoFilters = new Dictionary<FacetName, IReadOnlyList<string>>();

    public static IReadOnlyList<BehaviourCheck> All =>
    [
        new("search/equal engines", "Searches are ordered or counted otherwise than by the embedded engine, by which relevance was judged. Report the version of the engine with what is named.", ThreeHundredAsync),
    ];

    private static async Task ThreeHundredAsync(CheckedEngines engines, Findings findings, CancellationToken ct)
    {
        if (engines.Searches!.Name == EmbeddedName)
        {
            findings.Note("not applicable: search is the embedded engine itself");
            return;
        }
        await using var one = await new Lucene.LuceneTrials(Path.GetTempPath(), TimeProvider.System).OpenAsync(ct);
        await using var other = await engines.Searches.OpenAsync(ct);
        await CompareAsync(one.Engine, other.Engine, engines.IsThorough ? 300 : 60, findings, ct);
    }

    public const string EmbeddedName = "lucene";

    public static async Task CompareAsync(ISearchIndex embedded, ISearchIndex other, int questions, Findings findings, CancellationToken ct)
    {
        var random = new Random(300);
        ResourceDocument[] lessons = [.. Enumerable.Range(0, Lessons).Select(i => Drawn(random, i))];
        await embedded.WriteAsync(lessons, [], ct);
        await other.WriteAsync(lessons, [], ct);
        for (var i = 0; i < questions; i++)
        {
            var request = new SearchRequest(
                Question(random, lessons), i % 5 == 0 ? new Dictionary<FacetName, IReadOnlyList<string>> { [FacetName.Kind] = ["slides"] } : NoFilters, MadeLessons.Public,
                (SearchSort)(i % 7 < 4 ? 0 : i % 4), 10, Facets: [FacetName.Kind, FacetName.Grade], LeftOut: i % 6 == 0 ? [lessons[i % Lessons].Id] : null);
            var (here, there) = (await embedded.SearchAsync(request, ct), await other.SearchAsync(request, ct));
            findings.Is($"total of \"{request.Text}\"", here.Total, there.Total);
            findings.Is($"whether more follow of \"{request.Text}\"", here.HasMore, there.HasMore);
            findings.Are($"facets of \"{request.Text}\"", here.Facets.SelectMany(f => f.Values.Select(v => (f.Name, v.Code, v.Count))), there.Facets.SelectMany(f => f.Values.Select(v => (f.Name, v.Code, v.Count))));
            findings.Holds($"\"{request.Text}\" by {request.Sort} gives the same first ten: {Ends(here)} here, {Ends(there)} there", IsSame(here, there, request.Sort == SearchSort.Relevance));
            var typed = lessons[random.Next(Lessons)].Title[..(1 + i % 4)];
            findings.Are($"suggestions for {typed}", await embedded.SuggestAsync(new(typed, MadeLessons.Public, 8), ct), await other.SuggestAsync(new(typed, MadeLessons.Public, 8), ct));
        }
        findings.Note($"{questions} questions on {Lessons} resources");
    }

    /// <summary>Hits whose scores differ by less than floating point keeps may stand in either order.</summary>
    private static bool IsSame(SearchPage embedded, SearchPage other, bool isRanked)
    {
        if (embedded.Hits.Select(h => h.Id).SequenceEqual(other.Hits.Select(h => h.Id))) return true;
        if (!isRanked || embedded.Hits.Count != other.Hits.Count) return false;
        return embedded.Hits.Zip(other.Hits).All(pair =>
        {
            var same = embedded.Hits.FirstOrDefault(h => h.Id == pair.Second.Id) ?? embedded.Hits[^1];
            return Math.Abs(Score(pair.First) - Score(same)) <= Tie * Score(same);
        });
    }

    private static double Score(SearchHit hit) => int.TryParse(hit.Position.Key, CultureInfo.InvariantCulture, out var bits) ? BitConverter.Int32BitsToSingle(bits) : double.NaN;

    private static string Ends(SearchPage page) => string.Join(' ', page.Hits.Select(h => h.Id.ToString()[^4..]));

    private static ResourceDocument Drawn(Random random, int number) => MadeLessons.Lesson(MadeLessons.Title(random.Next(100)) + (random.Next(4) == 0 ? $" {random.Next(20)}" : "")) with
    {
        Values = MadeLessons.Values(number),
        Downloads = random.Next(5),
        CreatedAt = MadeLessons.Day(random.Next(6)),
        Description = random.Next(3) == 0 ? null : Text(random, 10 + random.Next(60)),
        Extra = ["数学", $"第{random.Next(9)}课"],
        Passages = [.. Enumerable.Range(0, random.Next(6)).Select(p => new Passage(new("text", Guid.CreateVersion7(), p, 0, 40), Text(random, 20 + random.Next(60))))],
    };

    private static string Text(Random random, int length)
        => string.Concat(Enumerable.Range(0, length).Select(_ => random.Next(25) switch { 0 => "，", 1 => " law of plants ", 2 => "圆的面积", 3 => "。 ", 4 => "3.14", _ => ((char)('一' + (int)(Math.Pow(random.NextDouble(), 3) * 80))).ToString() }));

    private static string? Question(Random random, ResourceDocument[] lessons) => random.Next(12) switch
    {
        0 => null,
        1 => Text(random, 1),
        2 => "law of plants",
        3 => "the law of the plants in 3.14",
        4 => "圆",
        5 => "什么是圆的面积？",
        6 => "一 丁 七",
        7 => lessons[random.Next(lessons.Length)].Title,
        _ => lessons[random.Next(lessons.Length)].Description is { Length: > 12 } text ? text.Substring(random.Next(text.Length - 8), 2 + random.Next(6)) : Text(random, 3),
    };
}
