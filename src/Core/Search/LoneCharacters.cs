using ResourceHub.Core.Text;

namespace ResourceHub.Core.Search;

/// <summary>
/// Characters of a query that stand alone beside words: 水, 火 and energy. Several such characters only move what the words find, because most resources have one of them;
/// where the words are found nowhere, they are what is left to look for. A character of a longer word is no word.
/// </summary>
internal static class LoneCharacters
{
    /// <summary>Parted, so that each is looked for by itself; null where none stands alone, or nothing else was asked.</summary>
    public static string? In(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed) || Ablation.IsOff(SearchFeature.LoneCharacters)) return null;
        var text = SearchText.Of(typed);
        List<char> alone = [];
        var hasWords = false;
        for (var at = 0; at < text.Length;)
        {
            if (!IsCharacter(text[at]))
            {
                hasWords |= char.IsLetterOrDigit(text[at++]);
                continue;
            }
            var (start, count) = (at, 0);
            // Blanks between characters part no word: 高 三 数学.
            for (; at < text.Length && (IsCharacter(text[at]) || char.IsWhiteSpace(text[at])); at++) if (IsCharacter(text[at])) count++;
            if (count == 1) alone.Add(text[start]);
            else hasWords = true;
        }
        return alone.Count > 0 && hasWords ? string.Join('，', alone.Distinct()) : null;
    }

    private static bool IsCharacter(char unit) => unit >= 0x2E80 && char.IsLetter(unit);
}
