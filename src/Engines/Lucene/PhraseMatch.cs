using Lucene.Net.Index;
using Lucene.Net.Search;

namespace ResourceHub.Engines.Lucene;

/// <summary>How often a document has the question's terms one after another, as asked.</summary>
internal sealed class PhraseMatch(TermPlaces[] terms, IReadOnlyList<(int Term, int Distance)> phrase, int segment, SegmentTerms dictionary)
{
    private readonly DocsAndPositionsEnum?[] postings = [.. terms.Select((t, place) => t.Positions(segment, dictionary, place))];

    // Positions of each term in the document at hand; -1 while they were not read.
    private readonly int[][] positions = [.. terms.Select(_ => new int[16])];
    private readonly int[] counts = new int[terms.Length];
    private int[] starts = new int[16];

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

    /// <summary>Keeps of the first term's positions those that every other term follows at its distance; most documents have none left after the second.</summary>
    private int Count()
    {
        Array.Fill(counts, -1);
        var first = Read(phrase[0].Term);
        if (starts.Length < first.Length) starts = new int[positions[phrase[0].Term].Length];
        first.CopyTo(starts);
        var left = first.Length;
        for (var i = 1; i < phrase.Count && left > 0; i++)
        {
            var following = Read(phrase[i].Term);
            var (distance, at, kept) = (phrase[i].Distance, 0, 0);
            for (var s = 0; s < left; s++)
            {
                while (at < following.Length && following[at] < starts[s] + distance) at++;
                if (at == following.Length) break;
                if (following[at] == starts[s] + distance) starts[kept++] = starts[s];
            }
            left = kept;
        }
        return left;
    }

    private ReadOnlySpan<int> Read(int term)
    {
        if (counts[term] < 0)
        {
            var open = postings[term]!;
            var count = counts[term] = open.Freq;
            if (positions[term].Length < count) positions[term] = new int[Math.Max(count, 2 * positions[term].Length)];
            for (var i = 0; i < count; i++) positions[term][i] = open.NextPosition();
        }
        return positions[term].AsSpan(0, counts[term]);
    }
}
