using System.Diagnostics.CodeAnalysis;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.TokenAttributes;

namespace ResourceHub.Engines.Analysis;

/// <summary>Lower-cases and stems (Porter), remembering what it did: a text's words repeat. Not thread-safe.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Token streams hold no more than memory.")]
internal sealed class Stems
{
    private const int Remembered = 20_000;
    private const int LongestRemembered = 32;

    private readonly Dictionary<string, string> known = [];
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly OneWord word = new();
    private readonly PorterStemFilter filter;

    public Stems()
    {
        lookup = known.GetAlternateLookup<ReadOnlySpan<char>>();
        filter = new PorterStemFilter(word);
    }

    public string Of(ReadOnlySpan<char> written)
    {
        if (lookup.TryGetValue(written, out var stem)) return stem;
        Span<char> lower = written.Length <= 256 ? stackalloc char[written.Length] : new char[written.Length];
        // U+0130 is the one letter whose lower case .NET leaves to Turkish.
        for (var i = 0; i < written.Length; i++) lower[i] = written[i] == '\u0130' ? 'i' : char.ToLowerInvariant(written[i]);
        word.Put(lower);
        filter.IncrementToken();
        stem = word.Term.ToString()!;
        if (written.Length > LongestRemembered) return stem;
        if (known.Count >= Remembered) known.Clear();
        known[written.ToString()] = stem;
        return stem;
    }

    private sealed class OneWord : TokenStream
    {
        public OneWord() => Term = AddAttribute<ICharTermAttribute>();

        public ICharTermAttribute Term { get; }

        public void Put(ReadOnlySpan<char> text)
        {
            ClearAttributes();
            text.CopyTo(Term.ResizeBuffer(text.Length));
            Term.Length = text.Length;
        }

        public override bool IncrementToken() => true;
    }
}
