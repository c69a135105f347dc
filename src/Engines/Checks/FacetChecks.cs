using ResourceHub.Core.Search;

namespace ResourceHub.Engines.Checks;

/// <summary>That filters narrow and facets count what their own filter hides.</summary>
internal static class FacetChecks
{
    private const string Advice = "Filters beside the search page would offer what finds nothing, or hide what is there.";

    public static IReadOnlyList<BehaviourCheck> All => [BehaviourCheck.OfSearch("filters", Advice, FiltersAsync), BehaviourCheck.OfSearch("facets", Advice, FacetsAsync)];

    private static async Task FiltersAsync(Trial<ISearchIndex> trial, Findings findings, CancellationToken ct)
    {
        await WriteAsync(trial.Engine, ct);
        findings.Is("slides", 2, (await FilterAsync(trial.Engine, ct, (FacetName.Kind, ["slides"]))).Total);
        findings.Is("slides or exams", 3, (await FilterAsync(trial.Engine, ct, (FacetName.Kind, ["slides", "exam"]))).Total);
        findings.Is("slides of grade 2", 1, (await FilterAsync(trial.Engine, ct, (FacetName.Kind, ["slides"]), (FacetName.Grade, ["g2"]))).Total);
        findings.Is("of an unknown kind", 0, (await FilterAsync(trial.Engine, ct, (FacetName.Kind, ["unknown"]))).Total);
        findings.Is("since a day", 2, await trial.Engine.CountAsync(null, ct, r => r with { CreatedAfter = MadeLessons.Day(5) }));
        findings.Is("before a day", 1, await trial.Engine.CountAsync(null, ct, r => r with { CreatedBefore = MadeLessons.Day(5) }));
    }

    private static async Task FacetsAsync(Trial<ISearchIndex> trial, Findings findings, CancellationToken ct)
    {
        await WriteAsync(trial.Engine, ct);
        var page = await FilterAsync(trial.Engine, ct, (FacetName.Kind, ["slides"]), (FacetName.Grade, ["g2", "g3"]));
        findings.Is("hits", 2, page.Total);
        findings.Are("kinds, whatever kind is chosen", [("slides", 2), ("exam", 1)], Counts(page, FacetName.Kind));
        findings.Are("grades, whatever grade is chosen", [("g1", 1), ("g2", 1), ("g3", 1)], Counts(page, FacetName.Grade));
        var leftOut = (await trial.Engine.AskAsync(null, ct)).Hits[0].Id;
        var without = await trial.Engine.AskAsync(null, ct, r => r with { LeftOut = [leftOut], Facets = [FacetName.Kind] });
        findings.Is("hits without what was just closed", 2, without.Total);
        findings.Is("what the facet counts without it", 2, without.Facets[0].Values.Sum(v => v.Count));
    }

    private static Task WriteAsync(ISearchIndex index, CancellationToken ct) => index.WriteAsync(ct, Lesson("甲", 1, "slides", "g1", "g2"), Lesson("乙", 5, "exam", "g2"), Lesson("丙", 9, "slides", "g3"));

    private static ResourceDocument Lesson(string title, int day, string kind, params string[] grades) => MadeLessons.Lesson(title) with
    {
        CreatedAt = MadeLessons.Day(day),
        Values = new Dictionary<FacetName, IReadOnlyList<string>> { [FacetName.Kind] = [kind], [FacetName.Grade] = grades },
    };

    private static Task<SearchPage> FilterAsync(ISearchIndex index, CancellationToken ct, params (FacetName Name, string[] Values)[] filters)
        => index.AskAsync(null, ct, r => r with { Filters = filters.ToDictionary(f => f.Name, f => (IReadOnlyList<string>)f.Values), Facets = [FacetName.Kind, FacetName.Grade] });

    private static IEnumerable<(string, int)> Counts(SearchPage page, FacetName name) => page.Facets.Single(f => f.Name == name).Values.Select(v => (v.Code, v.Count));
}
