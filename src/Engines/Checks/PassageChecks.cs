using ResourceHub.Core.Search;

namespace ResourceHub.Engines.Checks;

/// <summary>That the place of a word inside a file is named; the text itself is marked by the hub's one highlighter.</summary>
internal static class PassageChecks
{
    private const string Advice = "Hits would be shown without the place where the words stand.";

    public static IReadOnlyList<BehaviourCheck> All => [BehaviourCheck.OfSearch("passages", Advice, PlacesAsync), BehaviourCheck.OfSearch("best passages", Advice, BestAsync)];

    private static async Task PlacesAsync(Trial<ISearchIndex> trial, Findings findings, CancellationToken ct)
    {
        var file = Guid.CreateVersion7();
        var wanted = new PassageSource("text", file, 6, 40, 17);
        await trial.Engine.WriteAsync(ct, MadeLessons.Lesson("分数的意义") with
        {
            Passages = [new(new("text", file, 0, 0, 12), "教学目标：认识几分之一。"), new(wanted, "例题：先通分，再比较两个分数的大小。")],
        }, MadeLessons.Lesson("圆的面积"));
        findings.Are("places of 通分", [wanted], (await trial.Engine.AskAsync("通分", ct)).Hits.SelectMany(h => h.Passages).Select(p => p.Source));
        findings.Is("hits with words of two passages", 1, await trial.Engine.CountAsync("认识几分之一 通分", ct));
    }

    private static async Task BestAsync(Trial<ISearchIndex> trial, Findings findings, CancellationToken ct)
    {
        var file = Guid.CreateVersion7();
        var passages = Enumerable.Range(0, 40).Select(i => new Passage(new("text", file, i, i * 10, 10), i == 23 ? "圆的面积公式推导" : i % 7 == 0 ? "长方形的面积" : "复习旧知")).ToList();
        await trial.Engine.WriteAsync(ct, MadeLessons.Lesson("数学") with { Passages = passages });
        var found = (await trial.Engine.AskAsync("圆的面积公式", ct, r => r with { Passages = 3 })).Hits.SelectMany(h => h.Passages).ToList();
        findings.Is("passages", 3, found.Count);
        findings.Is("section of the best", 23, found.FirstOrDefault()?.Source.Section ?? -1);
    }
}
