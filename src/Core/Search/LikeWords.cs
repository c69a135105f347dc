using System.Text.RegularExpressions;
using ResourceHub.Core.Search.Understanding;

namespace ResourceHub.Core.Search;

/// <summary>
/// What a resource is about: its title without what only files it (人教版, 第2课时, 课件), its keywords, its chapter. How alike two are is decided by these and by
/// nothing of any third, however rare their words are: so that who looks learns nothing of resources they may not see.
/// </summary>
internal sealed partial class LikeWords
{
    private const int Longest = 120;

    /// <summary>One pair of characters in ten in common is chance.</summary>
    private const double Alike = 0.15;

    private static readonly WordTree<FilingWord> NoSchools = new();

    private readonly HashSet<string> terms;

    private LikeWords(string text, string searched)
    {
        Text = searched;
        terms = [.. Terms(FilingWords.Fold(text))];
    }

    /// <summary>To search for: without the chapter, whose other resources are known from the record, unless nothing else is said.</summary>
    public string Text { get; }

    /// <summary>Null where it says nothing of its own.</summary>
    public static LikeWords? Of(string title, IEnumerable<string> keywords, string? chapter)
    {
        List<string> own = [.. new[] { Topic(title) }.Concat(keywords).OfType<string>().Select(w => w.Trim()).Where(w => w.Length > 0).Distinct()];
        List<string> all = Topic(chapter)?.Trim() is { Length: > 0 } topic && !own.Contains(topic) ? [.. own, topic] : own;
        return all.Count > 0 ? new(Joined(all), Joined(own.Count > 0 ? own : all)) : null;
    }

    /// <summary>A comma between, so that the end of one and the beginning of the next make no word.</summary>
    private static string Joined(List<string> words)
    {
        var joined = string.Join('，', words);
        return joined.Length <= Longest ? joined : joined[..(char.IsHighSurrogate(joined[Longest - 1]) ? Longest - 1 : Longest)];
    }

    /// <summary>From 0 to 1; 0 for what has too little in common.</summary>
    public double LikenessTo(LikeWords other)
    {
        var common = terms.Count(other.terms.Contains);
        var likeness = 2.0 * common / Math.Max(1, terms.Count + other.terms.Count);
        return likeness < Alike ? 0 : likeness;
    }

    private static string? Topic(string? text)
        => text is null ? null : QueryReading.Read(Places().Replace(Marks().Replace(text, "，"), "，").Trim('，', ' '), NoSchools, []).Rest;

    /// <summary>Pairs of Chinese characters, and words of other letters.</summary>
    private static IEnumerable<string> Terms(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsLetterOrDigit(text[at])) continue;
            var end = at + 1;
            if (text[at] >= 0x2E80)
            {
                if (end < text.Length && char.IsLetterOrDigit(text[end]) && text[end] >= 0x2E80) yield return text.Substring(at, 2);
                continue;
            }
            while (end < text.Length && char.IsLetterOrDigit(text[end]) && text[end] < 0x2E80) end++;
            if (end - at > 2) yield return text[at..end];
            at = end - 1;
        }
    }

    /// <summary>Where in a book or term: what lessons of any topic say.</summary>
    [GeneratedRegex("第[0-9０-９一二三四五六七八九十百]{1,4}(课时|单元|章|节|课|讲|套|版)|[0-9０-９一二三四五六七八九十]课时|课时[0-9０-９一二三四五六七八九十]", RegexOptions.CultureInvariant)]
    private static partial Regex Places();

    [GeneratedRegex("[《》〈〉“”\"「」『』（）()【】\\[\\]：:—–]+", RegexOptions.CultureInvariant)]
    private static partial Regex Marks();
}
