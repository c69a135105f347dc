using System.Text;
using ResourceHub.Core.Files;
using Xunit;

namespace ResourceHub.Tests.Indexer;

public sealed class ExtractTests : IDisposable
{
    private readonly MadeFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void A_word_document_gives_its_text_by_page_with_title_and_author()
    {
        var body = MadeFiles.P("分数的意义", "1") + MadeFiles.P("把单位“1”平均分成若干份。")
            + MadeFiles.P("第二页说通分。", before: "<w:br w:type=\"page\"/>") + MadeFiles.P("仍是第二页。")
            + MadeFiles.P("第三页说约分。", before: "<w:lastRenderedPageBreak/>");
        var read = files.Read(MadeFiles.Docx(body, "<dc:title>分数</dc:title><dc:creator>江北区教研组</dc:creator>"), "a.docx");
        Assert.Equal(ExtractionState.Done, read.State);
        Assert.Equal("分数", read.Title);
        Assert.Equal(["江北区教研组"], read.Authors);
        Assert.Equal(3, read.PageCount);
        Assert.Equal("zh", read.Language);
        Assert.Equal(2, PageOf(read, "通分"));
        Assert.Equal(3, PageOf(read, "约分"));
        Assert.Equal("分数的意义", read.Sections.First(s => s.Text.Contains("平均分成")).Title);
    }

    [Fact]
    public void A_wanted_page_break_and_the_rendered_one_after_it_are_one_page()
    {
        var body = MadeFiles.P("一") + MadeFiles.P("", before: "<w:br w:type=\"page\"/>") + MadeFiles.P("二", before: "<w:lastRenderedPageBreak/>");
        var read = files.Read(MadeFiles.Docx(body), "a.docx");
        Assert.Equal(2, read.PageCount);
        Assert.Equal(2, PageOf(read, "二"));
    }

    [Fact]
    public void Without_page_breaks_no_page_is_claimed_but_a_program_s_own_count_is_taken()
    {
        var plain = files.Read(MadeFiles.Docx(MadeFiles.P("没有分页的教案")), "a.docx");
        Assert.Null(plain.PageCount);
        Assert.Equal(Location.None, plain.Sections.Single().Location);
        var counted = files.Read(MadeFiles.Docx(MadeFiles.P("没有分页的教案"), app: "<Pages>4</Pages><Characters>7</Characters>"), "a.docx");
        Assert.Equal(4, counted.PageCount);
    }

    [Fact]
    public void Deleted_and_hidden_words_and_pinyin_over_characters_are_not_read()
    {
        var body = "<w:p><w:del><w:r><w:delText>删去的话</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>移走的话</w:t></w:r></w:moveFrom>"
            + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏起的话</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>留下的话</w:t></w:r>"
            + "<w:r><w:ruby><w:rt><w:r><w:t>chūn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>春</w:t></w:r></w:rubyBase></w:ruby></w:r><w:r><w:t>晓</w:t></w:r></w:p>";
        Assert.Equal("留下的话春晓", files.Read(MadeFiles.Docx(body), "a.docx").Sections.Single().Text);
    }

    [Fact]
    public void A_table_s_cells_are_parted_by_tabs_and_its_rows_by_lines()
    {
        var read = files.Read(MadeFiles.Docx($"<w:tbl>{MadeFiles.Row("课题", "圆的面积")}{MadeFiles.Row("教学目标", "1. 理解\n2. 应用")}</w:tbl>"), "a.docx");
        Assert.Equal("课题\t圆的面积\n教学目标\t1. 理解\n2. 应用", read.Sections.Single().Text);
    }

    [Fact]
    public void A_document_with_macros_is_flagged()
    {
        var read = files.Read(MadeFiles.Docx(MadeFiles.P("有宏"), contentType: "application/vnd.ms-word.document.macroEnabled", more: ("word/vbaProject.bin", "x")), "a.docm");
        Assert.True(read.HasMacros);
        Assert.Equal("application/vnd.ms-word.document.macroEnabled.12", read.MediaType);
        Assert.NotEmpty(read.Warnings);
    }

    [Fact]
    public void A_presentation_gives_slides_as_shown_with_notes_and_flags_hidden_ones()
    {
        var read = files.Read(MadeFiles.Pptx([["异分母分数加减法", "先通分"], ["hidden:答案", "三分之二"], ["小结", "谢谢"]], notesOfFirst: "提醒学生找最小公倍数"), "a.pptx");
        Assert.Equal(3, read.SlideCount);
        Assert.Equal("异分母分数加减法", read.Title);
        Assert.Equal([("slide", 1, false), ("notes", 1, false), ("slide", 2, true), ("slide", 3, false)], read.Sections.Select(s => (s.Kind, s.Location.Slide!.Value, s.Hidden)));
        Assert.Equal("异分母分数加减法\n先通分", read.Sections[0].Text);
        Assert.Equal("提醒学生找最小公倍数", read.Sections[1].Text);
    }

