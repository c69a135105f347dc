using System.Diagnostics;
using ResourceHub.Core.People;
using ResourceHub.Core.Search;
using ResourceHub.Core.Text;

namespace ResourceHub.Host.Evaluation;

/// <summary>
/// Asks every query as the search page does and compares the hits with the judgements: the first twenty with facets and highlights, which is what the times are
/// of, then the rest of the first hundred.
/// </summary>
internal sealed class QueryRound(ResourceSearch search, Viewer viewer)
{
    private const int FirstPage = 20;

    /// <summary>Queries that are asked once before anything is timed, so that the times are not those of a program that has just started.</summary>
    private const int WarmUp = 50;

    private static readonly FacetName[] Facets = [FacetName.Stage, FacetName.Subject, FacetName.Grade, FacetName.Kind, FacetName.Edition, FacetName.MediaType, FacetName.School];

    /// <param name="grades">By query, then by document; queries that are not in it have not been judged.</param>
    public async Task<EvaluationReport> RunAsync(IReadOnlyList<EvaluatedQuery> queries, IReadOnlyDictionary<string, Dictionary<Guid, double>> grades, CancellationToken ct)
    {
        foreach (var query in queries.Take(WarmUp)) await PageAsync(query, FirstPage, null, ct);
        var (ndcg, mrr, recall, empty, judged) = (0.0, 0.0, 0.0, 0, 0);
        List<double> times = new(queries.Count);
        foreach (var query in queries)
        {
            var began = Stopwatch.GetTimestamp();
            var page = await PageAsync(query, FirstPage, null, ct);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            List<Guid> hits = [.. page.Hits.Select(h => h.Resource.Id)];
            if (hits.Count == 0) empty++;
            if (!grades.TryGetValue(query.Id, out var known)) continue;
            if (page.HasMore) hits.AddRange((await PageAsync(query, Measures.Deepest - FirstPage, page.EndCursor, ct)).Hits.Select(h => h.Resource.Id));
            var worth = Measures.Of(hits, known);
            (ndcg, mrr, recall, judged) = (ndcg + worth.Ndcg10, mrr + worth.Mrr10, recall + worth.Recall100, judged + 1);
        }
        judged = Math.Max(1, judged);
        return new(ndcg / judged, mrr / judged, recall / judged, empty, queries.Count, Measures.Percentile(times, 0.5), Measures.Percentile(times, 0.95));
    }

    private async Task<FoundPage> PageAsync(EvaluatedQuery query, int first, string? after, CancellationToken ct)
    {
        var isFirst = after is null;
        var outcome = await search.SearchAsync(viewer, new SearchQuestion(query.Text, First: first, After: after, Facets: isFirst ? Facets : null, WithTotal: isFirst, WithHighlights: isFirst, WithBetterSpelling: isFirst, IsUnderstood: !Ablation.IsOff(SearchFeature.Chips)), ct);
        return outcome.Value ?? throw new EvaluationException($"The query \"{query.Id}\" was not answered: {string.Join(' ', outcome.Problems.Select(p => p.Message))}");
    }
}
