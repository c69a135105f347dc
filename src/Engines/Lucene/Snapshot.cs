using System.Diagnostics.CodeAnalysis;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace ResourceHub.Engines.Lucene;

/// <summary>The index as it stood after a write. A search holds one from beginning to end; the last to let go closes it.</summary>
internal sealed class Snapshot
{
    private readonly DirectoryReader reader;

    private Snapshot(DirectoryReader reader, Segment[] segments)
    {
        this.reader = reader;
        Segments = segments;
        Bm25 = [.. IndexFields.Searched.Select(f => new Bm25(reader, f))];
        Resources = segments.Sum(s => s.CountResources());
    }

    public DirectoryReader Reader => reader;
    public Segment[] Segments { get; }

    /// <summary>By the field's place in <see cref="IndexFields.Searched"/>.</summary>
    public Bm25[] Bm25 { get; }

    public int Resources { get; }

    /// <param name="previous">The snapshot before: what it read of segments that are still there is not read again.</param>
    public static Snapshot Of(DirectoryReader reader, Snapshot? previous, FieldOrdinals[] ordinals)
    {
        var known = previous?.Segments.ToDictionary(s => s.Core, s => s.Facts) ?? [];
        return new(reader, [.. reader.Leaves.Select(leaf =>
        {
            var segment = (SegmentReader)leaf.Reader;
            var facts = known.TryGetValue(segment.CoreCacheKey, out var read) ? read : new SegmentFacts(segment, ordinals);
            return new Segment(segment, segment.CoreCacheKey, leaf.DocBase, facts);
        })]);
    }

    public bool TryHold() => reader.TryIncRef();

    public void LetGo() => reader.DecRef();
}

/// <summary>A segment as one reader sees it.</summary>
/// <param name="Base">The number of its first document in the whole index.</param>
[SuppressMessage("Design", "CA1001", Justification = "The snapshot closes the reader.")]
internal sealed record Segment(SegmentReader Reader, object Core, int Base, SegmentFacts Facts)
{
    /// <summary>These documents but without those of some resources.</summary>
    public ulong[] Without(IReadOnlyCollection<Guid> resources, ulong[] documents)
    {
        if (resources.Count == 0 || Reader.GetTerms(IndexFields.Id)?.GetEnumerator() is not { } ids) return documents;
        var left = (ulong[])documents.Clone();
        DocsEnum? docs = null;
        foreach (var resource in resources)
        {
            if (!ids.SeekExact(BatchWriter.IdTerm(resource).Bytes)) continue;
            docs = ids.Docs(null, docs, DocsFlags.NONE);
            for (var doc = docs.NextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.NextDoc()) left[doc >> 6] &= ~(1UL << doc);
        }
        return left;
    }

    public int CountResources()
    {
        var live = Reader.LiveDocs;
        var count = 0;
        for (var doc = 0; doc < Facts.MaxDoc; doc++)
            if ((Facts.Resources[doc >> 6] >> doc & 1) != 0 && (live is null || live.Get(doc))) count++;
        return count;
    }
}
