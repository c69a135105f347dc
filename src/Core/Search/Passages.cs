using System.Buffers;

namespace ResourceHub.Core.Search;

/// <summary>Cuts a section's text into passages: short enough to show the place of a word, ended where a sentence ends.</summary>
public static class Passages
{
    /// <summary>UTF-16 units; a passage is cut between these two where the text gives an occasion.</summary>
    public const int Shortest = 240;
    public const int Longest = 400;

    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create("。！？!?；;…\n");
    private static readonly SearchValues<char> Pauses = SearchValues.Create("，、：,:\t");

    /// <summary>Start and length of each passage, in order, without white space around and never empty.</summary>
    public static IEnumerable<(int Start, int Length)> Cut(string text)
    {
        var start = 0;
        while (true)
        {
            while (start < text.Length && char.IsWhiteSpace(text[start])) start++;
            if (start == text.Length) yield break;
            var next = text.Length - start <= Longest ? text.Length : start + CutAt(text.AsSpan(start, Longest));
            var end = next;
            while (char.IsWhiteSpace(text[end - 1])) end--;
            yield return (start, end - start);
            start = next;
        }
    }

    /// <summary>Where to cut a stretch: after its last sentence, else after a comma, else between two words, else in the middle of whatever it is.</summary>
    private static int CutAt(ReadOnlySpan<char> stretch)
    {
        var late = stretch[Shortest..];
        var at = late.LastIndexOfAny(SentenceEnds);
        if (at < 0) at = FullStop(late);
        if (at < 0) at = late.LastIndexOfAny(Pauses);
        if (at < 0) at = late.LastIndexOf(' ');
        if (at >= 0) return AfterClosing(stretch, Shortest + at + 1);
        return char.IsHighSurrogate(stretch[^1]) ? stretch.Length - 1 : stretch.Length;
    }

    /// <summary>A Latin full stop ends a sentence only before a space: 3.14 is a number.</summary>
    private static int FullStop(ReadOnlySpan<char> text)
    {
        for (var at = text.Length - 2; at >= 0; at--)
            if (text[at] == '.' && text[at + 1] == ' ') return at;
        return -1;
    }

    /// <summary>A closing quotation mark belongs to the sentence before it.</summary>
    private static int AfterClosing(ReadOnlySpan<char> stretch, int at)
    {
        while (at < stretch.Length && stretch[at] is '”' or '’' or '」' or '』' or '）' or ')' or '"') at++;
        return at;
    }
}
