using System.Buffers;

namespace ResourceHub.Core.Text;

/// <summary>
/// Numbers of grades, units, lessons and volumes in one form, for looking: 第3单元 → 第三单元, 7年级, 初1 and 初一 → 七年级, 10年级 and 高1 → 高一, 必修2 → 必修二. Chinese digits,
/// because they are read in pairs with what stands beside them. Numbers of anything else stay: 第3题, 3.5米, 大年初一, 最初一段.
/// </summary>
internal static class SchoolNumbers
{
    private const string Digits = "一二三四五六七八九";

    /// <summary>Where a change may begin.</summary>
    private static readonly SearchValues<char> Beginnings = SearchValues.Create("0123456789初高十");

    /// <summary>What is counted with 第 before the number.</summary>
    private static readonly string[] Parts = ["单元", "课时", "教时", "学期", "学段", "课", "章", "节", "册", "讲"];

    /// <summary>What is counted without it, too.</summary>
    private static readonly string[] PlainParts = ["单元", "课时"];

    /// <summary>What follows a grade: a subject, a term, a class, a pupil. After any other character 初一 may be the first of a month or a piece of 最初一段.</summary>
    private static readonly SearchValues<char> AfterGrade = SearchValues.Create("数语英物化生地历政道科音美信体劳综心班上下学全新入升寒暑教课春秋复单");

    private static readonly SearchValues<char> AfterGradeAlone = SearchValues.Create(" \t\n()[]{}<>《》【】_-/、。·—,;!?");

    /// <summary>初 belongs to what stands before: the first of the month, the beginning of something.</summary>
    private static readonly SearchValues<char> OwnersOfBeginning = SearchValues.Create("最当起年月正大之太元原始本伊如旬期历夕旦节逢民清唐汉明宋廿");

    /// <summary>高 belongs to what stands before: 提高1个, 身高2米.</summary>
    private static readonly SearchValues<char> OwnersOfHeight = SearchValues.Create("提身最更增升拔抬海标长宽底边加跳米");

    /// <summary>May stand before a grade that nothing follows: 我上初一。</summary>
    private static readonly SearchValues<char> BeforeGradeAlone = SearchValues.Create("上读在从到至和与区市县校中版级");

    /// <summary>Stands between the two ends of 3-6年级.</summary>
    private static readonly SearchValues<char> Between = SearchValues.Create("-—–~至到、和及");

    /// <summary>What is to be written otherwise, in order; null when nothing is, as in nearly all texts.</summary>
    public static List<(int Start, int Length, string To)>? In(string text)
    {
        List<(int, int, string)>? changes = null;
        for (var i = text.AsSpan().IndexOfAny(Beginnings); i >= 0 && i < text.Length;)
        {
            var (length, to) = text[i] switch
            {
                '初' or '高' => Grade(text, i),
                '十' => TenAndMore(text, i),
                _ => Number(text, i),
            };
            if (to is not null) (changes ??= []).Add((i, length, to));
            i += length;
            var next = i < text.Length ? text.AsSpan(i).IndexOfAny(Beginnings) : -1;
            i = next < 0 ? -1 : i + next;
        }
        return changes;
    }

    /// <summary>初一, 初1, 高1, 初中一年级; 高一 stays what it is.</summary>
    private static (int, string?) Grade(string text, int at)
    {
        var isJunior = text[at] == '初';
        var digit = at + 1 < text.Length && text[at + 1] == '中' ? at + 2 : at + 1;
        if (digit >= text.Length || Value(text[digit]) is not (>= 1 and <= 3 and var number)) return (1, null);
        var isSaid = string.CompareOrdinal(text, digit + 1, "年级", 0, 2) == 0;
        if (digit > at + 1 && !isSaid) return (1, null);
        var end = isSaid ? digit + 3 : digit + 1;
        if (!isSaid && (!isJunior && !char.IsAsciiDigit(text[digit]) || !StandsAlone(text, at, end, isJunior ? OwnersOfBeginning : OwnersOfHeight))) return (1, null);
        return (end - at, isJunior ? $"{Digits[number + 5]}年级" : $"高{Digits[number - 1]}");
    }

