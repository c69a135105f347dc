using ResourceHub.Core.Files;

namespace ResourceHub.Indexer.Extractors;

/// <summary>The language of a text by its letters: enough to tell Chinese lessons from English ones. Null when it does not show.</summary>
internal static class LanguageOf
{
    private const int Sample = 20_000;
    private static readonly string[] EnglishWords = [" the ", " and ", " of ", " is ", " to ", " in "];

    public static string? Sections(IReadOnlyList<Section> sections)
    {
        int han = 0, kana = 0, hangul = 0, latin = 0, cyrillic = 0, seen = 0;
        foreach (var c in sections.SelectMany(s => s.Text).Take(Sample))
        {
            seen++;
            if (c is >= '\u4E00' and <= '\u9FFF') han++;
            else if (c is >= '\u3040' and <= '\u30FF') kana++;
            else if (c is >= '\uAC00' and <= '\uD7AF') hangul++;
            else if (c is >= '\u0400' and <= '\u04FF') cyrillic++;
            else if (c is >= 'a' and <= 'z' or >= 'A' and <= 'Z') latin++;
        }
        if (seen == 0) return null;
        if (kana * 10 > han && kana > 5) return "ja";
        if (hangul > Math.Max(han, latin / 3)) return "ko";
        // A Chinese character says about as much as three Latin letters.
        if (han * 3 > latin && han > 1) return "zh";
        if (cyrillic > latin) return "ru";
        return latin > 20 && IsEnglish(sections) ? "en" : null;
    }

    private static bool IsEnglish(IReadOnlyList<Section> sections)
    {
        var text = string.Join(' ', sections.Select(s => s.Text).TakeWhile((_, i) => i < 20));
        return EnglishWords.Count(w => text.Contains(w, StringComparison.OrdinalIgnoreCase)) >= 2;
    }
}
