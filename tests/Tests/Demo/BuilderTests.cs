using System.Security.Cryptography;
using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using ResourceHub.Host.Demo;
using ResourceHub.Host.Demo.Files;
using UglyToad.PdfPig;

namespace ResourceHub.Tests.Demo;

/// <summary>Every kind of file that the demonstration builds opens in readers that we did not write, and holds its words where they belong.</summary>
public sealed class BuilderTests
{
    private static readonly LessonFile Plan = new("圆的面积.docx", "圆的面积", "数学教研组", """
        # 圆的面积
        | 课题 | 圆的面积 | 学科 | 数学 |
        | 教学目标 | 会算圆的面积<br>会用公式 |
        ## 教学过程
        - 剪一剪 & 拼一拼
        ---
        第二页：面积 < 2r × 2r
        """);

    private static readonly LessonFile Deck = new("通分.pptx", "通分", "数学教研组", """
        # 通分
        - 公分母
        > 讲稿：先复习
        # 备用 {hidden}
        | 原分数 | 通分后 |
        |---|---|
        | 2/5 | 16/40 |
        """);

    private static readonly LessonFile Workbook = new("练习.xlsx", "练习", "数学教研组", """
        # 题目
        | 题号 | 题目 |
        | 1 | 1/2 和 2/3 通分 |
        # 答案
        | 1 | 3/6 和 4/6 |
        """);

    private static readonly LessonFile Page = new("短文.pdf", "短文（上）", "语文教研组", """
        # 山行 Mountain Walk
        ^ 远上寒山石径斜，白云生处有人家。
        25 °C × 4 = 100，速度是 5 m/s。
        | 字 | 意思 |
        |---|---|
        | 斜 | 伸向远方 |
        ---
        第二页的话
        """);

    private static readonly LessonFile Video = new("微课.mp4", "静夜思", "语文教研组", """
        # 读诗
        - 床前明月光
        [0:00] 床前明月光，疑是地上霜。
        # 想月亮
        - 举头望明月
        [0:03] 举头望明月，低头思故乡。
        [0:06]
        """);

    [Fact]
    public async Task A_plan_is_a_valid_Word_document_with_its_headings_table_and_pages()
    {
        await using var built = await BuildAsync(Plan);
        using var word = WordprocessingDocument.Open(built, false);
        Assert.Empty(new OpenXmlValidator().Validate(word).Select(e => $"{e.Part?.Uri} {e.Path?.XPath} {e.Description}"));
        var body = word.MainDocumentPart!.Document!.Body!;
        Assert.Contains("剪一剪 & 拼一拼", body.InnerText);
        Assert.Contains("面积 < 2r × 2r", body.InnerText);
        Assert.Equal("第二页：面积 < 2r × 2r", Assert.Single(body.Descendants<DocumentFormat.OpenXml.Wordprocessing.PageBreakBefore>()).Ancestors<DocumentFormat.OpenXml.Wordprocessing.Paragraph>().Single().InnerText);
        Assert.Equal(6, body.Descendants<DocumentFormat.OpenXml.Wordprocessing.TableCell>().Count());
        Assert.Equal("圆的面积", word.PackageProperties.Title);
    }

    [Fact]
    public async Task Slides_are_a_valid_presentation_with_notes_tables_and_hidden_slides()
    {
        await using var built = await BuildAsync(Deck);
        using var deck = PresentationDocument.Open(built, false);
        Assert.Empty(new OpenXmlValidator().Validate(deck).Select(e => $"{e.Part?.Uri} {e.Path?.XPath} {e.Description}"));
        var main = deck.PresentationPart!;
        var slides = main.Presentation!.SlideIdList!.Elements<DocumentFormat.OpenXml.Presentation.SlideId>().Select(id => (SlidePart)main.GetPartById(id.RelationshipId!)).ToList();
        Assert.Equal(2, slides.Count);
        Assert.Contains("公分母", slides[0].Slide!.InnerText);
        Assert.Contains("讲稿：先复习", slides[0].NotesSlidePart!.NotesSlide!.InnerText);
        Assert.Null(slides[0].Slide!.Show);
        Assert.False(slides[1].Slide!.Show!.Value);
        Assert.Contains("16/40", slides[1].Slide!.InnerText);
    }

