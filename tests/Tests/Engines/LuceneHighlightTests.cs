using ResourceHub.Core.Search;
using ResourceHub.Engines.Analysis;

namespace ResourceHub.Tests.Engines;

public sealed class LuceneHighlightTests
{
    private readonly Highlighter highlighter = new();

    [Theory]
    [InlineData("圆的面积", "怎样求圆的面积？", "怎样求[圆的面积]？")]
    [InlineData("面积", "圆的面积和长方形的面积", "圆的[面积]和长方形的[面积]")]
    [InlineData("圆", "圆明园里的圆。", "[圆]明园里的[圆]。")]
    [InlineData("高三数学", "高 三 数学（上）", "[高 三 数学]（上）")]
    [InlineData("ABC", "三角形ＡＢＣ全等", "三角形[ＡＢＣ]全等")]
    [InlineData("5m2", "面积是5㎡。", "面积是[5㎡]。")]
    [InlineData("ピアノ", "ﾋﾟｱﾉの練習", "[ﾋﾟｱﾉ]の練習")]
    [InlineData("study plants", "Studies of the Plant kingdom", "[Studies] of the [Plant] kingdom")]
    [InlineData("𠮷野家", "去𠮷野家吃饭", "去[𠮷野家]吃饭")]
    [InlineData("光合作用是什么", "什么是光合作用", "什么是[光合作用]")]
    [InlineData("cafe\u0301", "un café noir", "un [café] noir")]
    [InlineData("圆的面积", "怎樣求圓的面積？", "怎樣求[圓的面積]？")]
    [InlineData("圓的面積", "怎样求圆的面积？", "怎样求[圆的面积]？")]
    [InlineData("七年级数学", "这是初一數學，第12單元", "这是[初一數學]，第12單元")]
    [InlineData("第十二单元", "初一數學，第12單元的复习", "初一數學，[第12單元]的复习")]
    [InlineData("没有", "这里无此词", "这里无此词")]
    [InlineData("？！", "标点？！", "标点？！")]
    [InlineData("", "空问题", "空问题")]
    [InlineData("圆", "", "")]
    public void The_words_are_marked_in_the_original(string query, string text, string marked) => Assert.Equal(marked, Show(highlighter.Mark(query, text, 200)));

    [Fact]
    public void The_window_is_where_most_of_the_question_stands()
    {
        var text = new string('甲', 300) + "通分" + new string('乙', 300) + "先通分，再比较分数" + new string('丙', 300);
        var marked = highlighter.Mark("通分 比较分数", text, 100);
        Assert.Equal(100, marked.Text.Length);
        Assert.Contains("[通分]，再[比较分数]", Show(marked));
        Assert.Equal(marked.Text, text.Substring(marked.Start, marked.Text.Length));
    }

    [Fact]
    public void Whatever_is_marked_lies_in_the_window_in_order_and_cuts_no_character()
    {
        var random = new Random(3);
        string[] pieces = ["圆", "的", "面积", " ", "\n", "ＡＢ", "㎡", "ﾊﾟ", "e\u0301", "𠮷", "🧪", "\uD83D", "study", "3.14", "。", "ﬁ", "각", "\u1100\u1161", "，"];
        string Text(int most) => string.Concat(Enumerable.Range(0, random.Next(most)).Select(_ => pieces[random.Next(pieces.Length)]));
        for (var i = 0; i < 3000; i++)
        {
            var (query, text, window) = (Text(6), Text(120), 1 + random.Next(60));
            var marked = highlighter.Mark(query, text, window);
            Assert.InRange(marked.Text.Length, 0, window + 1);
            Assert.Equal(marked.Text, text.Substring(marked.Start, marked.Text.Length));
            var last = -1;
            foreach (var range in marked.Ranges)
            {
                Assert.True(range.Start > last && range.End > range.Start && range.End <= marked.Text.Length);
                last = range.End;
                foreach (var edge in (int[])[range.Start, range.End])
                    Assert.False(edge > 0 && edge < marked.Text.Length && char.IsHighSurrogate(marked.Text[edge - 1]) && char.IsLowSurrogate(marked.Text[edge]));
            }
        }
    }

    private static string Show(MarkedText marked)
    {
        var shown = marked.Text;
        foreach (var range in marked.Ranges.Reverse()) shown = shown.Insert(range.End, "]").Insert(range.Start, "[");
        return shown;
    }
}
