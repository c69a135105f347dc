using System.Text.RegularExpressions;
using ResourceHub.Core.Text;

namespace ResourceHub.Core.Catalogue;

/// <summary>Topics are compared without case, width, blanks and punctuation: 圆的面积（一） and 圆的面积(一) are one.</summary>
public static class TopicWords
{
    public static string Fold(string topic) => string.Concat(UnicodeForms.Nfkc(topic).Where(char.IsLetterOrDigit)).ToLowerInvariant();
}

/// <summary>Titles of chapters as teachers say them, without the number that the book puts in front: 第2节 光的反射 is 光的反射.</summary>
internal static partial class TitleWords
{
    public static string WithoutNumber(string title) => Number().Replace(title, "") is { Length: > 0 } name ? name : title;

    [GeneratedRegex(@"^\s*(?:第[0-9一二三四五六七八九十百]{1,5}[单元章节课讲]{1,2}|[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}[.．、]?|[一二三四五六七八九十]{1,3}[、.．])\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
