using System.Runtime.InteropServices;

namespace ResourceHub.Engines.Lucene;

/// <summary>
/// The best of many matches by full score, without computing it for all: first for some of the best by what decided on the match; then for every other
/// that could still pass the worst of those. The result is the same as if all had been computed.
/// </summary>
internal sealed class Ranking(Snapshot snapshot, Scoring scoring, int most, Hit? after)
{
    private const int FirstRound = 64;
    private const float RoundingRoom = 0.999f;

    private readonly List<Match> matches = [];

    /// <summary>What scores higher before refining is surely on an earlier page.</summary>
    private readonly float limit = after is { } position ? Score(position.Key) : float.MaxValue;

    /// <param name="hasAll">Whether it has every term, and so maybe the phrase.</param>
    public void Add(int segment, int document, float score, bool hasAll) => matches.Add(new(segment, document, score, hasAll));

    public List<Hit> Best()
    {
        var best = new BestHits(most);
        var threshold = FirstRoundThreshold();
        Refine(best, threshold, threshold, float.PositiveInfinity);
        if (threshold == 0) return best.BestFirst();
        // Refining never lowers a score, and adds to one no more than this.
        var floor = best.IsFull ? (Score(best.WorstKey) - scoring.MostExtra) * RoundingRoom : 0;
        Refine(best, floor, floor - scoring.MostPhrase, threshold);
        return best.BestFirst();
    }

    /// <summary>The score that about <see cref="FirstRound"/> matches reach which are not surely on an earlier page.</summary>
    private float FirstRoundThreshold()
    {
        var count = Math.Max(FirstRound, 2 * most);
        if (matches.Count <= count) return 0;
        var heap = new PriorityQueue<float, float>();
        foreach (var match in CollectionsMarshal.AsSpan(matches))
        {
            if (match.Score > limit) continue;
            if (heap.Count < count) heap.Enqueue(match.Score, match.Score);
            else if (match.Score > heap.Peek()) heap.EnqueueDequeue(match.Score, match.Score);
        }
        return heap.Count < count ? 0 : heap.Peek();
    }

    /// <summary>Offers, by full score, the matches whose score lies below <paramref name="ceiling"/> and not below a floor: another for those that have every term.</summary>
    private void Refine(BestHits best, float floor, float floorWithAll, float ceiling)
    {
        List<int> documents = [];
        List<float> scores = [];
        List<bool> haveAll = [];
        for (var i = 0; i < matches.Count;)
        {
            var segment = matches[i].Segment;
            documents.Clear();
            scores.Clear();
            haveAll.Clear();
            for (; i < matches.Count && matches[i] is var match && match.Segment == segment; i++)
            {
                if (match.Score >= ceiling || match.Score > limit || match.Score < (match.HasAll ? floorWithAll : floor)) continue;
                documents.Add(match.Document);
                scores.Add(match.Score);
                haveAll.Add(match.HasAll);
            }
            if (documents.Count == 0) continue;
            scoring.Refine(segment, CollectionsMarshal.AsSpan(documents), CollectionsMarshal.AsSpan(haveAll), CollectionsMarshal.AsSpan(scores));
            var facts = snapshot.Segments[segment].Facts;
            for (var d = 0; d < documents.Count; d++)
            {
                var key = Key(scores[d]);
                if (best.IsFull && key < best.WorstKey) continue;
                var hit = new Hit(segment, documents[d], key, facts.IdHigh[documents[d]], facts.IdLow[documents[d]]);
                if (after is not { } position || position.IsBetterThan(hit)) best.Offer(hit);
            }
        }
    }

    /// <summary>Bits of numbers above zero sort as the numbers do.</summary>
    private static long Key(float score) => BitConverter.SingleToInt32Bits(score);

    private static float Score(long key) => BitConverter.Int32BitsToSingle((int)key);

    private readonly record struct Match(int Segment, int Document, float Score, bool HasAll);
}
