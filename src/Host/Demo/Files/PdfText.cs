using System.Text;

namespace ResourceHub.Host.Demo.Files;

/// <summary>Words of a PDF page: how wide they are, where a line may break, and how they are written in the two fonts every viewer brings along.</summary>
internal static class PdfText
{
    // Widths of Helvetica's characters from space to tilde, in thousandths of the size.
    private static readonly int[] Helvetica =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    private const string MayNotBegin = "，。、；：？！）》”’…%,.;:?!)";
    private const string MayNotEnd = "（《“‘(";

    /// <summary>Latin letters stand in Helvetica, all else in the Chinese font, where every character is as wide as high.</summary>
    private static bool IsLatin(char c) => c is >= ' ' and <= '~' or '°' or '±' or '²' or '³' or '·' or '×' or '÷';

    public static double Width(string text, double size) => text.Sum(c => (IsLatin(c) ? c <= '~' ? Helvetica[c - ' '] : c is '²' or '³' ? 333 : c == '·' ? 278 : c == '°' ? 400 : 584 : 1000) * size / 1000);

    /// <summary>Breaks between Chinese characters and at spaces; never before a closing mark or after an opening one, never inside a Latin word.</summary>
    public static List<string> Wrap(string text, double size, double width)
    {
        List<string> lines = [];
        var line = new StringBuilder();
        var used = 0.0;
        foreach (var piece in Pieces(text))
        {
            var wide = Width(piece, size);
            if (used > 0 && used + Width(piece.TrimEnd(), size) > width)
            {
                lines.Add(line.ToString().TrimEnd());
                line.Clear();
                used = 0;
            }
            line.Append(piece);
            used += wide;
        }
        lines.Add(line.ToString().TrimEnd());
        return lines;
    }

    private static IEnumerable<string> Pieces(string text)
    {
        var piece = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            piece.Append(text[i]);
            if (i + 1 < text.Length && MayBreak(text[i], text[i + 1]))
            {
                yield return piece.ToString();
                piece.Clear();
            }
        }
        if (piece.Length > 0) yield return piece.ToString();
    }

    private static bool MayBreak(char before, char after)
        => after != ' ' && !MayNotBegin.Contains(after) && !MayNotEnd.Contains(before) && (before == ' ' || !IsLatin(before) || !IsLatin(after));

    /// <summary>Operators that show the text where the pen is.</summary>
    public static string Show(string text, double size)
    {
        var shown = new StringBuilder();
        for (var start = 0; start < text.Length;)
        {
            var latin = IsLatin(text[start]);
            var end = start;
            while (end < text.Length && IsLatin(text[end]) == latin) end++;
            var run = text[start..end];
            shown.Append(latin ? $"/L {size:0.#} Tf <{Convert.ToHexString(Encoding.Latin1.GetBytes(run))}> Tj " : $"/Z {size:0.#} Tf <{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(run))}> Tj ");
            start = end;
        }
        return shown.ToString();
    }
}
