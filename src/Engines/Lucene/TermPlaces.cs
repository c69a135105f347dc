using Lucene.Net.Index;
using Lucene.Net.Util;

namespace ResourceHub.Engines.Lucene;

/// <summary>A term of a question in one field, found once in each segment: its postings can then be opened without looking it up again.</summary>
internal sealed class TermPlaces
{
    private readonly TermState?[] states;

    /// <param name="field">Place in <see cref="IndexFields.Searched"/>.</param>
    public TermPlaces(SegmentTerms[] segments, int field, string text, Bm25 bm25)
    {
        Field = field;
        Bytes = new BytesRef(text);
        states = new TermState?[segments.Length];
        for (var i = 0; i < segments.Length; i++)
        {
            if (segments[i].Of(field) is not { } terms || !terms.SeekExact(Bytes)) continue;
            Documents += terms.DocFreq;
            states[i] = terms.GetTermState();
        }
        Idf = bm25.Idf(Documents);
    }

    public int Field { get; }
    public BytesRef Bytes { get; }
    public int Documents { get; }
    public float Idf { get; }

    public DocsEnum? Frequencies(int segment, SegmentTerms terms) => Open(segment, terms)?.Docs(null, null, DocsFlags.FREQS);

    public DocsAndPositionsEnum? Positions(int segment, SegmentTerms terms) => Open(segment, terms)?.DocsAndPositions(null, null, DocsAndPositionsFlags.NONE);

    private TermsEnum? Open(int segment, SegmentTerms segmentTerms)
    {
        if (states[segment] is not { } state) return null;
        var terms = segmentTerms.Of(Field)!;
        terms.SeekExact(Bytes, state);
        return terms;
    }
}

/// <summary>The dictionaries of a segment's searched fields, opened once for a search.</summary>
internal sealed class SegmentTerms(Segment segment)
{
    private readonly TermsEnum?[] terms = new TermsEnum?[IndexFields.Searched.Length];

    public TermsEnum? Of(int field) => terms[field] ??= segment.Reader.GetTerms(IndexFields.Searched[field])?.GetEnumerator();
}
