using System.Globalization;
using System.Text;

namespace ResourceHub.Core.Text;

/// <summary>What people type is cleaned once, at the door: NFC, one line, no control characters, no invisible direction marks.</summary>
public static class CleanText
{
    /// <summary>A name or title on one line. Null when nothing readable is left.</summary>
    public static string? Line(string? value) => Clean(value, keepLines: false);

    /// <summary>A description that keeps its line breaks. Null when nothing readable is left.</summary>
    public static string? Lines(string? value) => Clean(value, keepLines: true);

    private static string? Clean(string? value, bool keepLines)
    {
        if (string.IsNullOrWhiteSpace(value)) return null;
        var clean = new StringBuilder(value.Length);
        var space = false;
        foreach (var rune in value.EnumerateRunes())
        {
            if (keepLines && rune.Value == '\n')
            {
                clean.Append('\n');
                space = false;
                continue;
            }
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                space = clean.Length > 0 && clean[^1] != '\n';
                continue;
            }
            // U+FFFD stands where the sender's bytes were no text; direction marks can make "exe.docx" of "xcod.exe".
            if (rune.Value == 0xFFFD || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format && rune.Value is not (0x200D or 0x200C)) continue;
            if (space) clean.Append(' ');
            space = false;
            clean.Append(rune.ToString());
        }
        var text = UnicodeForms.Nfc(clean.ToString().Trim());
        return text.Length == 0 ? null : text;
    }
}
