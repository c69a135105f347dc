using ResourceHub.Core.Search;

namespace ResourceHub.Engines.Checks;

/// <summary>That words are found however they are written, and ranked as measured.</summary>
internal static class WordChecks
{
    private const string Advice = "Text is folded and cut by the hub: an index that finds it otherwise is of another version. ./hub reindex fills it anew.";

    /// <summary>What is asked, and the title that must be found by it.</summary>
    private static readonly (string Asked, string Title)[] Spellings =
    [
        ("圆的面积怎么求？", "圆的面积"), ("高 三 数学", "高三数学复习"), ("高三数学", "高 三 数 学 复习"), ("ＰＥＰ 教材", "pep教材"), ("Ｈ２Ｏ", "H2O 的性质"),
        ("photosynthesis studies", "Study of Photosynthesis"), ("the", "The the"), ("A卷", "期末A卷"), ("㎡", "m2 的换算"), ("为什么", "十万个为什么"), ("🧪", "实验 🧪"),
    ];

    private static readonly string[] OddPieces =
    [
        "/.*a{9999}/", "*:*", "_exists_:", "title:", "\"", "(", ")", "AND", "~", "^9", "\\", "\0", "\n", "\uD83D", "\uFFFF", "圆", "数学", " ", "a", "%", "'; DROP", "￥", "é", "\u0301", "🧪", "‮", "\u200D",
        new string('长', 3000), "what", "的的的的",
    ];

    public static IReadOnlyList<BehaviourCheck> All =>
    [
        BehaviourCheck.OfSearch("words", Advice, SpellingsAsync),
        BehaviourCheck.OfSearch("single characters", Advice, SinglesAsync),
        BehaviourCheck.OfSearch("ranking", Advice, RankingAsync),
        BehaviourCheck.OfSearch("odd questions", "A question that fails is shown to people as a search out of order; report it with the question that is named.", OddAsync),
    ];

    private static async Task SpellingsAsync(Trial<ISearchIndex> trial, Findings findings, CancellationToken ct)
    {
        var wanted = Spellings.Select(s => MadeLessons.Lesson(s.Title)).ToList();
        await trial.Engine.WriteAsync([.. wanted, MadeLessons.Lesson("无关内容 xyz")], [], ct);
        foreach (var (spelling, lesson) in Spellings.Zip(wanted))
            findings.Holds($"{spelling.Asked} finds {spelling.Title}", (await trial.Engine.AskAsync(spelling.Asked, ct)).Hits.Any(h => h.Id == lesson.Id));
        findings.Is("hits of punctuation alone", 0, await trial.Engine.CountAsync("？！，。", ct));
        findings.Is("hits of nothing asked", wanted.Count + 1, await trial.Engine.CountAsync("  ", ct));
        findings.Note($"{Spellings.Length} ways of writing");
    }

    private static async Task SinglesAsync(Trial<ISearchIndex> trial, Findings findings, CancellationToken ct)
    {
        await trial.Engine.WriteAsync(ct, MadeLessons.Lesson("圆的面积"), MadeLessons.Lesson("圆明园的历史"), MadeLessons.Lesson("面条的积蓄"));
        var page = await trial.Engine.AskAsync("圆面积", ct, r => r with { Facets = [FacetName.Kind] });
        findings.Is("hits that share more than one character", 1, page.Total);
        findings.Is("what the facet counts of them", 1, page.Facets[0].Values.Sum(v => v.Count));
        findings.Is("hits of one character alone", 2, await trial.Engine.CountAsync("圆", ct));
    }

    private static async Task RankingAsync(Trial<ISearchIndex> trial, Findings findings, CancellationToken ct)
    {
        var inTitle = MadeLessons.Lesson("勾股定理") with { Description = "一节课的内容" };
        var inText = MadeLessons.Lesson("一节课的内容") with { Description = "勾股定理" };
        var scattered = MadeLessons.Lesson("一节课的内容") with { Description = "定理之股，勾股其一" };
        await trial.Engine.WriteAsync([.. Enumerable.Range(0, 20).Select(i => MadeLessons.Lesson($"其他资料{i}")), scattered, inText, inTitle], [], ct);
        var found = (await trial.Engine.AskAsync("勾股定理", ct)).Hits.Select(h => h.Id == inTitle.Id ? "title" : h.Id == inText.Id ? "text" : h.Id == scattered.Id ? "scattered" : "other");
        findings.Are("order of title, text, scattered words", ["title", "text", "scattered"], found);
    }

    private static async Task OddAsync(Trial<ISearchIndex> trial, Findings findings, CancellationToken ct)
    {
        await trial.Engine.WriteAsync([.. Enumerable.Range(0, 50).Select(MadeLessons.Lesson)], [], ct);
        var random = new Random(4);
        const int asked = 300;
        for (var i = 0; i < asked; i++)
        {
            var text = string.Concat(Enumerable.Range(0, 1 + random.Next(5)).Select(_ => OddPieces[random.Next(OddPieces.Length)]));
            try
            {
                var page = await trial.Engine.AskAsync(text, ct, r => r with { Facets = [FacetName.Kind], Sort = (SearchSort)(i % 4), Passages = 2 });
                findings.Holds($"{page.Total} hits of 50", page.Total is >= 0 and <= 50 && page.Hits.Count <= 20);
                findings.Holds("no more suggestions than asked for", (await trial.Engine.SuggestAsync(new(text, MadeLessons.Public, 8), ct)).Count <= 8);
            }
            // The question is what must be known.
            catch (IOException refused)
            {
                findings.Holds($"\"{text[..Math.Min(40, text.Length)]}\" can be asked: {refused.Message}", false);
            }
        }
        findings.Note($"{asked} questions");
    }
}
