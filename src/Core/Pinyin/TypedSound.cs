using System.Text;
using ResourceHub.Core.Text;

namespace ResourceHub.Core.Pinyin;

/// <summary>
/// What was typed by its sound: pinyin with or without tones, blanks and apostrophes (yuán de miànjī, xi'an), initials (ydmj), or half switched (圆de面积). Chinese
/// characters in it are read aloud too.
/// </summary>
public sealed class TypedSound
{
    /// <summary>Nobody types more of a title by its sound.</summary>
    private const int Longest = 60;

    private const string Toned = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ", Plain = "aaaaeeeeiiiioooouuuuuuuuunnnm";

    /// <summary>Letters and simplified characters in order, nothing else.</summary>
    private readonly string pieces;

    private TypedSound(string pieces)
    {
        this.pieces = pieces;
        Letters = string.Concat(Sounds.Of(pieces).Select((s, i) => IsLetter(pieces[i]) ? pieces[i].ToString() : s));
        IsAllLatin = pieces.All(IsLetter);
        IsAllChinese = !pieces.Any(IsLetter);
    }

    /// <summary>The whole in letters.</summary>
    public string Letters { get; }

    public bool IsAllLatin { get; }
    public bool IsAllChinese { get; }

    /// <summary>Null for what is not typed by sound: other scripts, numbers, punctuation, or nothing.</summary>
    public static TypedSound? Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 2 * Longest) return null;
        var pieces = new StringBuilder(text.Length);
        var syllable = "";
        foreach (var unit in Simplified.Of(UnicodeForms.Nfkc(text)).ToLowerInvariant())
        {
            var letter = unit is >= 'a' and <= 'z' ? unit : Toned.IndexOf(unit, StringComparison.Ordinal) is var toned and >= 0 ? Plain[toned] : '\0';
            if (letter == 'v') letter = 'u';
            if (letter != '\0') pieces.Append(letter);
            else if (unit is >= '\u4E00' and < '\uA000') pieces.Append(unit);
            else if (!(char.IsWhiteSpace(unit) || unit is '\'' or '’' or '-' or '·' or (>= '\u0300' and <= '\u030C') || unit is >= '1' and <= '5' && Sounds.IsSyllable(syllable))) return null;
            syllable = letter != '\0' ? syllable + letter : "";
        }
        return pieces.Length is > 0 and <= Longest ? new(pieces.ToString()) : null;
    }

    /// <summary>Whether its Latin letters can be read as whole syllables.</summary>
    public bool IsSyllables()
    {
        for (var at = 0; at < pieces.Length;)
        {
            var end = at;
            while (end < pieces.Length && IsLetter(pieces[end])) end++;
            if (end > at && !IsSyllables(pieces[at..end])) return false;
            at = end + 1;
        }
        return true;
    }

    /// <summary>Where a text has characters of these sounds, and the very characters that were typed; null where it has none.</summary>
    /// <param name="isWhole">Up to the end of a syllable; else the last one may be only begun.</param>
    public TextSpan? In(string text, bool isWhole, bool byInitials = false)
    {
        var simple = Simplified.Of(text).ToLowerInvariant();
        var sounds = Sounds.Of(simple);
        for (var start = 0; start < simple.Length; start++)
            if (sounds[start].Length > 0 && EndFrom(simple, sounds, start, isWhole, byInitials) is var end and > 0) return new(start, end);
        return null;
    }

    private int EndFrom(string text, string[] sounds, int start, bool isWhole, bool byInitials)
    {
        var typed = 0;
        for (var at = start; at < text.Length; at++)
        {
            var sound = sounds[at].Length > 0 ? byInitials ? sounds[at][..1] : sounds[at] : IsLetter(text[at]) ? text[at].ToString() : "";
            if (sound.Length == 0)
            {
                // Punctuation and blanks are passed over, numbers are not.
                if (char.IsLetterOrDigit(text[at])) return -1;
                continue;
            }
            if (!IsLetter(pieces[typed]))
            {
                if (pieces[typed] != text[at]) return -1;
                typed++;
            }
            else
            {
                var left = pieces.AsSpan(typed);
                if (left.StartsWith(sound, StringComparison.Ordinal)) typed += sound.Length;
                else return !isWhole && sound.AsSpan().StartsWith(left, StringComparison.Ordinal) ? at + 1 : -1;
            }
            if (typed == pieces.Length) return at + 1;
        }
        return -1;
    }

    /// <summary>By looking, for each place that syllables end at, which further ones begin there.</summary>
    private static bool IsSyllables(string letters)
    {
        var ends = new bool[letters.Length + 1];
        ends[0] = true;
        for (var at = 0; at < letters.Length; at++)
            for (var length = 1; ends[at] && length <= Math.Min(6, letters.Length - at); length++)
                if (Sounds.IsSyllable(letters.Substring(at, length))) ends[at + length] = true;
        return ends[letters.Length];
    }

    private static bool IsLetter(char unit) => unit is >= 'a' and <= 'z';
}
