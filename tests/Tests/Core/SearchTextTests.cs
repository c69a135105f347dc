using ResourceHub.Core.Text;

namespace ResourceHub.Tests.Core;

/// <summary>How text is folded for looking, and that every piece knows where it stood.</summary>
public sealed class SearchTextTests
{
    [Theory]
    [InlineData("頭髮與發展", "头发与发展")]
    [InlineData("皇后之後", "皇后之后")]
    [InlineData("公里裏面的裡程", "公里里面的里程")]
    [InlineData("乾燥的幹部", "干燥的干部")]
    [InlineData("乾隆與扭轉乾坤", "乾隆与扭转乾坤")]
    [InlineData("宫商角徵羽，徵求", "宫商角徵羽,征求")]
    [InlineData("瞭解瞭望臺", "了解瞭望台")]
    [InlineData("看著地圖顯著進步", "看着地图显着进步")]
    [InlineData("反覆鍛鍊憑藉", "反复锻炼凭借")]
    [InlineData("數學第３單元：圓的面積", "数学第三单元:圆的面积")]
    [InlineData("為什麼要學習歷史與曆法？", "为什么要学习历史与历法?")]
    public void Traditional_is_looked_up_as_Simplified(string text, string folded) => Assert.Equal(folded, SearchText.Of(text));

    [Theory]
    [InlineData("皇后骑了八里路到山谷，干部吃面，丑角松了口气，打坏了表，几个头发丝，乾隆年间，慰藉，复习，征程，余角")]
    [InlineData("制作准备、范围、系统、回复、占有、注意、欲望、苹果、白云、并且、上升、周期、杂志、采集、卷子、姜汁、胡子、克服、舍去、台风、坛子、体系、叶公、郁金香、只要、致密、种子、朱红、筑路")]
    public void Simplified_stays_what_it_is(string text) => Assert.Equal(text, Simplified.Of(text));

    [Theory]
    [InlineData("第3单元", "第三单元")]
    [InlineData("第 12 课时", "第 十二 课时")]
    [InlineData("第2-3课时", "第二-三课时")]
    [InlineData("第23课", "第二十三课")]
    [InlineData("第１０册", "第十册")]
    [InlineData("3单元复习", "三单元复习")]
    [InlineData("7年级", "七年级")]
    [InlineData("7-9年级", "七-九年级")]
    [InlineData("7、8 年级", "七、八 年级")]
    [InlineData("10年级数学", "高一数学")]
    [InlineData("十一年级", "高二")]
    [InlineData("初一数学", "七年级数学")]
    [InlineData("重庆初2物理", "重庆八年级物理")]
    [InlineData("初三（2）班", "九年级(2)班")]
    [InlineData("初一年级", "七年级")]
    [InlineData("初中三年级", "九年级")]
    [InlineData("我上初一。", "我上七年级。")]
    [InlineData("高1 语文", "高一 语文")]
    [InlineData("高2下册", "高二下册")]
    [InlineData("高3年级", "高三")]
    [InlineData("必修2", "必修二")]
    [InlineData("选择性必修 1", "选择性必修 一")]
    [InlineData("初一", "七年级")]
    public void Grades_units_and_volumes_are_looked_up_in_one_form(string text, string folded) => Assert.Equal(folded, SearchText.Of(text));

    [Theory]
    [InlineData("高一必修一第三单元第十二课时")]
    [InlineData("大年初一、正月初一、民国初三")]
    [InlineData("最初一段时间,当初一起,年初一季度,清初一位学者")]
    [InlineData("提高1个百分点,身高2米,高1.5米,高3厘米")]
    [InlineData("第3题,第12页,第1名,3.5,2026年9月1日,3课,第100课时")]
    [InlineData("选修3-1,1/2年级,0单元")]
    [InlineData("十年树木,二十年级差")]
    [InlineData("单价3元,第")]
    [InlineData("初")]
    public void Other_numbers_stay(string text) => Assert.Equal(text, SearchText.Of(text));

    [Fact]
    public void Every_piece_knows_where_it_stood()
    {
        var folded = SearchText.Fold("㎡的初一數學第12單元ﾊﾟ");
        Assert.Equal("m2的七年级数学第十二单元パ", folded.Text);
        Assert.Equal("初一", Original(folded, "七年级"));
        Assert.Equal("數學", Original(folded, "数学"));
        Assert.Equal("12", Original(folded, "十二"));
        Assert.Equal("單元", Original(folded, "单元"));
        Assert.Equal("㎡", Original(folded, "m2"));
        Assert.Equal("ﾊﾟ", Original(folded, "パ"));
    }

    [Fact]
    public void Whatever_is_folded_keeps_places_in_order_and_folding_again_changes_nothing()
    {
        var random = new Random(7);
        string[] pieces = ["初", "一", "二", "3", "12", "年级", "年級", "第", "单元", "單元", "高", "中", "课时", "-", " ", "必修", "十", "乾", "隆", "著", "瞭", "解", "㎡", "ﾊ", "ﾟ", "e", "\u0301", "數學", "。", "𠮷", "\uD800", "一年级", "7", "."];
        for (var round = 0; round < 5000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(9)).Select(_ => pieces[random.Next(pieces.Length)]));
            var folded = SearchText.Fold(text);
            Assert.Equal(SearchText.Of(text), folded.Text);
            Assert.Equal(SearchText.Of(folded.Text), SearchText.Of(SearchText.Of(folded.Text)));
            if (folded.Origins is not { } origins) continue;
            Assert.Equal(folded.Text.Length, origins.Count);
            for (var i = 0; i < origins.Count; i++)
            {
                Assert.InRange(origins[i].Start, i > 0 ? origins[i - 1].Start : 0, text.Length);
                Assert.InRange(origins[i].End, origins[i].Start, text.Length);
            }
        }
    }

    private static string Original(FoldedText folded, string piece)
    {
        var at = folded.Text.IndexOf(piece, StringComparison.Ordinal);
        var span = folded.OriginOf(at, at + piece.Length);
        return folded.Original[span.Start..span.End];
    }
}
