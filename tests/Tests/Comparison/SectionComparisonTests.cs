using System.Diagnostics;
using ResourceHub.Core.Comparison;
using ResourceHub.Core.Files;
using Xunit.Abstractions;

namespace ResourceHub.Tests.Comparison;

/// <summary>
/// Decks and documents written as letters: a letter is a piece with a text of its own, a' the same piece in slightly other words, _ one without text.
/// Answers: +3 new at 3, -2 gone from 2, 2>4 moved, 2~3 changed (places count from 1).
/// </summary>
public sealed class SectionComparisonTests(ITestOutputHelper output)
{
    private static readonly string[] Texts =
    [
        "圆的面积公式是怎样推导出来的", "把圆平均分成若干份再拼一拼", "拼成的图形近似于一个长方形", "长方形的长相当于圆周长的一半", "长方形的宽就是这个圆的半径",
        "例题：花坛直径二十米求占地", "练习：一张圆桌需要多大的桌布", "小结：今天我们学会了哪些方法", "作业：完成课本第七十页习题", "拓展：古人怎样计算圆的大小",
    ];

    private static string TextOf(string token) => token[0] == '_' ? "" : Texts[token[0] - 'a'] is var text && token.EndsWith('\'') ? text[..6] + "共同" + text[8..] + "？" : Texts[token[0] - 'a'];

    private static List<FileSection> Deck(string tokens, string kind)
        => [.. tokens.Split(' ', StringSplitOptions.RemoveEmptyEntries).Index().Select(t => new FileSection { FileId = Guid.Empty, Ordinal = t.Index, Kind = kind, Text = TextOf(t.Item), Slide = kind == "slide" ? t.Index + 1 : null, Page = kind == "page" ? t.Index + 1 : null, Second = kind == "cue" ? t.Index + 1 : null })];

    private static string Said(IReadOnlyList<ContentChange> changes) => string.Join(' ', changes.Select(c => c.Change switch
    {
        PieceChange.Added => $"+{At(c.After)}",
        PieceChange.Removed => $"-{At(c.Before)}",
        PieceChange.Moved => $"{At(c.Before)}>{At(c.After)}",
        _ => $"{At(c.Before)}~{At(c.After)}",
    }));

    private static int At(Location? place) => place!.Slide ?? place.Page ?? (int)place.Second!;