    private static bool StandsAlone(string text, int start, int end, SearchValues<char> owners)
    {
        if (start > 0 && owners.Contains(text[start - 1])) return false;
        if (end < text.Length && AfterGrade.Contains(text[end])) return true;
        return (end == text.Length || AfterGradeAlone.Contains(text[end])) && (start == 0 || !char.IsLetterOrDigit(text[start - 1]) || BeforeGradeAlone.Contains(text[start - 1]));
    }

    /// <summary>十年级, 十一年级 and 十二年级 are 高一 to 高三.</summary>
    private static (int, string?) TenAndMore(string text, int at)
    {
        if (at > 0 && Digits.Contains(text[at - 1])) return (1, null);
        var number = at + 1 < text.Length && text[at + 1] is '一' or '二' ? Value(text[at + 1]) : 0;
        var end = at + (number > 0 ? 2 : 1);
        return string.CompareOrdinal(text, end, "年级", 0, 2) == 0 ? (end + 2 - at, $"高{Digits[number]}") : (1, null);
    }

    private static (int, string?) Number(string text, int at)
    {
        var end = EndOfNumber(text, at);
        if (end - at > 2 || IsFraction(text, at, end) || int.Parse(text.AsSpan(at, end - at)) is not (>= 1 and var number)) return (end - at, null);
        // The unit follows at once or behind the other end of a range.
        var last = end;
        if (last + 1 < text.Length && Between.Contains(text[last]) && char.IsAsciiDigit(text[last + 1]) && EndOfNumber(text, last + 1) is var other && other - last <= 3) last = other;
        var unit = SkipBlanks(text, last);
        if (Has(text, unit, "年级"))
            return number > 12 ? (end - at, null) : number >= 10 && last == end ? (unit + 2 - at, $"高{Digits[number - 10]}") : (end - at, Chinese(number));
        var before = SkipBlanksBack(text, at);
        // The first end of 第2-3课时 has 第 before it, the other one a number.
        var isCounted = before > 0 && text[before - 1] == '第' || at > 1 && Between.Contains(text[at - 1]) && char.IsAsciiDigit(text[at - 2]);
        if (Array.Exists(isCounted ? Parts : PlainParts, part => Has(text, unit, part))) return (end - at, Chinese(number));
        var isBook = before >= 2 && (string.CompareOrdinal(text, before - 2, "必修", 0, 2) == 0 || string.CompareOrdinal(text, before - 2, "选修", 0, 2) == 0);
        return isBook && last == end && !(end < text.Length && text[end] is '-' or '.') ? (end - at, Chinese(number)) : (end - at, null);
    }

    private static string Chinese(int number) => (number / 10, number % 10) switch
    {
        (0, var ones) => Digits[ones - 1].ToString(),
        (1, 0) => "十",
        (1, var ones) => $"十{Digits[ones - 1]}",
        (var tens, 0) => $"{Digits[tens - 1]}十",
        (var tens, var ones) => $"{Digits[tens - 1]}十{Digits[ones - 1]}",
    };

    private static int Value(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : Digits.IndexOf(digit) + 1;

    private static int EndOfNumber(string text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        return at;
    }

    private static bool IsFraction(string text, int at, int end)
        => at > 1 && text[at - 1] is '.' or ',' or '/' or ':' && char.IsAsciiDigit(text[at - 2]) || end + 1 < text.Length && text[end] is '.' or ',' or '/' or ':' && char.IsAsciiDigit(text[end + 1]);

    private static bool Has(string text, int at, string word) => string.CompareOrdinal(text, at, word, 0, word.Length) == 0;

    private static int SkipBlanks(string text, int at)
    {
        while (at < text.Length && text[at] == ' ') at++;
        return at;
    }

    private static int SkipBlanksBack(string text, int at)
    {
        while (at > 0 && text[at - 1] == ' ') at--;
        return at;
    }
}