    [Fact]
    public void A_workbook_gives_each_sheet_with_dates_as_dates()
    {
        var read = files.Read(MadeFiles.Xlsx(), "a.xlsx");
        Assert.Equal(["成绩", "备份"], read.Sections.Select(s => s.Location.Sheet));
        Assert.Equal("姓名\t总分\n小明\t0.3\t2025-01-01", read.Sections[0].Text);
        Assert.True(read.Sections[1].Hidden);
    }

    [Fact]
    public void A_pdf_gives_its_text_by_page()
    {
        var read = files.Read(MadeFiles.Pdf("Adding fractions", "Common denominator"), "a.pdf");
        Assert.Equal((ExtractionState.Done, "Fractions", 2), (read.State, read.Title, read.PageCount));
        Assert.Equal(2, PageOf(read, "Common denominator"));
    }

    [Fact]
    public void A_pdf_of_more_pages_than_are_read_is_refused_and_says_how_many_it_has()
    {
        var read = files.Read(MadeFiles.Pdf([.. Enumerable.Repeat("x", 2001)]), "a.pdf");
        Assert.Equal((ExtractionState.Refused, "too-large", 2001), (read.State, read.Reason, read.PageCount));
    }

    [Theory]
    [InlineData("<meta charset=\"iso-8859-1\">", "gb18030")]
    [InlineData("<meta charset=\"utf-8\">", "gb18030")]
    [InlineData("<meta charset=\"gb2312\">", "utf-8")]
    [InlineData("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=gbk\">", "gb18030")]
    [InlineData("", "gb18030")]
    public void A_web_page_is_read_right_even_where_its_declared_charset_lies(string declared, string really)
    {
        var page = $"<html><head>{declared}<title>植物的光合作用</title><script>var 脚本 = 1;</script></head><body><h1>光合作用</h1><p>叶绿体吸收<b>太阳</b>能，放出氧气。</p><ul><li>甲</li><li>乙</li></ul></body></html>";
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var read = files.Read(Encoding.GetEncoding(really).GetBytes(page), "a.html");
        Assert.Equal("植物的光合作用", read.Title);
        var text = string.Join('\n', read.Sections.Select(s => s.Text));
        Assert.Equal("光合作用\n叶绿体吸收太阳能，放出氧气。\n甲\n乙", text);
    }

    [Fact]
    public void A_page_nested_a_hundred_thousand_deep_is_read()
    {
        var read = files.Read("<html><body>" + string.Concat(Enumerable.Repeat("<div>", 100_000)) + "深处的文字", "a.html");
        Assert.Contains(read.Sections, s => s.Text.Contains("深处的文字"));
    }

    [Theory]
    [InlineData("1\n00:00:01,500 --> 00:00:03,000\n<i>同学们好</i>\n\n2\n01:00:04,000 --> 01:00:05,000\n今天学习\n光合作用\n", "a.srt", "application/x-subrip")]
    [InlineData("WEBVTT\n\nNOTE 说明\n\n00:01.500 --> 00:03.000\n<v 老师>同学们好\n\n01:00:04.000 --> 01:00:05.000\n今天学习\n光合作用", "a.vtt", "text/vtt")]
    public void Subtitles_give_each_cue_with_its_second(string text, string name, string mediaType)
    {
        var read = files.Read(text, name);
        Assert.Equal(mediaType, read.MediaType);
        Assert.Equal([(1.5, "同学们好"), (3604.0, "今天学习\n光合作用")], read.Sections.Select(s => (s.Location.Second!.Value, s.Text)));
    }

    [Fact]
    public void Markdown_headings_part_its_text()
    {
        var read = files.Read("# 水的循环\n\n蒸发。\n\n## 降水\n雨和雪。", "a.md");
        Assert.Equal("水的循环", read.Title);
        Assert.Equal(["水的循环", "降水"], read.Sections.Select(s => s.Title));
    }

    [Fact]
    public void A_table_of_commas_parts_cells_but_not_inside_quotes()
        => Assert.Equal("姓名\t评语\n小明\t 认真，勤奋, 好学", files.Read("姓名,评语\n小明,\"认真，勤奋, 好学\"", "a.csv").Sections.Single().Text);

    private static int? PageOf(Extraction read, string words) => read.Sections.First(s => s.Text.Contains(words)).Location.Page;
}
