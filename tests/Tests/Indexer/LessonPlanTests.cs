using ResourceHub.Core.Files;
using Xunit;

namespace ResourceHub.Tests.Indexer;

public sealed class LessonPlanTests : IDisposable
{
    private readonly MadeFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void A_plan_in_a_table_offers_what_its_cells_say()
    {
        var table = "<w:tbl>" + MadeFiles.Row("课　题", "圆的面积", "课时", "第1课时") + MadeFiles.Row("学科", "数学", "年级", "六年级（2）班")
            + MadeFiles.Row("教材版本", "西师版", "册次", "上册") + MadeFiles.Row("教学目标", "1. 理解圆的面积公式。\n2. 会计算圆的面积。")
            + MadeFiles.Row("教学重点", "圆的面积公式") + MadeFiles.Row("教学难点", "公式的推导") + MadeFiles.Row("教学准备", "圆形纸片")
            + MadeFiles.Row("教学过程", "一、复习导入\n二、探究新知\n三、巩固练习") + MadeFiles.Row("板书设计", "S=πr²") + "</w:tbl>";
        var read = files.Read(MadeFiles.Docx(MadeFiles.P("教学设计") + table), "未命名.docx");
        Assert.Equal(("圆的面积", "table"), Of(read, "title"));
        Assert.Equal(("mathematics", "table"), Of(read, "subject"));
        Assert.Equal(("g6", "table"), Of(read, "grade"));
        Assert.Equal(("swu", "table"), Of(read, "edition"));
        Assert.Equal(("upper", "table"), Of(read, "volume"));
        Assert.Equal(("第1课时", "table"), Of(read, "period"));
        Assert.Equal("1. 理解圆的面积公式。\n2. 会计算圆的面积。", Of(read, "objectives").Value);
        Assert.Equal("圆的面积公式\n公式的推导", Of(read, "keyPoints").Value);
        Assert.Equal("一、复习导入\n二、探究新知\n三、巩固练习", Of(read, "process").Value);
        Assert.Equal("六年级（2）班", read.Suggestions.First(s => s.Field == "grade").Words);
    }

    [Fact]
    public void A_plan_in_headings_and_lines_offers_what_they_say_with_the_place()
    {
        var body = MadeFiles.P("《观潮》教学设计") + MadeFiles.P("学科：语文　年级：四年级　教材版本：部编版　册次：上册") + MadeFiles.P("所属单元：第一单元")
            + MadeFiles.P("一、教学目标", "1") + MadeFiles.P("认识生字，感受大潮的壮观。")
            + MadeFiles.P("二、教学重难点", "1") + MadeFiles.P("体会作者按顺序观察的方法。")
            + MadeFiles.P("三、教学过程", "1", "<w:br w:type=\"page\"/>") + MadeFiles.P("（一）谈话导入", "1") + MadeFiles.P("（二）初读课文", "1") + MadeFiles.P("四、教学反思", "1") + MadeFiles.P("略");
        var read = files.Read(MadeFiles.Docx(body), "1.docx");
        Assert.Equal(("观潮", "heading"), Of(read, "title"));
        Assert.Equal(("lesson-plan", "heading"), Of(read, "kind"));
        Assert.Equal(("chinese", "text"), Of(read, "subject"));
        Assert.Equal(("g4", "text"), Of(read, "grade"));
        Assert.Equal(("unified", "text"), Of(read, "edition"));
        Assert.Equal(("upper", "text"), Of(read, "volume"));
        Assert.Equal(("第一单元", "text"), Of(read, "unit"));
        Assert.Equal(("认识生字，感受大潮的壮观。", "heading"), Of(read, "objectives"));
        Assert.Equal("体会作者按顺序观察的方法。", Of(read, "keyPoints").Value);
        Assert.Equal("（一）谈话导入\n（二）初读课文", Of(read, "process").Value);
        Assert.Equal(2, read.Suggestions.First(s => s.Field == "process").Location.Page);
    }

    [Fact]
    public void A_plan_as_plain_text_and_a_header_row_with_values_below_are_understood()
    {
        var text = files.Read("课题：二次函数的图象\n授课年级：初三\n教材：人教版九年级上册\n【教学目标】\n会画图象。\n【教学过程】\n复习。", "a.txt");
        Assert.Equal(("二次函数的图象", "text"), Of(text, "title"));
        Assert.Equal(("g9", "text"), Of(text, "grade"));
        Assert.Equal(("pep", "text"), Of(text, "edition"));
        Assert.Equal(("upper", "text"), Of(text, "volume"));
        Assert.Equal("会画图象。", Of(text, "objectives").Value);
        var header = files.Read(MadeFiles.Docx($"<w:tbl>{MadeFiles.Row("课题", "学科", "年级")}{MadeFiles.Row("浮力", "物理", "八年级")}</w:tbl>"), "a.docx");
        Assert.Equal(("浮力", "table"), Of(header, "title"));
        Assert.Equal(("physics", "table"), Of(header, "subject"));
        Assert.Equal(("g8", "table"), Of(header, "grade"));
    }

    [Theory]
    [InlineData("六年级上册 圆的面积 教学设计.docx", "grade=g6 volume=upper kind=lesson-plan title=圆的面积")]
    [InlineData("【人教版】小学数学六年级上册《圆的面积》课件.pptx", "grade=g6 volume=upper edition=pep subject=mathematics kind=slides title=圆的面积")]
    [InlineData("五下数学 异分母分数加减法 导学案.docx", "grade=g5 volume=lower subject=mathematics kind=guided-sheet title=异分母分数加减法")]
    [InlineData("高一必修第一册 集合的概念 第1课时 学习任务单.pdf", "grade=g10 volume=required-1 kind=task-sheet period=第1课时 title=集合的概念")]
    [InlineData("部编版语文四年级上册第一单元 观潮 教案.docx", "grade=g4 volume=upper edition=unified subject=chinese kind=lesson-plan unit=第一单元 title=观潮")]
    [InlineData("初二物理_浮力_微课.mp4", "grade=g8 subject=physics kind=video-lesson title=浮力")]
    [InlineData("大自然的语言.docx", "title=大自然的语言")]
    [InlineData("重庆市江北区新村实验小学 春季运动会方案.docx", "")]
    [InlineData("IMG_20240312_101523.jpg", "")]
    [InlineData("scan0001.pdf", "")]
    public void A_file_name_offers_what_it_says(string name, string expected)
    {
        var read = files.Read("正文", name);
        var offered = read.Suggestions.ToDictionary(s => s.Field, s => s.Value);
        foreach (var pair in expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=')))
            Assert.Equal(pair[1], offered.GetValueOrDefault(pair[0]));
        // Nothing but a title may be offered beyond what the name says.
        var known = expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=')[0]).ToHashSet();
        Assert.Empty(offered.Keys.Except(known).Except(["title"]));
        Assert.All(read.Suggestions, s => Assert.Equal("fileName", s.From));
    }

    [Fact]
    public void A_text_that_is_no_plan_offers_nothing()
    {
        var read = files.Read("春天来了。\n小鸟在树上唱歌，年级里的同学们都来听。\n老师说：课题研究很有意思。\n目标明确，重点突出。", "a.txt");
        Assert.Empty(read.Suggestions);
    }

    private static (string Value, string From) Of(Extraction read, string field)
        => read.Suggestions.FirstOrDefault(s => s.Field == field) is { } s ? (s.Value, s.From) : ("", "");
}
