using Lucene.Net.Analysis.Cjk;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Util;

namespace ResourceHub.Tests.Engines;

/// <summary>Lucene's own chain, as the judge of ours.</summary>
internal static class LucenesOwn
{
    public static List<(string, int, int)> Words(string text)
    {
        const LuceneVersion version = LuceneVersion.LUCENE_48;
        using var chain = new PorterStemFilter(new LowerCaseFilter(version, new CJKWidthFilter(new StandardTokenizer(version, new StringReader(text)))));
        var (term, offset) = (chain.GetAttribute<ICharTermAttribute>(), chain.GetAttribute<IOffsetAttribute>());
        List<(string, int, int)> words = [];
        chain.Reset();
        while (chain.IncrementToken()) words.Add((term.ToString()!, offset.StartOffset, offset.EndOffset));
        return words;
    }
}
