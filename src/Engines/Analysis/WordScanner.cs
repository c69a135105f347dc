using Lucene.Net.Analysis.Standard;

namespace ResourceHub.Engines.Analysis;

/// <summary>
/// Cuts text into words by Unicode's rules for word boundaries (UAX #29), as Lucene's StandardTokenizer does, but reads the plain cases, which are nearly
/// all of Chinese and English, straight from the characters: many times faster. Everything else goes to the StandardTokenizer itself. Not thread-safe.
/// </summary>
internal sealed class WordScanner
{
    private const int LongestWord = StandardAnalyzer.DEFAULT_MAX_TOKEN_LENGTH;

    private static readonly CharKind[] Kinds = MakeKinds();
    private static readonly string?[] Letters = new string?[0x10000];

    private readonly OddWords odd = new();
    private readonly Stems stems = new();

    private enum CharKind : byte { Odd, Gap, Ideograph, Letter, Digit, Underscore, Mid }

    /// <summary>Adds the words of a text; their places are shifted by <paramref name="shift"/>.</summary>
    public void Scan(string text, List<Word> into, int shift = 0)
    {
        for (var i = 0; i < text.Length;)
        {
            switch (Kinds[text[i]])
            {
                case CharKind.Gap or CharKind.Mid when !MayJoin(text, i + 1):
                    i++;
                    break;
                case CharKind.Ideograph when !MayJoin(text, i + 1):
                    into.Add(new(LetterOf(text[i]), shift + i, shift + i + 1, WordKind.Ideograph));
                    i++;
                    break;
                default:
                    i = Run(text, i, into, shift);
                    break;
            }
        }
    }

    /// <summary>A character of the odd kind may be a mark that melts into what stands before it.</summary>
    private static bool MayJoin(string text, int at) => at < text.Length && Kinds[text[at]] == CharKind.Odd;

    private int Run(string text, int start, List<Word> into, int shift)
    {
        var end = start + 1;
        var isOdd = Kinds[text[start]] is CharKind.Odd or CharKind.Gap or CharKind.Mid or CharKind.Ideograph;
        for (; end < text.Length; end++)
        {
            var kind = Kinds[text[end]];
            // What joins may follow a gap: then the gap belongs to the run.
            if (kind is CharKind.Gap or CharKind.Ideograph && !MayJoin(text, end + 1)) break;
            isOdd |= kind == CharKind.Odd;
        }
        if (isOdd) odd.Scan(text, start, end, into, shift, stems);
        else Plain(text, start, end, into, shift);
        return end;
    }

    /// <summary>Latin letters, digits, underscores and what may stand between two of them: e.g. don't, 3.14, a.b, foo_bar.</summary>
    private void Plain(string text, int start, int end, List<Word> into, int shift)
    {
        for (var i = start; i < end;)
        {
            if (Kinds[text[i]] == CharKind.Mid)
            {
                i++;
                continue;
            }
            var wordEnd = i + 1;
            while (wordEnd < end && (Kinds[text[wordEnd]] != CharKind.Mid || wordEnd + 1 < end && Joins(text[wordEnd - 1], text[wordEnd], text[wordEnd + 1]))) wordEnd++;
            var hasSense = false;
            for (var j = i; j < wordEnd && !hasSense; j++) hasSense = Kinds[text[j]] is CharKind.Letter or CharKind.Digit;
            for (var piece = i; hasSense && piece < wordEnd; piece += LongestWord)
            {
                var pieceEnd = Math.Min(wordEnd, piece + LongestWord);
                into.Add(new(stems.Of(text.AsSpan(piece, pieceEnd - piece)), shift + piece, shift + pieceEnd, WordKind.Other));
            }
            i = wordEnd;
        }
    }

    private static bool Joins(char before, char mid, char after) => mid switch
    {
        '.' or '\'' => Kinds[before] == Kinds[after] && Kinds[before] is CharKind.Letter or CharKind.Digit && Kinds[before] == Kinds[after],
        ':' => Kinds[before] == CharKind.Letter && Kinds[after] == CharKind.Letter,
        _ => Kinds[before] == CharKind.Digit && Kinds[after] == CharKind.Digit,
    };

    private static string LetterOf(char letter) => Letters[letter] ??= letter.ToString();

    private static CharKind[] MakeKinds()
    {
        var kinds = new CharKind[0x10000];
        for (var c = '\0'; c < 0x80; c++)
            kinds[c] = char.IsAsciiLetter(c) ? CharKind.Letter : char.IsAsciiDigit(c) ? CharKind.Digit : c == '_' ? CharKind.Underscore : c is '.' or '\'' or ':' or ',' or ';' ? CharKind.Mid : CharKind.Gap;
        for (var c = 0x3400; c < 0x4DC0; c++) kinds[c] = CharKind.Ideograph;
        for (var c = 0x4E00; c < 0x9FCD; c++) kinds[c] = CharKind.Ideograph;
        // Chinese punctuation and what else stands between Chinese words; not the iteration and voice marks, nor marks that combine.
        foreach (var c in "\u3000、。〃〈〉《》「」『』【】〒〓〔〕〖〗〘〙〚〛〜〝〞〟—–―…“”¥×÷→←↑↓≠≤≥≈√∠△○●□■◆★☆※§¶\u00A0") kinds[c] = CharKind.Gap;
        return kinds;
    }
}