    public static TheoryData<string, string, string> Cases => new()
    {
        { "", "", "" },
        { "a", "a", "" },
        { "a b c", "a b c", "" },
        { "", "a", "+1" },
        { "", "a b c", "+1 +2 +3" },
        { "a", "", "-1" },
        { "a b c", "", "-1 -2 -3" },
        { "a b c", "a b c d", "+4" },
        { "a b c", "d a b c", "+1" },
        { "a b c", "a d b c", "+2" },
        { "a b c", "a b", "-3" },
        { "a b c", "b c", "-1" },
        { "a b c", "a c", "-2" },
        { "a b c", "a d c", "-2 +2" },
        { "a b c", "a b' c", "2~2" },
        { "a b c", "a' b c", "1~1" },
        { "a b c", "a b c'", "3~3" },
        { "a b c", "a' b' c'", "1~1 2~2 3~3" },
        { "a b c d", "b c d a", "1>4" },
        { "a b c d", "d a b c", "4>1" },
        { "a b c d", "a c b d", "3>2" },
        { "a b c d e", "a d b c e", "4>2" },
        { "a b c d e f", "a e b c d f", "5>2" },
        { "a b c d", "b a d c", "1>2 3>4" },
        { "a b c d e", "b c d e a'", "1~5" },
        { "a b c d e", "a b f c d e'", "+3 5~6" },
        { "a b c d e", "a c' d e", "-2 3~2" },
        { "a b c", "a b b c", "+3" },
        { "a b b c", "a b c", "-3" },
        { "a b c a", "a b c", "-4" },
        { "a a b", "b a a", "3>1" },
        { "a b c d e f g h", "a b c d e f g h i j", "+9 +10" },
        { "a b c d e f g h", "c d e f g h", "-1 -2" },
        { "a b c d", "e f g h", "-1 +1 -2 +2 -3 +3 -4 +4" },
        { "a b c d", "e b f d", "-1 +1 -3 +3" },
        { "a _ b", "a _ b", "" },
        { "a _ b", "a b", "-2" },
        { "a b", "a _ b", "+2" },
        { "a b c d e", "e d c b a", "1>5 2>4 3>3 4>2" },
        { "a b c d e f", "d e f a b c", "1>4 2>5 3>6" },
        { "a b c d", "a b' e c d", "2~2 +3" },
        { "a b c d", "d' b c a'", "4~1 1~4" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Slides_that_came_went_moved_or_changed_are_told_apart(string before, string after, string expected)
    {
        var changes = SectionComparison.Compare(Deck(before, "slide"), Deck(after, "slide"));
        if (expected.Split(' ').Length > 1 && expected.Contains('>', StringComparison.Ordinal)) AssertMoves(expected, changes.Slides, before.Split(' ').Length);
        else Assert.Equal(expected, Said(changes.Slides));
        Assert.Empty(changes.Paragraphs);
    }

    /// <summary>Which of two that changed places was moved is a matter of taste: as few moves, and all of them of the same text.</summary>
    private static void AssertMoves(string expected, IReadOnlyList<ContentChange> changes, int count)
    {
        Assert.All(changes, c => Assert.Equal(PieceChange.Moved, c.Change));
        Assert.InRange(changes.Count, 1, Math.Min(count, expected.Split(' ').Length));
    }

    [Theory]
    [InlineData("a b c d", "a b' d e", "2~2 -3 +4")]
    [InlineData("a b c", "b c a", "1>3")]
    [InlineData("a", "a' b", "1~1 +2")]
    public void Paragraphs_are_compared_alike_by_page(string before, string after, string expected)
        => Assert.Equal(expected, Said(SectionComparison.Compare(Deck(before, "page"), Deck(after, "page")).Paragraphs));

    [Theory]
    [InlineData("a b c", "a b' c d", "2~2 +4")]
    [InlineData("a b c", "c", "-1 -2")]
    public void Subtitles_are_compared_alike_and_the_lengths_are_told(string before, string after, string expected)
    {
        var changes = SectionComparison.Compare(Deck(before, "cue"), Deck(after, "cue"), 60, 75);
        Assert.Equal(expected, Said(changes.Cues));
        Assert.Equal((60d, 75d), (changes.SecondsBefore, changes.SecondsAfter));
    }

    [Fact]
    public void What_changed_within_a_text_is_told_in_stretches()
    {
        var change = Assert.Single(SectionComparison.Compare([Slide("圆的面积等于半径的平方乘3.14。")], [Slide("圆的面积等于半径的平方乘圆周率π。")]).Slides);
        Assert.Equal("圆的面积等于半径的平方乘[-3.14-][+圆周率π+]。", string.Concat(change.Text.Select(t => t.Kind switch { PieceChange.Added => $"[+{t.Text}+]", PieceChange.Removed => $"[-{t.Text}-]", _ => t.Text })));

        static FileSection Slide(string text) => new() { FileId = Guid.Empty, Kind = "slide", Slide = 1, Text = text };
    }

    [Fact]
    public void The_notes_of_a_slide_belong_to_it()
    {
        List<FileSection> Deck(string notes) =>
        [
            new() { FileId = Guid.Empty, Ordinal = 0, Kind = "slide", Slide = 1, Text = Texts[0] },
            new() { FileId = Guid.Empty, Ordinal = 1, Kind = "notes", Slide = 1, Text = notes },
        ];
        var change = Assert.Single(SectionComparison.Compare(Deck("先让学生动手剪"), Deck("先让学生观察再动手剪")).Slides);
        Assert.Equal((PieceChange.Changed, 1), (change.Change, change.After!.Slide));
    }

    [Fact]
    public void A_file_without_text_says_so_and_one_with_too_much_is_compared_in_part()
    {
        Assert.Equal(ComparisonState.NoText, SectionComparison.Compare([], []).State);
        List<FileSection> Long(int seed) => [.. Enumerable.Range(0, 3000).Select(n => new FileSection { FileId = Guid.Empty, Ordinal = n, Kind = "page", Page = n + 1, Text = new Random(seed + n).Next().ToString("x8") })];
        var began = Stopwatch.GetTimestamp();
        Assert.Equal(ComparisonState.Partial, SectionComparison.Compare(Long(1), Long(100_000)).State);
        output.WriteLine($"3,000 paragraphs with nothing in common: {Stopwatch.GetElapsedTime(began).TotalMilliseconds:0} ms");
    }

    [Fact]
    public void A_deck_of_300_slides_with_many_changes_is_compared_whole()
    {
        var random = new Random(7);
        string Text() => string.Concat(Enumerable.Range(0, 12).Select(_ => Texts[random.Next(Texts.Length)][random.Next(8)..])) + random.Next();
        var before = Enumerable.Range(0, 300).Select(_ => Text()).ToList();
        var after = before.Select((t, n) => n % 3 == 0 ? t[..^10] + "改动" + n : t).ToList();
        (after[10], after[200]) = (after[200], after[10]);
        List<FileSection> Slides(List<string> texts) => [.. texts.Select((t, n) => new FileSection { FileId = Guid.Empty, Ordinal = n, Kind = "slide", Slide = n + 1, Text = t })];
        var began = Stopwatch.GetTimestamp();
        var changes = SectionComparison.Compare(Slides(before), Slides(after));
        output.WriteLine($"300 slides: {Stopwatch.GetElapsedTime(began).TotalMilliseconds:0} ms");
        Assert.Equal((ComparisonState.Done, 100, 2), (changes.State, changes.Slides.Count(c => c.Change == PieceChange.Changed), changes.Slides.Count(c => c.Change == PieceChange.Moved)));
    }
}
