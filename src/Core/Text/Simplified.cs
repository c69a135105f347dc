using System.Buffers;
using System.Collections.Frozen;

namespace ResourceHub.Core.Text;

/// <summary>
/// Traditional Chinese as Simplified, for looking: 後來 → 后来, 頭髮 → 头发, and 乾隆 stays what it is. Every unit keeps its place. Simplified text stays as it is, but for
/// 著, which is one with 着 here. Tables: simplified.txt.
/// </summary>
public static class Simplified
{
    private static readonly char[] Singles = new char[0x10000];
    private static readonly FrozenDictionary<string, string> Pairs;
    private static readonly FrozenDictionary<char, (string From, string To)[]> Phrases;

    /// <summary>Units that may be changed; a text without any is given back at once.</summary>
    private static readonly SearchValues<char> Changing;

    static Simplified()
    {
        Dictionary<string, string> singles = [];
        List<(string From, string To)> phrases = [];
        foreach (var line in Read()) Take(line, singles, phrases);
        foreach (var (from, to) in singles.Where(s => s.Key.Length == 1)) Singles[from[0]] = to[0];
        Pairs = singles.Where(s => s.Key.Length == 2).ToFrozenDictionary();
        // Longest first: 旋乾轉坤 before 乾.
        Phrases = phrases.GroupBy(p => p.From[0]).ToFrozenDictionary(g => g.Key, g => g.OrderByDescending(p => p.From.Length).ToArray());
        Changing = SearchValues.Create([.. singles.Keys.Select(k => k[0]), .. phrases.SelectMany(p => p.From.Where((c, i) => c != p.To[i]))]);
    }

    public static string Of(string text)
    {
        var at = text.AsSpan().IndexOfAny(Changing);
        return at < 0 ? text : string.Create(text.Length, text, static (made, original) => Convert(original, made));
    }

    private static void Convert(string text, Span<char> made)
    {
        for (var i = 0; i < text.Length;)
        {
            var unit = text[i];
            if (Phrases.TryGetValue(unit, out var phrases) && Array.Find(phrases, p => string.CompareOrdinal(text, i, p.From, 0, p.From.Length) == 0) is { To: { } whole })
            {
                whole.CopyTo(made[i..]);
                i += whole.Length;
            }
            else if (char.IsHighSurrogate(unit) && i + 1 < text.Length)
            {
                var pair = text.Substring(i, 2);
                (Pairs.GetValueOrDefault(pair) ?? pair).CopyTo(made[i..]);
                i += 2;
            }
            else made[i++] = Singles[unit] is var simple and not '\0' ? simple : unit;
        }
    }

    private static void Take(string line, Dictionary<string, string> singles, List<(string From, string To)> phrases)
    {
        if (line.StartsWith("= ", StringComparison.Ordinal))
        {
            var parts = line.Split(' ');
            phrases.Add((parts[1], parts[2]));
            return;
        }
        var characters = line.EnumerateRunes().Select(r => r.ToString()).ToList();
        foreach (var from in characters.Skip(1)) singles[from] = characters[0];
    }

    private static IEnumerable<string> Read()
    {
        using var stream = typeof(Simplified).Assembly.GetManifestResourceStream("simplified.txt") ?? throw new InvalidOperationException("simplified.txt is not embedded.");
        using var lines = new StreamReader(stream);
        while (lines.ReadLine() is { } line) if (!line.StartsWith('#')) yield return line;
    }
}
