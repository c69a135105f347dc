using Lucene.Net.Index;
using Lucene.Net.Search;

namespace ResourceHub.Engines.Lucene;

/// <summary>How often a document has the question's terms one after another, as asked.</summary>
internal sealed class PhraseMatch(TermPlaces[] terms, IReadOnlyList<(int Term, int Distance)> phrase, int segment, SegmentTerms dictionary)
{
    private readonly DocsAndPositionsEnum?[] postings = [.. terms.Select((t, place) => t.Positions(segment, dictionary, place))];
    private readonly HashSet<int>[] positions = [.. terms.Select(_ => new HashSet<int>())];

    public void AddTo(ReadOnlySpan<int> documents, ReadOnlySpan<bool> haveAll, Span<float> scores, float weight, float[] lengths, byte[] norms)
    {
        if (postings.Any(p => p is null)) return;
        for (var i = 0; i < documents.Length; i++)
        {
            if (!haveAll[i] || !HasAll(documents[i])) continue;
            float frequency = Count();
            if (frequency > 0) scores[i] += weight * frequency / (frequency + lengths[norms[documents[i]]]);
        }
    }

    private bool HasAll(int doc)
    {
        foreach (var term in postings)
        {
            if (term!.DocID < doc && term.Advance(doc) == DocIdSetIterator.NO_MORE_DOCS) return false;
            if (term.DocID != doc) return false;
        }
        return true;
    }

    private int Count()
    {
        for (var i = 0; i < postings.Length; i++)
        {
            positions[i].Clear();
            for (var left = postings[i]!.Freq; left > 0; left--) positions[i].Add(postings[i]!.NextPosition());
        }
        var count = 0;
        foreach (var start in positions[phrase[0].Term])
        {
            var isWhole = true;
            for (var i = 1; i < phrase.Count && isWhole; i++) isWhole = positions[phrase[i].Term].Contains(start + phrase[i].Distance);
            if (isWhole) count++;
        }
        return count;
    }
}
