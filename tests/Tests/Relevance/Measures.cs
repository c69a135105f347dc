namespace ResourceHub.Tests.Relevance;

/// <summary>How good an order is, by the grades of what stands in it.</summary>
internal static class Measures
{
    private const int Enough = 2;

    /// <summary>nDCG: the gain 2^grade - 1 of each place, less the lower it stands, beside the best order there could be.</summary>
    public static double Ndcg(IReadOnlyList<int> found, IEnumerable<int> all, int depth)
    {
        var best = Dcg(all.OrderDescending().Take(depth));
        return best == 0 ? 0 : Dcg(found.Take(depth)) / best;
    }

    /// <summary>1 over the first place that answers the question (grade 2 or more); 0 where none does.</summary>
    public static double Mrr(IReadOnlyList<int> found, int depth)
    {
        var before = found.Take(depth).TakeWhile(grade => grade < Enough).Count();
        return before == Math.Min(depth, found.Count) ? 0 : 1.0 / (before + 1);
    }

    private static double Dcg(IEnumerable<int> grades) => grades.Index().Sum(g => ((1 << g.Item) - 1) / Math.Log2(g.Index + 2));
}
