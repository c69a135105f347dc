namespace ResourceHub.Host.Evaluation;

/// <summary>
/// What a list of hits is worth by judgements, as trec_eval computes it: nDCG@10 with the grade itself as gain and log2(rank + 1) as discount, against the best order
/// of all that was judged; MRR@10 and Recall@100 with every grade above 0 as right.
/// </summary>
internal static class Measures
{
    public const int Deepest = 100;
    private const int Top = 10;

    public static (double Ndcg10, double Mrr10, double Recall100) Of(IReadOnlyList<Guid> hits, IReadOnlyDictionary<Guid, double> grades)
    {
        var (gain, first, found) = (0.0, 0, 0);
        for (var i = 0; i < Math.Min(hits.Count, Deepest); i++)
        {
            if (!grades.TryGetValue(hits[i], out var grade) || grade <= 0) continue;
            found++;
            if (i >= Top) continue;
            gain += grade / Discount(i);
            if (first == 0) first = i + 1;
        }
        var right = grades.Values.Where(g => g > 0).OrderDescending().ToList();
        var best = right.Take(Top).Select((grade, i) => grade / Discount(i)).Sum();
        return (gain / best, first == 0 ? 0 : 1.0 / first, (double)found / right.Count);
    }

    /// <summary>The value that so many of them do not exceed, as it was measured: no value between two.</summary>
    public static double Percentile(IReadOnlyCollection<double> values, double share)
    {
        var ordered = values.Order().ToList();
        return ordered.Count == 0 ? 0 : ordered[Math.Max(0, (int)Math.Ceiling(share * ordered.Count) - 1)];
    }

    private static double Discount(int index) => Math.Log2(index + 2);
}
