using ResourceHub.Core.People;
using ResourceHub.Core.Pinyin;
using ResourceHub.Core.Text;

namespace ResourceHub.Core.Search;

/// <summary>
/// "Did you mean": a phrase that this viewer may see and that sounds like what was typed, or has one other character, or two changed places. What stands as typed in
/// anything found is right as it is.
/// </summary>
public sealed class BetterSpelling(Suggestions suggestions)
{
    private const int Shortest = 2, Longest = 20, MostPieces = 4, LongestToSwap = 4;

    /// <summary>In two characters another one makes another word: 加法 and 减法.</summary>
    private const int ShortestForOneOther = 3;

    private const string Numerals = "一二三四五六七八九十百千万";

    /// <summary>The query with the first wrong piece of it written better; null when nothing is.</summary>
    /// <param name="text">The part of the query that is text.</param>
    /// <param name="found">The first page of what it finds, marked.</param>
    public async Task<string?> OfAsync(Viewer viewer, string query, string text, IReadOnlyList<FoundResource> found, CancellationToken ct)
    {
        List<string> phrases = [.. found.SelectMany(f => new[] { f.Resource.Title, f.Resource.Chapter }.Concat(f.Resource.Keywords)).OfType<string>().Select(Simple)];
        List<string> marked = [.. found.SelectMany(f => f.Highlights.SelectMany(h => h.Text.Ranges.Select(r => Simple(h.Text.Text[r.Start..r.End]))))];
        foreach (var piece in Pieces(text).Take(MostPieces))
        {
            var simple = Simple(piece);
            if (phrases.Concat(marked).Any(p => p.Contains(simple, StringComparison.Ordinal))) continue;
            var better = await SoundingAsync(viewer, simple, ct) ?? MostFrequent(phrases.SelectMany(p => OneOff(simple, p))) ?? await SwappedAsync(viewer, simple, ct);
            var at = better is null ? -1 : query.IndexOf(piece, StringComparison.Ordinal);
            if (at >= 0) return string.Concat(query.AsSpan(0, at), better, query.AsSpan(at + piece.Length));
        }
        return null;
    }

    private async Task<string?> SoundingAsync(Viewer viewer, string piece, CancellationToken ct)
    {
        if (TypedSound.Of(piece) is not { } typed || TypedSound.Of(typed.Letters) is not { } sound) return null;
        var phrases = await suggestions.SoundingLikeAsync(viewer, piece, ct);
        return MostFrequent(phrases.Select(Simple).Select(p => sound.In(p, isWhole: true) is { } place ? p[place.Start..place.End] : null).OfType<string>().Where(p => p.Length == piece.Length && p != piece));
    }

    /// <summary>A short word with two characters changed about shares no pair with the right one: so it is not among what was found.</summary>
    private async Task<string?> SwappedAsync(Viewer viewer, string piece, CancellationToken ct)
    {
        if (piece.Length > LongestToSwap) return null;
        for (var i = 0; i + 1 < piece.Length; i++)
        {
            var swapped = $"{piece[..i]}{piece[i + 1]}{piece[i]}{piece[(i + 2)..]}";
            if (swapped != piece && (await suggestions.SuggestAsync(viewer, swapped, 1, ct)).Count > 0) return swapped;
        }
        return null;
    }

    /// <summary>What of a phrase is the piece but for one character, or for two that changed places.</summary>
    private static IEnumerable<string> OneOff(string piece, string phrase)
    {
        for (var start = 0; start + piece.Length <= phrase.Length; start++)
        {
            var (first, last, others) = (-1, -1, 0);
            for (var i = 0; i < piece.Length && others <= 2; i++)
            {
                if (piece[i] == phrase[start + i]) continue;
                if (others++ == 0) first = i;
                last = i;
            }
            var hasOther = others == 1 && piece.Length >= ShortestForOneOther && IsWord(phrase[start + first]) && !Numerals.Contains(phrase[start + first], StringComparison.Ordinal) && !Numerals.Contains(piece[first], StringComparison.Ordinal);
            var isSwapped = others == 2 && last == first + 1 && piece[first] == phrase[start + last] && piece[last] == phrase[start + first];
            if (hasOther || isSwapped) yield return phrase.Substring(start, piece.Length);
        }
    }

    private static string? MostFrequent(IEnumerable<string> candidates)
        => candidates.GroupBy(c => c).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).FirstOrDefault()?.Key;

    /// <summary>Stretches of Chinese characters alone.</summary>
    private static IEnumerable<string> Pieces(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var end = at;
            while (end < text.Length && IsWord(text[end])) end++;
            if (end - at is >= Shortest and <= Longest) yield return text[at..end];
            at = Math.Max(end, at + 1);
        }
    }

    private static bool IsWord(char unit) => unit is >= '\u4E00' and < '\uA000';

    private static string Simple(string text) => Simplified.Of(text);
}
