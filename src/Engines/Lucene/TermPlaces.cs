using Lucene.Net.Index;
using Lucene.Net.Util;

namespace ResourceHub.Engines.Lucene;

/// <summary>A term of a question in one field, found once in each segment: its postings can then be opened without looking it up again.</summary>
internal sealed class TermPlaces
{
    private readonly TermState?[] states;
    private readonly int[] documents;

    /// <param name="field">Place in <see cref="IndexFields.Searched"/>.</param>
    public TermPlaces(SegmentTerms[] segments, int field, string text, Bm25 bm25)
    {
        Field = field;
        Bytes = new BytesRef(text);
        states = new TermState?[segments.Length];
        documents = new int[segments.Length];
        for (var i = 0; i < segments.Length; i++)
        {
            if (segments[i].Of(field) is not { } terms || !terms.SeekExact(Bytes)) continue;
            documents[i] = terms.DocFreq;
            Documents += terms.DocFreq;
            states[i] = terms.GetTermState();
        }
        Idf = bm25.Idf(Documents);
    }

    public int Field { get; }
    public BytesRef Bytes { get; }
    public int Documents { get; }
    public float Idf { get; }

    public int DocumentsIn(int segment) => documents[segment];

    /// <summary>The term's documents with frequencies; good until the next term of this field is opened.</summary>
    public DocsEnum? Frequencies(int segment, SegmentTerms terms)
        => states[segment] is { } state ? terms.Frequencies(Field, Bytes, state) : null;

    /// <summary>The term's documents with positions; good until the next term is opened in the same place.</summary>
    /// <param name="place">Terms that are read at the same time need places of their own.</param>
    public DocsAndPositionsEnum? Positions(int segment, SegmentTerms terms, int place = 0)
        => states[segment] is { } state ? terms.Positions(Field, Bytes, state, place) : null;
}
