using ResourceHub.Core.Search.Understanding;

namespace ResourceHub.Tests.Search;

public sealed class UnderstandingTests
{
    private static readonly WordTree<FilingWord> Schools = MakeSchools();

    [Theory]
    [InlineData("七上 人教 有理数 课件", "g7 upper pep slides", "有理数")]
    [InlineData("七上人教有理数课件", "g7 upper pep slides", "有理数")]
    [InlineData("初一上册人教版数学有理数PPT", "g7 upper pep mathematics slides", "有理数")]
    [InlineData("７年级（上）数学 有理数", "g7 upper mathematics", "有理数")]
    [InlineData("七年級數學上冊 有理數 教案", "g7 mathematics upper lesson-plan", "有理數")]
    [InlineData("6上 圆的面积", "g6 upper", "圆的面积")]
    [InlineData("六（下）圆柱的体积", "g6 lower", "圆柱的体积")]
    [InlineData("小学数学圆的面积教学设计", "primary mathematics lesson-plan", "圆的面积")]
    [InlineData("高一数学必修第一册函数", "g10 mathematics required-1", "函数")]
    [InlineData("高1 必修1 集合", "g10 required-1", "集合")]
    [InlineData("选择性必修第2册 圆锥曲线", "elective-required-2", "圆锥曲线")]
    [InlineData("西师大版 三年级 分数", "swu g3", "分数")]
    [InlineData("西南师大版三年级分数", "swu g3", "分数")]
    [InlineData("西师版分数", "swu", "分数")]
    [InlineData("部编版语文背影说课稿", "unified chinese lesson-talk", "背影")]
    [InlineData("统编 背影", "unified", "背影")]
    [InlineData("北师大版 三角形的内角和 微课", "bnu video-lesson", "三角形的内角和")]
    [InlineData("2025-2026学年第一学期七年级数学期末试卷", "2025-2026 upper g7 mathematics exam", "期末")]
    [InlineData("初中物理 浮力 实验", "junior physics experiment", "浮力")]
    [InlineData("大班语言 小猪佩奇", "big ps-language", "小猪佩奇")]
    [InlineData("中班科学", "middle ps-science", null)]
    [InlineData("数学", "mathematics", null)]
    [InlineData("grade 7 math fractions slides", "g7 mathematics slides", "fractions")]
    [InlineData("photosynthesis lesson plan", "lesson-plan", "photosynthesis")]
    [InlineData("7th grade science photosynthesis", "g7 science", "photosynthesis")]
    [InlineData("新村实验小学 通分", "school-1", "通分")]
    [InlineData("新村小学数学教案", "school-1 mathematics lesson-plan", null)]
    [InlineData("圆的面积", "", "圆的面积")]
    public void Filing_words_are_told_from_the_topic(string typed, string chips, string? rest)
    {
        var query = Read(typed);
        Assert.Equal(chips.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), query.Chips.Select(c => c.Field == ChipField.School ? "school-1" : c.Code).Order());
        Assert.Equal(rest, query.Rest);
    }

    [Theory]
    [InlineData("数学广角")]
    [InlineData("数学归纳法")]
    [InlineData("科学记数法")]
    [InlineData("科学家的故事")]
    [InlineData("社会主义核心价值观")]
    [InlineData("语言的魅力")]
    [InlineData("社会")]
    [InlineData("语言")]
    [InlineData("自然数")]
    [InlineData("大自然的语言")]
    [InlineData("化学反应")]
    [InlineData("历史的天空")]
    [InlineData("小学生作文")]
    [InlineData("高三角")]
    [InlineData("七上八下")]
    [InlineData("一下子")]
    [InlineData("三下乡")]
    [InlineData("小二黑结婚")]
    [InlineData("指南针")]
    [InlineData("新村幼儿园里的秋天")]
    [InlineData("《数学》")]
    [InlineData("《七年级》课件 的 故事", "slides")]
    [InlineData("青岛啤酒节")]
    [InlineData("why is history important")]
    [InlineData("science fiction")]
    [InlineData("can")]
    [InlineData("it")]
    [InlineData("12345年级")]
    public void A_topic_is_not_swallowed_because_it_looks_like_a_filing_word(string typed, string chips = "")
    {
        var query = Read(typed);
        Assert.Equal(chips, string.Join(' ', query.Chips.Select(c => c.Code)));
        if (chips == "") Assert.Equal(typed, query.Rest);
    }

    [Theory]
    [InlineData("光合作用实验", "experiment")]
    [InlineData("家庭作业", "homework-design")]
    [InlineData("七年级数学有理数怎么教？", "g7 mathematics")]
    [InlineData("高中生物中光合作用的实验步骤是什么", "")]
    [InlineData("七年级下学期期末复习阶段如何帮助学习有困难的学生提高计算能力", "g7 lower")]
    public void A_sentence_and_what_may_be_topic_stay_whole(string typed, string chips)
    {
        var query = Read(typed);
        Assert.Equal(chips, string.Join(' ', query.Chips.Select(c => c.Code)));
        Assert.Equal(typed, query.Rest);
    }

    [Fact]
    public void A_chip_that_is_turned_off_is_words_again_and_one_can_filter()
    {
        var query = Read("七上 有理数 课件", new(ChipField.Kind, "slides", ChipMode.Off), new(ChipField.Grade, "g7", ChipMode.Filter));
        Assert.Equal("有理数 课件", query.Rest);
        Assert.Equal([("g7", ChipMode.Filter, "七上"), ("upper", ChipMode.Boost, "七上")], query.Chips.Select(c => (c.Code, c.Mode, c.Words)));
        // 七上 says two things: without both it is words.
        Assert.Equal("七上 有理数 课件", Read("七上 有理数 课件", new(ChipField.Kind, "slides", ChipMode.Off), new(ChipField.Grade, "g7", ChipMode.Off), new(ChipField.Volume, "upper", ChipMode.Off)).Rest);
    }

    [Fact]
    public void A_school_year_is_from_August_to_July()
    {
        var (from, before) = Assert.Single(Read("2025—26学年 教研计划").Chips).Year!.Value;
        Assert.Equal(new DateTime(2025, 7, 31, 16, 0, 0, DateTimeKind.Utc), from);
        Assert.Equal(new DateTime(2026, 7, 31, 16, 0, 0, DateTimeKind.Utc), before);
        Assert.Empty(Read("2025-2031学年").Chips);
    }

    [Fact]
    public void Whatever_is_typed_is_read_and_nothing_is_lost()
    {
        var random = new Random(7);
        string[] pieces = ["七上", "人教", "课件", "数学", "圆", "(", "）", "《", "》", "\"", "\0", "\uD83D", "🧪", "‮", "2025-26学年", "小学", " ", "　", "grade 7", "é", "\u0301", "Ⅶ", "㊤", "的", "?", "七年級", new string('上', 40)];
        for (var i = 0; i < 5000; i++)
        {
            var typed = string.Concat(Enumerable.Range(0, 1 + random.Next(7)).Select(_ => pieces[random.Next(pieces.Length)]));
            var query = Read(typed);
            Assert.Equal(typed, query.Typed);
            Assert.All(query.Chips, c => Assert.Contains(c.Words, typed, StringComparison.Ordinal));
            if (query.Chips.Count == 0) Assert.Equal(typed, query.Rest);
        }
        Assert.Empty(Read(new string('七', 10_000)).Chips);
    }

    private static UnderstoodQuery Read(string typed, params ChipChoice[] choices) => QueryReading.Read(typed, Schools, choices);

    private static WordTree<FilingWord> MakeSchools()
    {
        var tree = new WordTree<FilingWord>();
        foreach (var name in (string[])["新村实验小学", "新村小学"]) tree.Add(name, new(ChipField.School, Guid.Empty.ToString("n"), Hold.Surely, Hold.Surely));
        tree.Add("一中", new(ChipField.School, Guid.Empty.ToString("n"), Hold.Alone, Hold.Alone));
        return tree;
    }
}
