using System.Buffers;
using System.Text;
using ResourceHub.Core.Search;
using ResourceHub.Core.Text;

namespace ResourceHub.Engines.Analysis;

/// <summary>
/// What a resource is called as a whole, to be compared with a whole question: its title, the part of it that names the lesson (《圆的面积》教学设计, 圆的面积 第1课时), and
/// the chapter it is filed under, with and without its number. Only letters and digits count.
/// </summary>
internal static class NamedAs
{
    /// <summary>UTF-16 units; what is longer is asked in part only.</summary>
    private const int Longest = 80;

    private static readonly SearchValues<char> AfterHead = SearchValues.Create(" \u3000(:—-·|_");

    public static string Title(string key) => "t" + key;

    public static string Chapter(string key) => "c" + key;

    public static IReadOnlyCollection<string> Of(ResourceDocument resource)
    {
        HashSet<string> names = [];
        var title = SearchText.Of(resource.Title);
        foreach (var part in (string?[])[title, Quoted(title), Head(title)])
            if (Key(part) is { } key) names.Add(Title(key));
        foreach (var chapter in resource.Values.GetValueOrDefault(FacetName.Chapter) ?? [])
            foreach (var part in (string[])[SearchText.Of(chapter), WithoutNumber(SearchText.Of(chapter))])
                if (Key(part) is { } key) names.Add(Chapter(key));
        return names;
    }

    /// <summary>Null for what nothing is called.</summary>
    public static string? KeyOf(string question) => question.Length > 2 * Longest ? null : Key(SearchText.Of(question));

    private static string? Key(string? folded)
    {
        if (folded is null) return null;
        var key = new StringBuilder(folded.Length);
        foreach (var unit in folded) if (char.IsLetterOrDigit(unit) || char.IsSurrogate(unit)) key.Append(char.ToLowerInvariant(unit));
        return key.Length is > 0 and <= Longest ? key.ToString() : null;
    }

    private static string? Quoted(string title)
    {
        var open = title.IndexOf('《', StringComparison.Ordinal);
        var close = open < 0 ? -1 : title.IndexOf('》', open);
        return close > open ? title[(open + 1)..close] : null;
    }

    /// <summary>Up to what parts a Chinese title; English words are parted by blanks and are no names.</summary>
    private static string? Head(string title)
    {
        var end = title.AsSpan().IndexOfAny(AfterHead);
        return end > 0 && title[end - 1] >= 0x2E80 ? title[..end] : null;
    }

    /// <summary>第五单元 圆 → 圆.</summary>
    private static string WithoutNumber(string chapter)
    {
        if (!chapter.StartsWith('第')) return chapter;
        var end = chapter.AsSpan().IndexOfAny("元章课节讲");
        return end is > 0 and < 8 ? chapter[(end + 1)..] : chapter;
    }
}
