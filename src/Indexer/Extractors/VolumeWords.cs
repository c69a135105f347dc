using System.Text.RegularExpressions;
using ResourceHub.Core.Taxonomy;

namespace ResourceHub.Indexer.Extractors;

/// <summary>The volume that words name: in full, or as teachers write it, "六上", "七年级下".</summary>
internal static partial class VolumeWords
{
    public static string? In(string text)
    {
        if (PlanWords.Find(Vocabulary.Volume, text) is { } named) return named.Code;
        return Short().Match(PlanWords.Fold(text)) is { Success: true } found ? Terms.Find(Vocabulary.Volume, found.Groups[1].Value)?.Code : null;
    }

    [GeneratedRegex(@"(?:年级|高[一二三1-3]|初[一二三1-3]|(?<![\p{L}\d])[一二三四五六七八九1-9])\s*\(?([上下])(?=$|[)册\s_\-—·.,《]|数学|语文|英语|科学|物理|化学|历史|地理|第)", RegexOptions.CultureInvariant)]
    private static partial Regex Short();
}
