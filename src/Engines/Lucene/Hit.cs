namespace ResourceHub.Engines.Lucene;

/// <summary>A match in its order: the better has the higher key; of equal ones, the lower id.</summary>
/// <param name="Segment">Place of its segment in the snapshot.</param>
/// <param name="Document">Its number in the segment.</param>
internal readonly record struct Hit(int Segment, int Document, long Key, ulong IdHigh, ulong IdLow)
{
    public bool IsBetterThan(Hit other) => IsBetter(Key, IdHigh, IdLow, other.Key, other.IdHigh, other.IdLow);

    public static bool IsBetter(long key, ulong high, ulong low, long otherKey, ulong otherHigh, ulong otherLow)
        => key != otherKey ? key > otherKey : high != otherHigh ? high < otherHigh : low < otherLow;

    public Guid Id => DocumentBuilder.Whole(IdHigh, IdLow);
}

/// <summary>Keeps the best hits that were offered: a heap with the worst kept one on top.</summary>
internal sealed class BestHits(int most)
{
    private static readonly Comparer<Hit> WorstFirst = Comparer<Hit>.Create((a, b) => a.IsBetterThan(b) ? 1 : b.IsBetterThan(a) ? -1 : 0);

    private readonly PriorityQueue<Hit, Hit> heap = new(WorstFirst);

    public bool IsFull => heap.Count >= most;

    /// <summary>The worst kept key; nothing with a lower one gets in once it is full.</summary>
    public long WorstKey => heap.Peek().Key;

    /// <summary>Whether it would be kept.</summary>
    public bool Takes(Hit hit) => heap.Count < most || most > 0 && hit.Key >= heap.Peek().Key && hit.IsBetterThan(heap.Peek());

    public void Offer(Hit hit)
    {
        if (heap.Count < most) heap.Enqueue(hit, hit);
        else if (Takes(hit)) heap.EnqueueDequeue(hit, hit);
    }

    public List<Hit> BestFirst()
    {
        List<Hit> hits = [.. heap.UnorderedItems.Select(i => i.Element)];
        hits.Sort((a, b) => WorstFirst.Compare(b, a));
        return hits;
    }
}
