namespace ResourceHub.Core.Resources;

/// <summary>
/// Puts what several sources name into one order: each gives less the later it names something, and what more than one names comes before what only one does.
/// Places count and not scores, since a text's score and a chapter have no measure in common.
/// </summary>
internal sealed class RelatedOrder
{
    /// <summary>So that being first in one source does not outweigh being third in two.</summary>
    private const double Ease = 3;

    private static readonly Dictionary<RelatedReason, double> Weights = new()
    {
        [RelatedReason.SameLesson] = 1.2,
        [RelatedReason.SameChapter] = 1,
        [RelatedReason.SimilarText] = 0.9,
        [RelatedReason.Lineage] = 0.8,
        [RelatedReason.SiblingChapter] = 0.6,
        [RelatedReason.SameCourse] = 0.5,
        // Only fills up.
        [RelatedReason.SameStage] = 0.05,
    };

    private readonly Dictionary<Guid, Named> named = [];

    public int Count => named.Count;

    public void Add(RelatedReason reason, IEnumerable<ResourceStamp> bestFirst)
    {
        foreach (var (place, stamp) in bestFirst.Index())
        {
            var worth = Weights[reason] / (Ease + place);
            named[stamp.Id] = named.TryGetValue(stamp.Id, out var known)
                ? known with { Worth = known.Worth + worth, Reason = Weights[reason] > Weights[known.Reason] ? reason : known.Reason }
                : new(stamp, reason, worth);
        }
    }

    public IEnumerable<(ResourceStamp Stamp, RelatedReason Reason)> Best(int first)
        => named.Values.OrderByDescending(n => n.Worth).ThenByDescending(n => n.Stamp.Id).Take(first).Select(n => (n.Stamp, n.Reason));

    private sealed record Named(ResourceStamp Stamp, RelatedReason Reason, double Worth);
}
