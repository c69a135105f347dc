using System.Diagnostics.CodeAnalysis;
using System.Text;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Cjk;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Util;

namespace ResourceHub.Engines.Analysis;

/// <summary>Stretches of text with other than plain Chinese and Latin characters: Lucene's own StandardTokenizer and width filter, and emoji, which its tables do not know yet.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Token streams hold no more than memory.")]
internal sealed class OddWords
{
    private const int LongestPicture = 64;

    private readonly StandardTokenizer tokenizer = new(LuceneVersion.LUCENE_48, TextReader.Null);
    private readonly CJKWidthFilter words;
    private readonly ICharTermAttribute term;
    private readonly IOffsetAttribute offset;
    private readonly ITypeAttribute type;

    public OddWords()
    {
        words = new CJKWidthFilter(tokenizer);
        term = words.GetAttribute<ICharTermAttribute>();
        offset = words.GetAttribute<IOffsetAttribute>();
        type = words.GetAttribute<ITypeAttribute>();
    }

    public void Scan(string text, int start, int end, List<Word> into, int shift, Stems stems)
    {
        for (var i = start; i < end;)
        {
            var emoji = EmojiFrom(text, i, end);
            if (emoji == end) break;
            Tokenize(text, i, emoji, into, shift, stems);
            i = EmojiEnd(text, emoji, end);
            into.Add(new(text[emoji..i], shift + emoji, shift + i, WordKind.Emoji));
            start = i;
        }
        Tokenize(text, start, end, into, shift, stems);
    }

    private void Tokenize(string text, int start, int end, List<Word> into, int shift, Stems stems)
    {
        if (start >= end) return;
        tokenizer.SetReader(new StringReader(text[start..end]));
        words.Reset();
        while (words.IncrementToken())
        {
            var kind = KindOf(type.Type);
            var written = term.Buffer.AsSpan(0, term.Length);
            into.Add(new(kind == WordKind.Other ? stems.Of(written) : new string(written), shift + start + offset.StartOffset, shift + start + offset.EndOffset, kind));
        }
        words.End();
        words.Dispose();
    }

    private static WordKind KindOf(string type) => type switch
    {
        "<IDEOGRAPHIC>" => WordKind.Ideograph,
        "<HIRAGANA>" or "<KATAKANA>" => WordKind.Kana,
        "<HANGUL>" => WordKind.Hangul,
        _ => WordKind.Other,
    };

    private static int EmojiFrom(string text, int start, int end)
    {
        for (var i = start; i < end; i++)
            if (Rune.TryGetRuneAt(text, i, out var rune) && IsPicture(rune) && i + rune.Utf16SequenceLength <= end) return i;
        return end;
    }

    /// <summary>A picture with what belongs to it: skin, presentation, and pictures joined to it.</summary>
    private static int EmojiEnd(string text, int start, int end)
    {
        var i = start + Rune.GetRuneAt(text, start).Utf16SequenceLength;
        while (i < end && i - start < LongestPicture && Rune.TryGetRuneAt(text, i, out var rune))
        {
            var isJoined = rune.Value == 0x200D && i + 1 < end && Rune.TryGetRuneAt(text, i + 1, out var next) && IsPicture(next);
            if (isJoined) i += 1 + Rune.GetRuneAt(text, i + 1).Utf16SequenceLength;
            else if (rune.Value is 0xFE0F or (>= 0x1F3FB and <= 0x1F3FF)) i += rune.Utf16SequenceLength;
            else break;
        }
        return Math.Min(i, end);
    }

    private static bool IsPicture(Rune rune) => rune.Value is (>= 0x1F300 and <= 0x1FAFF) or (>= 0x1F000 and <= 0x1F0FF);
}
