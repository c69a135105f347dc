using ResourceHub.Core.Pinyin;
using ResourceHub.Core.Search;

namespace ResourceHub.Engines.Analysis;

/// <summary>What of a resource is suggested: its title, topics and chapter. Kept as one text, a line each behind the letter of its kind.</summary>
internal static class Phrases
{
    private const string Kinds = "TKC";

    /// <summary>A list of keywords as long as a page suggests nothing.</summary>
    private const int MostTopics = 20;

    public static IReadOnlyList<(SuggestionKind Kind, string Text)> Of(ResourceDocument resource) =>
    [
        (SuggestionKind.Title, OneLine(resource.Title)),
        .. resource.Topics.Take(MostTopics).Select(t => (SuggestionKind.Topic, OneLine(t))),
        .. (resource.Values.GetValueOrDefault(FacetName.Chapter) ?? []).Select(c => (SuggestionKind.Chapter, OneLine(c))),
    ];

    public static string Write(IEnumerable<(SuggestionKind Kind, string Text)> phrases) => string.Join('\n', phrases.Select(p => Kinds[(int)p.Kind] + p.Text));

    public static IEnumerable<(SuggestionKind Kind, string Text)> Read(string written) => written.Split('\n').Where(l => l.Length > 0).Select(l => ((SuggestionKind)Kinds.IndexOf(l[0], StringComparison.Ordinal), l[1..]));

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}

/// <summary>How a folded phrase sounds from each of its Chinese characters on.</summary>
internal static class SoundKeys
{
    /// <summary>What was typed is looked up by this many letters; what is longer is compared with the whole.</summary>
    public const int LongestBeginning = 8;

    public const int LongestInitials = 6;

    /// <summary>A title of ten lines need not be found by how its end sounds.</summary>
    private const int MostStarts = 40;

    /// <summary>All letters from each character on: 圆的面积 → yuandemianji, demianji, mianji, ji.</summary>
    public static IEnumerable<string> WholeOf(string key) => Of(key, TitleKeys.LongestStart, sound => sound);

    /// <summary>First letters from each character on: ydmj, dmj, mj, j.</summary>
    public static IEnumerable<string> InitialsOf(string key) => Of(key, TitleKeys.LongestStart, sound => sound[..1]);

    /// <summary>Whether one of <see cref="WholeOf"/>, or of <see cref="InitialsOf"/>, begins with these letters; without making them.</summary>
    public static bool Have(string key, string[] sounds, string letters, bool byInitials = false)
    {
        if (letters.Length > TitleKeys.LongestStart) return false;
        var starts = 0;
        for (var start = 0; start < key.Length && starts < MostStarts; start++)
        {
            if (sounds[start].Length == 0) continue;
            starts++;
            if (Begins(key, sounds, start, letters, byInitials)) return true;
        }
        return false;
    }

    public static IEnumerable<string> Beginnings(IEnumerable<string> starts, int longest)
        => starts.SelectMany(s => Enumerable.Range(1, Math.Min(longest, s.Length)).Select(length => s[..length])).Distinct();

    private static bool Begins(string key, string[] sounds, int start, string letters, bool byInitials)
    {
        var done = 0;
        for (var at = start; at < key.Length && done < letters.Length; at++)
        {
            if (sounds[at].Length > 0)
            {
                var sound = byInitials ? sounds[at].AsSpan(0, 1) : sounds[at];
                var count = Math.Min(sound.Length, letters.Length - done);
                if (!letters.AsSpan(done, count).SequenceEqual(sound[..count])) return false;
                done += count;
            }
            else if (char.IsAsciiLetter(key[at]))
            {
                if (letters[done++] != (key[at] == 'v' ? 'u' : key[at])) return false;
            }
            else if (char.IsLetterOrDigit(key[at])) return false;
        }
        return done == letters.Length;
    }

    private static HashSet<string> Of(string key, int longest, Func<string, string> of)
    {
        var sounds = Sounds.Of(key);
        var starts = 0;
        var made = new HashSet<string>();
        for (var start = 0; start < key.Length && starts < MostStarts; start++)
        {
            if (sounds[start].Length == 0) continue;
            starts++;
            var letters = new System.Text.StringBuilder(longest);
            for (var at = start; at < key.Length && letters.Length < longest; at++)
                if (sounds[at].Length > 0) letters.Append(of(sounds[at]));
                else if (char.IsAsciiLetter(key[at])) letters.Append(key[at] == 'v' ? 'u' : key[at]);
                // As TypedSound does: punctuation is passed over, and no number is typed by its sound.
                else if (char.IsLetterOrDigit(key[at])) break;
            if (letters.Length > longest) letters.Length = longest;
            made.Add(letters.ToString());
        }
        return made;
    }
}