    [Fact]
    public async Task A_workbook_is_valid_and_keeps_its_sheets_apart()
    {
        await using var built = await BuildAsync(Workbook);
        using var book = SpreadsheetDocument.Open(built, false);
        Assert.Empty(new OpenXmlValidator().Validate(book).Select(e => $"{e.Part?.Uri} {e.Path?.XPath} {e.Description}"));
        Assert.Equal(["题目", "答案"], book.WorkbookPart!.Workbook!.Sheets!.Elements<DocumentFormat.OpenXml.Spreadsheet.Sheet>().Select(s => s.Name!.Value!));
        Assert.Contains("1/2 和 2/3 通分", book.WorkbookPart.SharedStringTablePart!.SharedStringTable!.InnerText);
    }

    [Fact]
    public async Task A_page_of_a_PDF_says_in_Chinese_and_English_what_was_written()
    {
        await using var built = await BuildAsync(Page);
        using var pdf = PdfDocument.Open(built);
        Assert.Equal(2, pdf.NumberOfPages);
        Assert.Equal("短文（上）", pdf.Information.Title);
        var text = pdf.GetPage(1).Text.Replace(" ", "");
        Assert.Contains("远上寒山石径斜，白云生处有人家。", text);
        Assert.Contains("MountainWalk", text);
        Assert.Contains("25°C×4=100，速度是5m/s。", text);
        Assert.Contains("伸向远方", text);
        Assert.Contains("第二页的话", pdf.GetPage(2).Text);
    }

    [Fact]
    public async Task Subtitles_last_until_the_next_ones_begin()
    {
        await using var built = await BuildAsync(Video with { Name = "微课.srt" });
        using var reader = new StreamReader(built, Encoding.UTF8);
        Assert.Equal("1\n00:00:00,000 --> 00:00:03,000\n床前明月光，疑是地上霜。\n\n2\n00:00:03,000 --> 00:00:06,000\n举头望明月，低头思故乡。\n\n", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task A_video_has_its_length_chapters_and_subtitles_or_is_left_out_where_there_is_no_ffmpeg()
    {
        await using var built = await LessonBuilder.TryBuildAsync(Video, default);
        if (Tool.Path("ffprobe") is null)
        {
            Assert.Null(built);
            return;
        }
        var path = Path.GetTempFileName();
        await using (var file = File.Create(path)) await built!.CopyToAsync(file);
        var seen = await Tool.SaysAsync("ffprobe", "-v", "error", "-show_entries", "format=duration:format_tags=title:stream=codec_name:chapter_tags=title", "-show_chapters", "-of", "flat", path);
        File.Delete(path);
        Assert.Contains("format.duration=\"6.", seen);
        Assert.Contains("\"mov_text\"", seen);
        Assert.Contains("format.tags.title=\"静夜思\"", seen);
        Assert.Contains("chapters.chapter.1.tags.title=\"想月亮\"", seen);
    }

    public static TheoryData<string> Kinds => [.. new[] { Plan, Deck, Workbook, Page, Video }.Select(f => f.Name)];

    [Theory, MemberData(nameof(Kinds))]
    public async Task The_same_lesson_gives_the_same_bytes(string name)
    {
        var file = new[] { Plan, Deck, Workbook, Page, Video }.Single(f => f.Name == name);
        Assert.Equal(await HashAsync(file), await HashAsync(file));
    }

    private static async Task<string> HashAsync(LessonFile file)
    {
        await using var built = await LessonBuilder.TryBuildAsync(file, default);
        return built is null ? "left out" : Convert.ToHexString(await SHA256.HashDataAsync(built));
    }

    private static async Task<Stream> BuildAsync(LessonFile file) => (await LessonBuilder.TryBuildAsync(file, default))!;
}
