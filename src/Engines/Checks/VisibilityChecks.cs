using ResourceHub.Core.Search;

namespace ResourceHub.Engines.Checks;

/// <summary>That nobody finds, counts or is offered what no token of theirs opens.</summary>
internal static class VisibilityChecks
{
    private const string Advice = "Do not run the hub on this index: it would show resources to those they are closed to. Report the version of the engine.";
    private const int Asked = 60;

    public static IReadOnlyList<BehaviourCheck> All =>
    [
        BehaviourCheck.OfSearch("access", Advice, AccessAsync),
        BehaviourCheck.OfSearch("secrets", Advice, SecretsAsync),
        BehaviourCheck.OfSearch("suggestions", "People would be offered titles that lead nowhere, or not be offered what is there.", SuggestionsAsync),
    ];

    private static async Task AccessAsync(Trial<ISearchIndex> trial, Findings findings, CancellationToken ct)
    {
        var index = trial.Engine;
        await index.WriteAsync(ct, MadeLessons.Lesson("公开课", "public", "members"), MadeLessons.Lesson("校内公开课", "school:1"));
        findings.Is("hits of nobody in particular", 1, await index.CountAsync("公开课", ct));
        findings.Is("hits of a member of the school", 2, await index.CountAsync("公开课", ct, r => r with { AccessTokens = ["members", "school:1"] }));
        findings.Is("hits of who may see all", 2, await index.CountAsync("公开课", ct, r => r with { AccessTokens = null }));
        findings.Is("hits of who may see nothing", 0, await index.CountAsync("公开课", ct, r => r with { AccessTokens = [] }));
        findings.Are("suggestions", ["公开课"], (await index.SuggestAsync(new("公开", MadeLessons.Public, 8), ct)).Select(s => s.Text));
        findings.Is("suggestions of what is closed", 0, (await index.SuggestAsync(new("校内", MadeLessons.Public, 8), ct)).Count);
    }

    private static async Task SecretsAsync(Trial<ISearchIndex> trial, Findings findings, CancellationToken ct)
    {
        await trial.Engine.WriteAsync([.. Enumerable.Range(0, 60).Select(i => MadeLessons.Lesson(i) with { Downloads = i })], [], ct);
        var before = await OutsiderSeesAsync(trial.Engine, ct);
        await trial.Engine.WriteAsync([.. Enumerable.Range(0, 50).Select(i => MadeLessons.Lesson(MadeLessons.Title(i) + "机密暗号", "school:1") with
        {
            Downloads = 1000 + i, Values = new Dictionary<FacetName, IReadOnlyList<string>> { [FacetName.Subject] = ["secret-subject"], [FacetName.Kind] = ["slides"] },
        })], [], ct);
        findings.Are("what an outsider sees, with secrets beside it", before, await OutsiderSeesAsync(trial.Engine, ct));
        findings.Is("suggestions of secrets", 0, (await trial.Engine.SuggestAsync(new("机密", MadeLessons.Public, 8), ct)).Count);
        findings.Is("hits of secrets", 0, await trial.Engine.CountAsync("机密暗号", ct));
        findings.Note($"{Asked} questions asked before and after");
    }

    private static async Task<List<string>> OutsiderSeesAsync(ISearchIndex index, CancellationToken ct)
    {
        List<string> seen = [];
        for (var i = 0; i < Asked; i++)
        {
            var text = i % 11 == 0 ? null : i % 3 == 0 ? MadeLessons.Title(i) + "暗号" : MadeLessons.Title(i * 7)[..(2 + i % 3)];
            var page = await index.AskAsync(text, ct, r => r with { Facets = Enum.GetValues<FacetName>(), First = 100 });
            // The order may differ, as how telling a word is depends on all that is held.
            seen.Add($"{text}: {page.Total} {string.Join(',', page.Hits.Select(h => h.Id).Order())} {string.Join(';', page.Facets.Select(f => f.Name + " " + string.Join(',', f.Values)))}");
            seen.Add(string.Join(',', await index.SuggestAsync(new(text ?? "数", MadeLessons.Public, 8), ct)));
        }
        return seen;
    }

    private static async Task SuggestionsAsync(Trial<ISearchIndex> trial, Findings findings, CancellationToken ct)
    {
        var index = trial.Engine;
        await index.WriteAsync(ct, MadeLessons.Lesson("认识圆的特征") with { Downloads = 1 }, MadeLessons.Lesson("圆的面积") with { Downloads = 8 }, MadeLessons.Lesson("圆的面积") with { Downloads = 3 },
            MadeLessons.Lesson("Intro to photosynthesis"), MadeLessons.Lesson("高 三 数学总复习第一讲"));
        foreach (var (typed, titles) in (IEnumerable<(string, string[])>)[("圆的", ["圆的面积", "认识圆的特征"]), ("PHOTO", ["Intro to photosynthesis"]), ("ｐｈｏｔｏｓｙｎｔｈｅｓ", ["Intro to photosynthesis"]), ("高三数学总复习第", ["高 三 数学总复习第一讲"]), ("高三数学总复习第二", []), (" ", [])])
            findings.Are($"suggestions for {typed}", titles, (await index.SuggestAsync(new(typed, MadeLessons.Public, 8), ct)).Select(s => s.Text));
    }
}
