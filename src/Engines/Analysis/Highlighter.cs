using ResourceHub.Core.Search;
using ResourceHub.Core.Text;

namespace ResourceHub.Engines.Analysis;

/// <summary>
/// Finds the question's words in an original text. The text is folded for looking and the places are led back, so that what is shown is what was written.
/// </summary>
internal sealed class Highlighter : IHighlighter
{
    /// <summary>So much of the window comes before the first mark, that a reader sees what it is about.</summary>
    private const int Lead = 20;

    [ThreadStatic]
    private static (string Query, WantedTerms? Wanted)? last;

    public MarkedText Mark(string query, string text, int window)
    {
        // A page's hits are marked one after another with the same question.
        if (last is not { } known || known.Query != query) last = known = (query, WantedTerms.Of(query));
        if (known.Wanted is not { } wanted) return Beginning(text, window);
        var folded = SearchText.Fold(text);
        var found = wanted.FindIn(folded.Text);
        if (found.Count == 0) return Beginning(text, window);
        for (var i = 0; folded.Origins is not null && i < found.Count; i++) found[i] = found[i] with { Place = folded.OriginOf(found[i].Place.Start, found[i].Place.End) };
        var (start, end) = text.Length <= window ? (0, text.Length) : BestWindow(text, found, window);
        return new(text[start..end], start, Merge(found.Select(f => f.Place).Where(p => p.Start >= start && p.End <= end), start));
    }

    private static MarkedText Beginning(string text, int window) => new(text[..Whole(text, Math.Min(window, text.Length))], 0, []);

    /// <summary>The window that holds the most different terms, then the most marks, then the first.</summary>
    private static (int Start, int End) BestWindow(string text, List<FoundTerm> found, int window)
    {
        var (best, bestScore, last) = (0, -1, 0);
        var inside = new Dictionary<int, int>();
        for (var first = 0; first < found.Count; first++)
        {
            for (; last < found.Count && found[last].Place.End <= found[first].Place.Start + window - Lead; last++) inside[found[last].Term] = inside.GetValueOrDefault(found[last].Term) + 1;
            var score = inside.Count * found.Count + last - first;
            if (score > bestScore) (best, bestScore) = (first, score);
            if (last == first) last++;
            else if (--inside[found[first].Term] == 0) inside.Remove(found[first].Term);
        }
        var start = Whole(text, Math.Min(Math.Max(0, found[best].Place.Start - Lead), Math.Max(0, text.Length - window)));
        return (start, Whole(text, Math.Min(text.Length, start + window)));
    }

    /// <summary>Not between the halves of a character.</summary>
    private static int Whole(string text, int at) => at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) && char.IsHighSurrogate(text[at - 1]) ? at - 1 : at;

    private static List<TextRange> Merge(IEnumerable<TextSpan> places, int shift)
    {
        List<TextRange> merged = [];
        foreach (var place in places)
        {
            var (start, end) = (place.Start - shift, place.End - shift);
            if (merged.Count > 0 && start <= merged[^1].End) merged[^1] = merged[^1] with { End = Math.Max(end, merged[^1].End) };
            else merged.Add(new(start, end));
        }
        return merged;
    }
}
