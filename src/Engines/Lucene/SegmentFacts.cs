using System.Collections.Concurrent;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace ResourceHub.Engines.Lucene;

/// <summary>
/// What a search needs of every document of a segment, read out once into plain arrays (some 80 bytes a document) and shared by all readers that have the
/// segment. Deletions are not in it: they belong to a reader.
/// </summary>
internal sealed class SegmentFacts
{
    private const int RememberedDoors = 64;

    /// <summary>Bytes of <see cref="FrequencyColumn"/>s kept of one segment; a hundred thousand resources take 100 KB each.</summary>
    private const int ColumnBytes = 24 << 20;

    /// <summary>A column is made where the postings are no longer than so many times the documents that are asked for: one pass over them is then worth it.</summary>
    private const int WorthColumn = 16;

    // The reader it is made from closes when a document of the segment is deleted; the segment's dictionaries stay as long as any reader has them.
    private readonly Terms? access;
    private readonly Terms?[] searched;
    private readonly ConcurrentDictionary<string, ulong[]> doors = new();
    private readonly ConcurrentDictionary<(int Field, BytesRef Term), FrequencyColumn> columns = new();
    private readonly ConcurrentBag<SegmentTerms> idleTerms = [];

    public SegmentFacts(AtomicReader reader, FieldOrdinals[] ordinals)
    {
        access = reader.GetTerms(IndexFields.Access);
        searched = [.. IndexFields.Searched.Select(reader.GetTerms)];
        MaxDoc = reader.MaxDoc;
        IdHigh = [.. Numbers(reader, IndexFields.IdHigh).Select(n => (ulong)n)];
        IdLow = [.. Numbers(reader, IndexFields.IdLow).Select(n => (ulong)n)];
        Revisions = Numbers(reader, IndexFields.Revision);
        Created = Numbers(reader, IndexFields.Created);
        Downloads = Numbers(reader, IndexFields.Downloads);
        Ranks = [.. Numbers(reader, IndexFields.Rank).Select(n => BitConverter.Int32BitsToSingle((int)n))];
        Resources = NotGone(Numbers(reader, IndexFields.Gone));
        Norms = [.. IndexFields.Searched.Select(f => NormsOf(reader, f))];
        Facets = [.. IndexFields.Facets.Select(f => FacetColumn.Read(reader, IndexFields.Of(f), ordinals[(int)f]))];
        TitleOrder = new int[MaxDoc];
        if (reader.GetSortedDocValues(IndexFields.TitleKey) is { } titles)
            for (var doc = 0; doc < MaxDoc; doc++) TitleOrder[doc] = titles.GetOrd(doc);
    }

    public int MaxDoc { get; }
    public ulong[] IdHigh { get; }
    public ulong[] IdLow { get; }
    public long[] Revisions { get; }
    public long[] Created { get; }
    public long[] Downloads { get; }

    /// <summary>What age and use add to a score.</summary>
    public float[] Ranks { get; }

    /// <summary>The segment's titles in order; comparable within the segment only.</summary>
    public int[] TitleOrder { get; }

    public byte[][] Norms { get; }
    public FacetColumn[] Facets { get; }

    /// <summary>One bit a document: set where it is a resource and not the mark of a removed one.</summary>
    public ulong[] Resources { get; }

    /// <summary>One bit a document: set where one of the tokens opens it. Null opens all.</summary>
    public ulong[] OpenedBy(IReadOnlyList<string>? tokens, string key)
    {
        if (tokens is null) return Resources;
        if (doors.TryGetValue(key, out var known)) return known;
        var open = new ulong[Resources.Length];
        if (access?.GetEnumerator() is { } all)
        {
            DocsEnum? docs = null;
            foreach (var token in tokens)
            {
                if (!all.SeekExact(new BytesRef(token))) continue;
                docs = all.Docs(null, docs, DocsFlags.NONE);
                for (var doc = docs.NextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.NextDoc()) open[doc >> 6] |= 1UL << doc;
            }
        }
        if (doors.Count >= RememberedDoors) doors.Clear();
        doors[key] = open;
        return open;
    }

    /// <summary>A single character's column; null where its postings are better read themselves.</summary>
    public FrequencyColumn? FrequenciesOf(TermPlaces term, int segment, SegmentTerms terms, int wanted)
    {
        if (columns.TryGetValue((term.Field, term.Bytes), out var known)) return known;
        if (term.DocumentsIn(segment) > (long)wanted * WorthColumn || term.Frequencies(segment, terms) is not { } postings) return null;
        if ((long)columns.Count * MaxDoc > ColumnBytes) columns.Clear();
        return columns[(term.Field, term.Bytes)] = new(postings, MaxDoc);
    }

    public SegmentTerms TakeTerms() => idleTerms.TryTake(out var idle) ? idle : new(searched);

    public void GiveBack(SegmentTerms terms) => idleTerms.Add(terms);

    private ulong[] NotGone(long[] gone)
    {
        var bits = new ulong[(MaxDoc + 63) >> 6];
        for (var doc = 0; doc < MaxDoc; doc++) if (gone[doc] == 0) bits[doc >> 6] |= 1UL << doc;
        return bits;
    }

    private static long[] Numbers(AtomicReader reader, string field)
    {
        var numbers = new long[reader.MaxDoc];
        if (reader.GetNumericDocValues(field) is { } values)
            for (var doc = 0; doc < numbers.Length; doc++) numbers[doc] = values.Get(doc);
        return numbers;
    }

    private static byte[] NormsOf(AtomicReader reader, string field)
    {
        var norms = new byte[reader.MaxDoc];
        if (reader.GetNormValues(field) is { } values)
            for (var doc = 0; doc < norms.Length; doc++) norms[doc] = (byte)values.Get(doc);
        return norms;
    }
}
