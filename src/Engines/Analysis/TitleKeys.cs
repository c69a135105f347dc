using System.Text;
using ResourceHub.Core.Text;

namespace ResourceHub.Engines.Analysis;

/// <summary>Titles folded for suggestions: plain width, Simplified characters, lower case, one blank at most, none beside a Chinese character.</summary>
internal static class TitleKeys
{
    /// <summary>What was typed is looked up by this many units; what is longer is compared with the whole key.</summary>
    public const int LongestBeginning = 6;

    /// <summary>Longer than what people type; a title of ten lines need not be kept from each of its words on.</summary>
    public const int LongestStart = 60;

    public static string Of(string title)
    {
        var folded = Simplified.Of(UnicodeForms.Nfkc(title)).ToLowerInvariant();
        var key = new StringBuilder(folded.Length);
        var blank = false;
        foreach (var unit in folded)
        {
            if (char.IsWhiteSpace(unit))
            {
                blank = true;
                continue;
            }
            if (blank && key.Length > 0 && unit < 0x2E80 && key[^1] < 0x2E80) key.Append(' ');
            blank = false;
            key.Append(unit);
        }
        return key.ToString();
    }

    /// <summary>Whether the key, or a word of it, starts with what was typed (a key itself).</summary>
    public static bool StartsWith(string key, string typed)
    {
        for (var at = key.IndexOf(typed, StringComparison.Ordinal); at >= 0; at = at + 1 < key.Length ? key.IndexOf(typed, at + 1, StringComparison.Ordinal) : -1)
            if (IsStart(key, at)) return true;
        return false;
    }

    /// <summary>Beginnings of the key and of each of its words, shortest first; a Chinese character starts a word of its own.</summary>
    public static IReadOnlyCollection<string> BeginningsOf(string key)
    {
        var beginnings = new HashSet<string>();
        for (var start = 0; start < key.Length; start++)
        {
            if (!IsStart(key, start)) continue;
            for (var length = 1; length <= Math.Min(LongestBeginning, key.Length - start); length++) beginnings.Add(key.Substring(start, length));
        }
        return beginnings;
    }

    /// <summary>The key from its beginning and from each of its words on, up to <see cref="LongestStart"/> units: for engines that look up prefixes.</summary>
    public static IReadOnlyCollection<string> StartsOf(string key)
    {
        var starts = new HashSet<string>();
        for (var start = 0; start < key.Length; start++)
            if (IsStart(key, start)) starts.Add(Start(key[start..]));
        return starts;
    }

    /// <summary>As much of it as <see cref="StartsOf"/> keeps, and never half a character.</summary>
    public static string Start(string key)
        => key.Length <= LongestStart ? key : key[..(char.IsHighSurrogate(key[LongestStart - 1]) ? LongestStart - 1 : LongestStart)];

    /// <summary>The part of what was typed that is looked up.</summary>
    public static string Beginning(string typed) => typed.Length <= LongestBeginning ? typed : typed[..LongestBeginning];

    private static bool IsStart(string key, int at)
    {
        if (at == 0) return true;
        var unit = key[at];
        if (char.IsLowSurrogate(unit)) return false;
        if (unit >= 0x2E80) return true;
        return char.IsLetterOrDigit(unit) && (key[at - 1] >= 0x2E80 || !char.IsLetterOrDigit(key[at - 1]));
    }
}
