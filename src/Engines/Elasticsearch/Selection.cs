using ResourceHub.Core.Search;
using ResourceHub.Engines.Analysis;
using ResourceHub.Engines.Elasticsearch.Client;

namespace ResourceHub.Engines.Elasticsearch;

/// <summary>
/// Who may see, which filters hold, and the counts of facets. A facet ignores its own field's filter: filters of counted fields come after the counting
/// (post_filter), and each facet counts behind all of them but its own.
/// </summary>
internal sealed class Selection
{
    /// <summary>Values of a facet that are told apart. All facets together stay below the 65,536 that a server counts at most.</summary>
    private const int MostValues = 5000;

    private const string Inner = "values";

    private readonly FacetName[] counted;
    private readonly (FacetName Facet, Query Query)[] after;

    public Selection(SearchRequest request, Question? question, bool isRanked)
    {
        counted = [.. (request.Facets ?? []).Distinct()];
        var filters = request.Filters.Where(f => f.Value.Count > 0).Select(f => (Facet: f.Key, Query: Query.OfTerms(IndexFields.Of(f.Key), [.. f.Value]))).ToList();
        after = [.. filters.Where(f => counted.Contains(f.Facet))];
        List<Query> before = [.. Open(request.AccessTokens), .. filters.Where(f => !counted.Contains(f.Facet)).Select(f => f.Query)];
        if (request.CreatedAfter is not null || request.CreatedBefore is not null)
            before.Add(new() { Range = new() { [IndexFields.Created] = new(request.CreatedAfter?.Ticks, request.CreatedBefore?.Ticks) } });
        var words = question is null && request.Boosts is null or [] ? null : QuestionQuery.Of(question, request.Boosts ?? [], isRanked);
        Query = new()
        {
            Bool = new()
            {
                Must = words is not null && isRanked ? [words] : null,
                Filter = words is null || isRanked ? before : [words, .. before],
                MustNot = request.LeftOut is { Count: > 0 } left ? [new() { Ids = new([.. left.Select(id => id.ToString("n"))]) }] : null,
            },
        };
    }

    public Query Query { get; }

    /// <summary>Filters that hits must pass and facets need not.</summary>
    public Query? PostFilter => All(after.Select(f => f.Query));

    public Dictionary<string, Aggregation>? Aggregations => counted.Length == 0 ? null : counted.ToDictionary(IndexFields.Of, facet =>
    {
        var terms = new Aggregation { Terms = new(IndexFields.Of(facet), MostValues) };
        return All(after.Where(f => f.Facet != facet).Select(f => f.Query)) is { } others ? new Aggregation { Filter = others, Aggregations = new() { [Inner] = terms } } : terms;
    });

    /// <summary>What the viewer's tokens open, without what is left of removed resources. Null tokens open all doors.</summary>
    public static IEnumerable<Query> Open(IReadOnlyList<string>? tokens)
    {
        yield return Query.OfTerm(IndexFields.Gone, "false");
        if (tokens is not null) yield return tokens.Count == 0 ? Query.None : Query.OfTerms(IndexFields.Access, tokens);
    }

    public IReadOnlyList<FacetCounts> Counts(Dictionary<string, Aggregate>? counts) => [.. counted.Select(facet =>
    {
        var found = counts?.GetValueOrDefault(IndexFields.Of(facet)) is { } aggregate ? (aggregate.Values ?? aggregate).Buckets ?? [] : [];
        return new FacetCounts(facet, [.. found.Select(b => new FacetCount(b.Key, (int)b.DocCount)).OrderByDescending(c => c.Count).ThenBy(c => c.Code, StringComparer.Ordinal)]);
    })];

    private static Query? All(IEnumerable<Query> queries) => queries.ToList() switch
    {
        [] => null,
        [var one] => one,
        var several => new() { Bool = new() { Filter = several } },
    };
}
