using Microsoft.Extensions.Logging.Abstractions;
using ResourceHub.Core.Search;
using ResourceHub.Engines.Lucene;

namespace ResourceHub.Tests.Engines.Elasticsearch;

/// <summary>
/// The embedded engine and the adapter answer alike: the same matches, the same first ten up to ties, the same facets. Here against our imitation's BM25; the
/// same check on a real server is one of doctor's deep ones.
/// </summary>
public sealed class ElasticsearchEqualityTests
{
    private static readonly Dictionary<FacetName, IReadOnlyList<string>> NoFilters = [];

    [Fact]
    public async Task Three_hundred_questions_have_the_same_first_ten_on_both_engines()
    {
        var folder = Directory.CreateTempSubdirectory("hub-equal-").FullName;
        await using var stub = await StubServer.StartAsync(new Imitation().Answer);
        using var elastic = ElasticsearchOnAnImitationTests.Open(stub);
        var lucene = new LuceneIndex(folder, NullLogger<LuceneIndex>.Instance);
        await lucene.PrepareAsync(default);
        var random = new Random(300);
        ResourceDocument[] lessons = [.. Enumerable.Range(0, 250).Select(i => Make.Document(Title(random), values: Make.Values(i)) with
        {
            Downloads = random.Next(5),
            CreatedAt = Make.Day(random.Next(6)),
            Description = random.Next(3) == 0 ? null : Text(random, 10 + random.Next(60)),
            Topics = i % 3 == 0 ? ["圆的面积", "单元复习"] : [],
            Extra = ["数学", $"第{random.Next(9)}课"],
            Passages = [.. Enumerable.Range(0, random.Next(6)).Select(p => new Passage(new("text", Guid.CreateVersion7(), p, 0, 40), Text(random, 20 + random.Next(60))))],
        })];
        foreach (var index in (ISearchIndex[])[lucene, elastic]) await index.WriteAsync(lessons, [], default);

        List<string> different = [];
        for (var i = 0; i < 300; i++)
        {
            var request = new SearchRequest(
                Question(random, lessons), i % 5 == 0 ? new Dictionary<FacetName, IReadOnlyList<string>> { [FacetName.Kind] = ["slides"] } : NoFilters, ["public"],
                (SearchSort)(i % 7 < 4 ? 0 : i % 4), 10, Facets: [FacetName.Kind, FacetName.Grade], LeftOut: i % 6 == 0 ? [lessons[i % 250].Id] : null,
                Boosts: i % 3 == 0 ? [new(FacetName.Grade, $"g{i % 9 + 1}", $"第{i % 9}课", 1.2), new(FacetName.Kind, "slides", "面积", 1), new(null, "", "law", 0)] : null);
            var (one, other) = (await lucene.SearchAsync(request, default), await elastic.SearchAsync(request, default));
            var isSame = one.Total == other.Total && one.HasMore == other.HasMore && one.Facets.Zip(other.Facets).All(f => f.First.Name == f.Second.Name && f.First.Values.SequenceEqual(f.Second.Values))
                && Same(one, other, request.Sort == SearchSort.Relevance);
            if (!isSame) different.Add($"{request.Text} by {request.Sort}: {one.Total} {string.Join(' ', one.Hits.Select(h => h.Id.ToString()[^4..]))} | {other.Total} {string.Join(' ', other.Hits.Select(h => h.Id.ToString()[^4..]))}");
            var typed = lessons[random.Next(250)].Title[..(1 + i % 4)];
            Assert.Equal(await lucene.SuggestAsync(typed, ["public"], 8, default), await elastic.SuggestAsync(typed, ["public"], 8, default));
        }
        foreach (var typed in (string[])["y", "yuan", "ydmj", "圆de", "guanghe", "gh", "law", "gougudingli jiaoxue", "数学", "第3课", "jiaoxuesheji"])
            foreach (var bySound in (bool[])[false, true])
            {
                var request = new SuggestRequest(typed, ["public"], 8, [lessons[7].Id], bySound);
                Assert.Equal(await lucene.SuggestAsync(request, default), await elastic.SuggestAsync(request, default));
            }
        Assert.Empty(different);
        lucene.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Hits whose scores differ by less than floating point keeps may stand in either order.</summary>
    private static bool Same(SearchPage one, SearchPage other, bool isRanked)
    {
        if (one.Hits.Select(h => h.Id).SequenceEqual(other.Hits.Select(h => h.Id))) return true;
        if (!isRanked || one.Hits.Count != other.Hits.Count) return false;
        double Score(SearchHit hit) => BitConverter.Int32BitsToSingle(int.Parse(hit.Position.Key, System.Globalization.CultureInfo.InvariantCulture));
        return one.Hits.Zip(other.Hits).All(pair =>
        {
            var same = one.Hits.FirstOrDefault(h => h.Id == pair.Second.Id) ?? one.Hits[^1];
            return Math.Abs(Score(pair.First) - Score(same)) <= 1e-5 * Score(same);
        });
    }

    private static string Title(Random random) => Make.Title(random.Next(100)) + (random.Next(4) == 0 ? $" {random.Next(20)}" : "");

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
