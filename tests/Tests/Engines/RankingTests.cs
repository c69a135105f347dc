using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using ResourceHub.Core.Search;
using ResourceHub.Core.Text;
using ResourceHub.Engines.Analysis;
using ResourceHub.Engines.Lucene;

namespace ResourceHub.Tests.Engines;

/// <summary>What moves hits beside their text, and that it moves them no further than it may. ElasticsearchEqualityTests shows that the other engine does the same.</summary>
public sealed class RankingTests : IDisposable
{
    private static readonly Dictionary<FacetName, IReadOnlyList<string>> NoFilters = [];
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hub-ranking-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Age_and_use_never_reorder_hits_whose_texts_differ_by_more_than_their_limit()
    {
        var random = new Random(41);
        ResourceDocument[] lessons = [.. Enumerable.Range(0, 400).Select(i => Make.Document(Make.Title(random.Next(60))) with
        {
            Downloads = (long)Math.Pow(10, random.Next(8)) * random.Next(2),
            CreatedAt = Make.Day(0).AddDays(-random.Next(5000)),
            Description = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => random.Next(4) == 0 ? "圆的面积" : ((char)('一' + random.Next(60))).ToString())),
        })];
        var texts = await ScoresAsync(lessons, SearchFeature.Freshness, SearchFeature.Use);
        var all = await ScoresAsync(lessons);
        Assert.Equal(texts.Keys.Order(), all.Keys.Order());
        var order = all.OrderByDescending(s => s.Value).Select(s => texts[s.Key]).ToList();
        // Nothing stands before a hit whose text is better by more.
        var lowest = double.MaxValue;
        foreach (var text in order)
        {
            Assert.True(text <= lowest + Recipe.MostRank + 1e-4, $"{text} after {lowest}");
            lowest = Math.Min(lowest, text);
        }
        Assert.NotEqual(order.OrderDescending(), order);
    }

    [Fact]
    public async Task Of_hits_whose_texts_are_alike_the_newer_and_the_more_used_comes_first()
    {
        var old = Make.Document("圆的面积") with { CreatedAt = Make.Day(0).AddYears(-6) };
        var fresh = Make.Document("圆的面积") with { CreatedAt = Make.Day(0) };
        var used = Make.Document("圆的面积") with { CreatedAt = Make.Day(0).AddYears(-6), Downloads = 30 };
        var better = Make.Document("圆的面积，圆的面积的推导") with { CreatedAt = Make.Day(0).AddYears(-16) };
        Assert.Equal([used.Id, fresh.Id, old.Id], (await FindAsync("圆的面积", [old, fresh, used])).Select(h => h.Id));
        Assert.Equal(better.Id, (await FindAsync("推导", [old, used, better]))[0].Id);
    }

    [Theory]
    [InlineData("圆的面积", "圆的面积", "圆的面积和圆的周长")]
    [InlineData("圆的面积", "《圆的面积》教学设计", "圆的面积教学")]
    [InlineData("圆的面积", "圆的面积（第1课时） 课件", "圆的面积练习")]
    [InlineData("圓的面積", "圆的面积 教案及反思", "求圆的面积")]
    [InlineData("第3单元", "第三单元", "第三单元复习")]
    [InlineData("photosynthesis", "Photosynthesis", "Photosynthesis here")]
    public async Task What_is_called_as_was_asked_comes_before_what_is_called_otherwise(string asked, string called, string otherwise)
    {
        ResourceDocument[] others = [.. Enumerable.Range(0, 4).Select(i => Make.Document(otherwise) with { Downloads = 1_000_000, Extra = [asked, asked] })];
        var wanted = Make.Document(called);
        Assert.Equal(wanted.Id, (await FindAsync(asked, [.. others, wanted]))[0].Id);
    }

    [Fact]
    public async Task What_is_filed_under_the_chapter_that_was_asked_for_comes_before_what_mentions_it()
    {
        ResourceDocument Lesson(string title, string chapter) => Make.Document(title) with { Extra = [chapter], Values = new Dictionary<FacetName, IReadOnlyList<string>> { [FacetName.Kind] = ["slides"], [FacetName.Chapter] = [chapter] } };
        var filed = Lesson("圆柱的体积", "第三单元 圆柱与圆锥");
        var mentions = Make.Document("圆柱的体积") with { Extra = ["圆柱与圆锥的练习"] };
        Assert.Equal([filed.Id, mentions.Id], (await FindAsync("圆柱与圆锥", [mentions, filed])).Select(h => h.Id));
        Assert.Equal([filed.Id, mentions.Id], (await FindAsync("第3单元 圆柱与圆锥", [mentions, filed])).Select(h => h.Id));
    }

    [Fact]
    public void English_words_and_long_texts_are_no_names()
    {
        Assert.Equal(["teffectsofheat"], NamedAs.Of(Make.Document("Effects of heat")));
        Assert.Empty(NamedAs.Of(Make.Document(new string('圆', 90))));
        Assert.Empty(NamedAs.Of(Make.Document("—？！")));
        Assert.Null(NamedAs.KeyOf(new string('圆', 1000)));
    }

    [Fact]
    public void The_index_of_Elasticsearch_has_the_recipes_numbers()
    {
        using var file = typeof(Recipe).Assembly.GetManifestResourceStream("ResourceHub.Engines.Elasticsearch.resource-index.json")!;
        var similarity = System.Text.Json.Nodes.JsonNode.Parse(file)!["settings"]!["index"]!["similarity"]!;
        Assert.Equal((Recipe.K1, Recipe.B), (similarity["default"]!["k1"]!.GetValue<float>(), similarity["default"]!["b"]!.GetValue<float>()));
        Assert.Equal((Recipe.PassageSaturation, 0), (similarity["passage"]!["k1"]!.GetValue<float>(), similarity["passage"]!["b"]!.GetValue<float>()));
        Assert.True(Recipe.Rank(Make.Day(0).AddYears(90), long.MaxValue) <= Recipe.MostRank);
        Assert.Equal(0, Recipe.Rank(Make.Day(0).AddYears(-90), -1));
    }

    private async Task<Dictionary<Guid, double>> ScoresAsync(ResourceDocument[] lessons, params SearchFeature[] without)
    {
        Ablation.Without(without);
        return (await FindAsync("圆的面积 光合作用", lessons)).ToDictionary(h => h.Id, h => (double)BitConverter.Int32BitsToSingle(int.Parse(h.Position.Key, CultureInfo.InvariantCulture)));
    }

    private async Task<IReadOnlyList<SearchHit>> FindAsync(string asked, ResourceDocument[] lessons)
    {
        var path = Path.Join(folder.FullName, Guid.CreateVersion7().ToString("n"));
        using var index = new LuceneIndex(path, NullLogger<LuceneIndex>.Instance);
        await index.PrepareAsync(default);
        await index.WriteAsync(lessons, [], default);
        return (await index.SearchAsync(new SearchRequest(asked, NoFilters, ["public"], First: 1000), default)).Hits;
    }
}
