using Lucene.Net.Index;
using Lucene.Net.Util;

namespace ResourceHub.Engines.Lucene;

/// <summary>
/// A segment's dictionaries and postings, opened for one search at a time and then kept for the next: opening them means cloning a file's input under a
/// lock, and a search opens dozens.
/// </summary>
internal sealed class SegmentTerms(Terms?[] dictionaries)
{
    private readonly TermsEnum?[] terms = new TermsEnum?[IndexFields.Searched.Length];
    private readonly DocsEnum?[] frequencies = new DocsEnum?[IndexFields.Searched.Length];
    private readonly List<DocsAndPositionsEnum> positions = [];

    public TermsEnum? Of(int field) => terms[field] ??= dictionaries[field]?.GetEnumerator();

    public DocsEnum Frequencies(int field, BytesRef term, TermState state)
    {
        Of(field)!.SeekExact(term, state);
        return frequencies[field] = terms[field]!.Docs(null, frequencies[field], DocsFlags.FREQS);
    }

    public DocsAndPositionsEnum Positions(int field, BytesRef term, TermState state, int place)
    {
        Of(field)!.SeekExact(term, state);
        return Positions(terms[field]!, place);
    }

    /// <summary>Of the term that the dictionary stands at.</summary>
    public DocsAndPositionsEnum Positions(TermsEnum at, int place)
    {
        var opened = at.DocsAndPositions(null, place < positions.Count ? positions[place] : null, DocsAndPositionsFlags.NONE);
        if (place < positions.Count) positions[place] = opened;
        else positions.Add(opened);
        return opened;
    }
}
