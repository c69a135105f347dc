using Lucene.Net.Index;
using Lucene.Net.Search;

namespace ResourceHub.Engines.Lucene;

/// <summary>How often every document of a segment has one common character, to be asked in any order: stepping through long postings for each search costs more than all else.</summary>
internal sealed class FrequencyColumn
{
    private readonly byte[] small;
    private readonly Dictionary<int, int> large = [];

    public FrequencyColumn(DocsEnum postings, int maxDoc)
    {
        small = new byte[maxDoc];
        for (var doc = postings.NextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = postings.NextDoc())
        {
            if (postings.Freq >= byte.MaxValue) large[doc] = postings.Freq;
            small[doc] = (byte)Math.Min(byte.MaxValue, postings.Freq);
        }
    }

    public int Of(int doc) => small[doc] is var frequency && frequency < byte.MaxValue ? frequency : large[doc];
}
