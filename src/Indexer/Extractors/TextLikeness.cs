using System.Buffers;

namespace ResourceHub.Indexer.Extractors;

/// <summary>How much a reading of bytes looks like what people write: about 3 for Chinese prose, under 1.5 for bytes read in a wrong encoding.</summary>
internal static class TextLikeness
{
    private static readonly SearchValues<char> Punctuation = SearchValues.Create("，。、；：？！“”‘’（）《》【】…—·　①②③④⑤「」『』〈〉％＋－＝×÷");

    /// <param name="wide">Two bytes a character throughout: then ASCII is evidence too.</param>
    public static double Of(string text, bool wide)
    {
        double sum = 0;
        var count = 0;
        foreach (var c in text)
        {
            if (c < 0x80)
            {
                if (IsOddControl(c)) sum -= 5;
                else if (wide) sum += c is '\uFEFF' ? 0 : 2;
                else continue;
            }
            else sum += Of(c);
            count++;
        }
        return count == 0 ? 0 : sum / count;
    }

    public static bool IsOddControl(char c) => c < ' ' && c is not ('\t' or '\n' or '\r' or '\f' or '\x1b' or '\b') || c == '\x7f';

    private static double Of(char c) => c switch
    {
        _ when CommonHan.Has(c) => 3,
        _ when Punctuation.Contains(c) => 3,
        >= '\u4E00' and <= '\u9FA5' => Level(c),
        >= '０' and <= '９' or >= 'Ａ' and <= 'Ｚ' or >= 'ａ' and <= 'ｚ' => 1.5,
        >= '\uE000' and <= '\uF8FF' or '\uFFFD' or '\uFFFE' or '\uFFFF' => -5,
        >= '\u0080' and <= '\u009F' => -5,
        _ => -1,
    };

    /// <summary>Both standards put the characters of everyday use first: GB 2312 into rows B0–D7, Big5 into A4–C6.</summary>
    private static double Level(char c)
    {
        Span<byte> bytes = stackalloc byte[4];
        Span<char> one = [c];
        if (TextDecoding.Gb18030.GetBytes(one, bytes) == 2 && bytes[0] is >= 0xB0 and <= 0xD7 && bytes[1] >= 0xA1) return 1;
        return IsBig5Level1(one, bytes) ? 0.7 : -1;
    }

    private static bool IsBig5Level1(ReadOnlySpan<char> one, Span<byte> bytes)
        => TextDecoding.Big5Lenient.GetBytes(one, bytes) == 2 && bytes[0] is >= 0xA4 and <= 0xC6;
}
