using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using ResourceHub.Core.Search;
using ResourceHub.Engines.Analysis;

namespace ResourceHub.Engines.Lucene;

/// <summary>Names the passages of a page's hits that hold most of the question, from the positions of its terms.</summary>
internal sealed class PassageFinder(Snapshot snapshot, Scoring scoring, Question question)
{
    /// <summary>A single character has no position of its own where it stands among others: the pairs that start with it are looked at, up to so many for all that were asked.</summary>
    private const int MostPairs = 2000;

    /// <param name="hits">In any order.</param>
    public Dictionary<Hit, IReadOnlyList<PassageHit>> Find(IReadOnlyList<Hit> hits, int most)
    {
        var found = new Dictionary<Hit, IReadOnlyList<PassageHit>>();
        foreach (var inSegment in hits.GroupBy(h => h.Segment))
        {
            var ordered = inSegment.OrderBy(h => h.Document).ToArray();
            var maps = Read(inSegment.Key, ordered);
            var scores = ordered.Select((_, i) => maps[i] is { } map ? new float[map.Starts.Length] : []).ToArray();
            foreach (var term in scoring.Terms)
                if (term.Positions(inSegment.Key, scoring.Dictionary(inSegment.Key)) is { } postings) Add(postings, term.Idf, ordered, maps, scores);
            if (question.SinglesMatch) AddPairsFrom(inSegment.Key, ordered, maps, scores);
            for (var i = 0; i < ordered.Length; i++) found[ordered[i]] = maps[i] is { } map ? Best(map, scores[i], most) : [];
        }
        return found;
    }

    private PassageMap?[] Read(int segment, Hit[] hits)
    {
        var maps = new PassageMap?[hits.Length];
        if (snapshot.Segments[segment].Reader.GetBinaryDocValues(IndexFields.Passages) is not { } values) return maps;
        var bytes = new BytesRef();
        for (var i = 0; i < hits.Length; i++)
        {
            values.Get(hits[i].Document, bytes);
            if (bytes.Length > 0) maps[i] = PassageMap.Read(bytes.Bytes, bytes.Offset, bytes.Length);
        }
        return maps;
    }

    private static void Add(DocsAndPositionsEnum postings, float weight, Hit[] hits, PassageMap?[] maps, float[][] scores)
    {
        for (var i = 0; i < hits.Length; i++)
        {
            if (maps[i] is not { } map) continue;
            if (postings.DocID < hits[i].Document && postings.Advance(hits[i].Document) == DocIdSetIterator.NO_MORE_DOCS) return;
            if (postings.DocID != hits[i].Document) continue;
            var (passage, times) = (-1, 0);
            for (var left = postings.Freq; left > 0; left--)
            {
                var at = map.PassageAt(postings.NextPosition());
                if (at == passage) times++;
                else
                {
                    Note(passage, times);
                    (passage, times) = (at, 1);
                }
            }
            Note(passage, times);

            void Note(int at, int count)
            {
                if (at >= 0) scores[i][at] += weight * count / (count + Recipe.PassageSaturation);
            }
        }
    }

    private void AddPairsFrom(int segment, Hit[] hits, PassageMap?[] maps, float[][] scores)
    {
        foreach (var single in question.Singles)
        {
            if (scoring.Dictionary(segment).Of(0) is not { } terms) return;
            var start = new BytesRef(single.Text);
            var left = Math.Max(1, MostPairs / question.Singles.Count);
            if (terms.SeekCeil(start) == TermsEnum.SeekStatus.END) continue;
            for (var term = terms.Term; term is not null && StringHelper.StartsWith(term, start) && left > 0; term = terms.MoveNext() ? terms.Term : null)
            {
                left--;
                Add(scoring.Dictionary(segment).Positions(terms, 0), 1, hits, maps, scores);
            }
        }
    }

    private static IReadOnlyList<PassageHit> Best(PassageMap map, float[] scores, int most)
        => PassageHit.Places(
            scores.Select((score, i) => (score, i)).Where(s => s.score > 0).OrderByDescending(s => s.score).ThenBy(s => s.i).Take(PassageHit.Candidates(most)).Select(s => new PassageHit(map.Sources[s.i], s.score)),
            most);
}
