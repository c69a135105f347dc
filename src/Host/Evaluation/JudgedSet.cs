namespace ResourceHub.Host.Evaluation;

/// <summary>Judgements with the documents named as the record names them.</summary>
/// <param name="Grades">By query, then by resource.</param>
/// <param name="Notes">What did not fit together, for the reader of the figures.</param>
internal sealed record JudgedSet(IReadOnlyDictionary<string, Dictionary<Guid, double>> Grades, IReadOnlyList<string> Notes)
{
    /// <param name="resourceOf">The resource of a document; null where there is none.</param>
    public static JudgedSet Of(IReadOnlyList<Judgement> judgements, IReadOnlyList<EvaluatedQuery> queries, Func<string, Guid?> resourceOf)
    {
        var asked = queries.Select(q => q.Id).ToHashSet();
        Dictionary<string, Dictionary<Guid, double>> grades = [];
        HashSet<string> unknownQueries = [];
        Dictionary<string, Guid> missing = [];
        foreach (var judgement in judgements)
        {
            if (!asked.Contains(judgement.Query))
            {
                unknownQueries.Add(judgement.Query);
                continue;
            }
            // What was judged and is not there cannot be found; it counts as missed, as trec_eval has it.
            if (resourceOf(judgement.Document) is not { } resource && !missing.TryGetValue(judgement.Document, out resource)) resource = missing[judgement.Document] = Guid.CreateVersion7();
            if (!grades.TryGetValue(judgement.Query, out var known)) grades[judgement.Query] = known = [];
            known[resource] = Math.Max(judgement.Grade, known.GetValueOrDefault(resource));
        }
        foreach (var query in grades.Where(g => !g.Value.Values.Any(v => v > 0)).Select(g => g.Key).ToList()) grades.Remove(query);
        List<string> notes = [];
        if (missing.Count > 0) notes.Add($"{missing.Count} judged documents are not in the collection and count as missed, e.g. {missing.Keys.First()}.");
        if (unknownQueries.Count > 0) notes.Add($"{unknownQueries.Count} judged queries are not asked, e.g. {unknownQueries.First()}.");
        if (grades.Count < queries.Count) notes.Add($"{queries.Count - grades.Count} queries have no right document and count for empty answers and times only.");
        return new(grades, notes);
    }
}
