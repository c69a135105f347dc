using Lucene.Net.Util;
using ResourceHub.Core.Search;

namespace ResourceHub.Engines.Lucene;

/// <summary>
/// Who may see, which filters hold, and the counts of facets, in one pass over the documents that have the words. A facet ignores its own field's filter:
/// a document that only that one keeps out is counted for that facet and nowhere else.
/// </summary>
internal sealed class Selection
{
    private readonly IReadOnlyList<string>? tokens;
    private readonly string tokensKey;
    private readonly long createdFrom;
    private readonly long createdBefore;
    private readonly (int Facet, bool[] Wanted)[] filters;
    private readonly FieldOrdinals[] ordinals;
    private readonly int[]?[] counts;
    private readonly int[] counted;
    private readonly IReadOnlyCollection<Guid> leftOut;

    public Selection(SearchRequest request, FieldOrdinals[] ordinals)
    {
        this.ordinals = ordinals;
        tokens = request.AccessTokens;
        tokensKey = tokens is null ? "" : string.Join('\n', tokens);
        leftOut = request.LeftOut ?? [];
        createdFrom = request.CreatedAfter?.Ticks ?? long.MinValue;
        createdBefore = request.CreatedBefore?.Ticks ?? long.MaxValue;
        filters = [.. request.Filters.Where(f => f.Value.Count > 0).Select(f => ((int)f.Key, Wanted(ordinals[(int)f.Key], f.Value)))];
        counted = [.. (request.Facets ?? []).Distinct().Select(f => (int)f)];
        counts = new int[]?[ordinals.Length];
        foreach (var facet in counted) counts[facet] = new int[ordinals[facet].Count];
    }

    public int Total { get; private set; }

    public SegmentPass Pass(Segment segment) => new(this, segment);

    public IReadOnlyList<FacetCounts> Counts(IReadOnlyCollection<FacetName>? wanted) => [.. (wanted ?? []).Distinct().Select(facet =>
    {
        var (numbers, values) = (counts[(int)facet]!, ordinals[(int)facet].Values);
        List<FacetCount> found = [];
        for (var i = 0; i < numbers.Length; i++) if (numbers[i] > 0) found.Add(new(values[i], numbers[i]));
        found.Sort((a, b) => a.Count != b.Count ? b.Count.CompareTo(a.Count) : string.CompareOrdinal(a.Code, b.Code));
        return new FacetCounts(facet, found);
    })];

    private static bool[] Wanted(FieldOrdinals ordinals, IReadOnlyList<string> values)
    {
        var wanted = new bool[ordinals.Count];
        foreach (var value in values) if (ordinals.Find(value) is { } number && number < wanted.Length) wanted[number] = true;
        return wanted;
    }

    /// <summary>The same for one segment's documents.</summary>
    public readonly struct SegmentPass(Selection selection, Segment segment)
    {
        private readonly SegmentFacts facts = segment.Facts;
        private readonly IBits? live = segment.Reader.LiveDocs;
        private readonly ulong[] open = segment.Without(selection.leftOut, segment.Facts.OpenedBy(selection.tokens, selection.tokensKey));

        public ulong[] Open => open;

        /// <summary>Whether a document that has the words is a match; counts it where it is.</summary>
        public bool Takes(int doc)
        {
            if ((open[doc >> 6] >> doc & 1) == 0 || live is not null && !live.Get(doc)) return false;
            if (facts.Created[doc] < selection.createdFrom || facts.Created[doc] >= selection.createdBefore) return false;
            var failed = -1;
            foreach (var (facet, wanted) in selection.filters)
            {
                if (facts.Facets[facet].HasAny(doc, wanted)) continue;
                if (failed >= 0) return false;
                failed = facet;
            }
            if (failed >= 0)
            {
                if (selection.counts[failed] is { } own) facts.Facets[failed].Count(doc, own);
                return false;
            }
            selection.Total++;
            foreach (var facet in selection.counted) facts.Facets[facet].Count(doc, selection.counts[facet]!);
            return true;
        }
    }
}
