using System.Collections.Frozen;

namespace ResourceHub.Core.Pinyin;

/// <summary>
/// How Chinese is read aloud: syllables without tones, ü as u, and words whose characters are read otherwise in them (重庆, 音乐, 银行). From pinyin.txt, read at
/// first use: some 300 KB of memory.
/// </summary>
public static class Sounds
{
    private const int LongestWord = 4;
    private const int FirstCharacter = 0x4E00;

    private static readonly string[] Syllables;
    private static readonly short[] OfCharacter = new short[0xA000 - FirstCharacter];
    /// <summary>Whether a word of the dictionary begins with the character: most do not, and need not be looked up.</summary>
    private static readonly bool[] BeginsWord = new bool[OfCharacter.Length];

    private static readonly FrozenDictionary<string, string[]> Words;
    private static readonly FrozenDictionary<string, string[]>.AlternateLookup<ReadOnlySpan<char>> WordsBySpan;
    private static readonly FrozenSet<string> Known;

    static Sounds()
    {
        List<string> syllables = [""];
        var words = new Dictionary<string, string[]>();
        using var stream = typeof(Sounds).Assembly.GetManifestResourceStream("pinyin.txt") ?? throw new InvalidOperationException("pinyin.txt is not embedded.");
        using var lines = new StreamReader(stream);
        while (lines.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            var parts = line.Split(' ');
            if (parts[0] == "=")
            {
                words[parts[1]] = parts[2..];
                BeginsWord[parts[1][0] - FirstCharacter] = true;
                continue;
            }
            foreach (var character in parts[1]) OfCharacter[character - FirstCharacter] = (short)syllables.Count;
            syllables.Add(parts[0]);
        }
        Syllables = [.. syllables];
        Words = words.ToFrozenDictionary();
        WordsBySpan = Words.GetAlternateLookup<ReadOnlySpan<char>>();
        Known = Syllables.Skip(1).ToFrozenSet();
    }

    public static bool IsSyllable(string letters) => Known.Contains(letters);

    /// <summary>The syllable of each unit of a simplified text; empty for what is no Chinese character.</summary>
    public static string[] Of(string text)
    {
        var read = new string[text.Length];
        for (var at = 0; at < text.Length;)
        {
            var word = WordAt(text, at);
            if (word is null) read[at] = OfOne(text[at]);
            else word.CopyTo(read, at);
            at += word?.Length ?? 1;
        }
        return read;
    }

    private static string[]? WordAt(string text, int at)
    {
        if (OfOne(text[at]).Length == 0 || !BeginsWord[text[at] - FirstCharacter]) return null;
        for (var length = Math.Min(LongestWord, text.Length - at); length > 1; length--)
            if (WordsBySpan.TryGetValue(text.AsSpan(at, length), out var syllables)) return syllables;
        return null;
    }

    private static string OfOne(char character) => character is >= (char)FirstCharacter and < (char)0xA000 ? Syllables[OfCharacter[character - FirstCharacter]] : "";
}
