using System.Text.RegularExpressions;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Search.Understanding;

namespace ResourceHub.Core.Search;

/// <summary>
/// What a resource is about, in words to look for others like it by: its title without what only files it (人教版, 第2课时, 课件), its keywords, its chapter.
/// Chosen by what the resource itself says and by nothing of other resources, so that who looks learns nothing of those they may not see.
/// </summary>
internal static partial class LikeWords
{
    private const int Longest = 120;

    private static readonly WordTree<FilingWord> NoSchools = new();

    /// <summary>Null where it says nothing of its own.</summary>
    public static string? Of(Resource resource)
    {
        var words = new[] { Topic(resource.Title) }.Concat(resource.Keywords).Append(Topic(resource.Chapter)).OfType<string>().Select(w => w.Trim()).Where(w => w.Length > 0);
        // A comma between, so that the end of one and the beginning of the next make no word.
        var joined = string.Join('，', words.Distinct());
        if (joined.Length > Longest) joined = joined[..(char.IsHighSurrogate(joined[Longest - 1]) ? Longest - 1 : Longest)];
        return joined.Length > 0 ? joined : null;
    }

    private static string? Topic(string? text)
        => text is null ? null : QueryReading.Read(Places().Replace(Marks().Replace(text, "，"), "，").Trim('，', ' '), NoSchools, []).Rest;

    /// <summary>Where in a book or term: what lessons of any topic say.</summary>
    [GeneratedRegex("第[0-9０-９一二三四五六七八九十百]{1,4}(课时|单元|章|节|课|讲|套|版)|[0-9０-９一二三四五六七八九十]课时|课时[0-9０-９一二三四五六七八九十]", RegexOptions.CultureInvariant)]
    private static partial Regex Places();

    [GeneratedRegex("[《》〈〉“”\"「」『』（）()【】\\[\\]：:—–]+", RegexOptions.CultureInvariant)]
    private static partial Regex Marks();
}
