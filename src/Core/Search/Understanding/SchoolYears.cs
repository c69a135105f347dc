using System.Globalization;
using System.Text.RegularExpressions;

namespace ResourceHub.Core.Search.Understanding;

/// <summary>School years as people write them: 2025-2026学年, 2025—26学年, 2025学年.</summary>
internal static partial class SchoolYears
{
    /// <summary>The school year at a place of folded text: its length and code; a length of 0 when there is none.</summary>
    public static (int Length, string Code) At(string text, int at)
    {
        if (at > 0 && char.IsAsciiDigit(text[at - 1]) || Written().Match(text, at) is not { Success: true } found) return (0, "");
        var start = int.Parse(found.Groups["start"].Value, CultureInfo.InvariantCulture);
        var end = found.Groups["end"] is { Success: true } group ? int.Parse(group.Value, CultureInfo.InvariantCulture) % 100 : (start + 1) % 100;
        return end == (start + 1) % 100 ? (found.Length, $"{start}-{start + 1}") : (0, "");
    }

    public static int? StartOf(string code) => code.Length == 9 && int.TryParse(code.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : null;

    /// <summary>Materials of a year are made from its summer on, in the schools' time.</summary>
    public static DateTime FirstDay(int start) => new DateTime(start, 8, 1, 0, 0, 0, DateTimeKind.Utc).AddHours(-8);

    [GeneratedRegex(@"\G(?<start>20\d\d)(?: ?[-–—~至/]{1,2} ?(?<end>(?:20)?\d\d))? ?学年度?", RegexOptions.CultureInvariant)]
    private static partial Regex Written();
}
