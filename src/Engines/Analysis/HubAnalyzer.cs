namespace ResourceHub.Engines.Analysis;

/// <summary>
/// The analysis chain, alone: standard words, width, lower case, pairs of adjacent Chinese characters, English stems; and the same without the pairs.
/// Nothing is normalised or dropped here: that happens before, to documents and questions alike. Not thread-safe: <see cref="Mine"/> is this thread's.
/// </summary>
internal sealed class HubAnalyzer
{
    [ThreadStatic]
    private static HubAnalyzer? mine;

    private readonly WordScanner scanner = new();
    private readonly List<Word> words = [];
    private readonly List<Term> terms = [];

    public static HubAnalyzer Mine => mine ??= new();

    /// <summary>The unigram chain. The list is good until the next call.</summary>
    public List<Word> Words(string text)
    {
        words.Clear();
        scanner.Scan(text, words);
        return words;
    }

    /// <summary>The bigram chain. The list is good until the next call.</summary>
    /// <param name="joinBlanks">Whether characters with only blanks between them are neighbours, as in documents and questions; the chain alone parts them.</param>
    public List<Term> Pairs(string text, bool joinBlanks)
    {
        terms.Clear();
        HanPairs.Read(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(Words(text)), joinBlanks ? text : null, 0, terms);
        return terms;
    }
}
