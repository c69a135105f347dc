namespace ResourceHub.Core.Search.Understanding;

/// <summary>What teachers write in short: 七上 and 七（上） for grade and volume, 七年级上 and 高一下, and school years.</summary>
internal static class ShortNames
{
    private const string Numerals = "一二三四五六七八九";

    /// <summary>一下, 三下乡, 五上午 …: what then follows makes another word of it.</summary>
    private const string OtherWords = "一二三四五六七八九十百千乡子来去午面边方班学岗海天雨车市手台的了个";

    private static readonly FilingWord Upper = new(ChipField.Volume, "upper", Hold.Surely, Hold.Surely), Lower = new(ChipField.Volume, "lower", Hold.Surely, Hold.Surely);

    /// <param name="previous">The filing word right before.</param>
    public static (int Length, FilingWord[] Words) At(string text, int at, int end, FilingWord? previous)
    {
        if (SchoolYears.At(text, at) is { Length: > 0 } year) return (year.Length, [new(ChipField.SchoolYear, year.Code, Hold.Surely, Hold.Surely)]);
        if (previous is { Field: ChipField.Grade } && VolumeAt(text, at, end) is { Length: > 0 } volume && FollowsFiling(text, at + volume.Length, end)) return (volume.Length, [volume.Word]);
        var number = Numerals.IndexOf(text[at], StringComparison.Ordinal) is var numeral and >= 0 ? numeral + 1 : text[at] is >= '1' and <= '9' ? text[at] - '0' : 0;
        if (number == 0 || at > 0 && char.IsAsciiDigit(text[at - 1]) || at + 1 >= end || VolumeAt(text, at + 1, end) is not { Length: > 0 } its) return default;
        var next = at + 1 + its.Length;
        var isSure = FollowsFiling(text, next, end);
        // 一下 and 一上 are said of everything.
        if (!isSure && (number == 1 || OtherWords.Contains(text[next], StringComparison.Ordinal))) return default;
        return (next - at, [new(ChipField.Grade, $"g{number}", Hold.Surely, Hold.Surely), its.Word]);
    }

    private static (int Length, FilingWord Word) VolumeAt(string text, int at, int end)
    {
        var from = at < end && text[at] == '(' ? at + 1 : at;
        if (from >= end || text[from] is not ('上' or '下')) return default;
        var word = text[from] == '上' ? Upper : Lower;
        // The rest of 上册 and of 上学期 says no more.
        var next = from + 1;
        if (next < end && text[next] == '册') next++;
        else if (text.AsSpan(next, end - next).StartsWith("学期")) next += 2;
        if (from > at)
        {
            if (next >= end || text[next] != ')') return default;
            next++;
        }
        return (next - at, word);
    }

    /// <summary>Whether the piece ends here, or goes on with something that files, a number, or 第.</summary>
    private static bool FollowsFiling(string text, int at, int end)
        => at >= end || text[at - 1] is '册' or ')' or '期' || text[at] is '(' or ')' or '第' || char.IsAsciiDigit(text[at]) || FilingWords.Tree.From(text, at, end).Meaning is { IsTopic: false };
}
