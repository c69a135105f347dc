using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using ResourceHub.Core.Catalogue;
using ResourceHub.Host.Catalogue;
using ResourceHub.Web.Hub;

namespace ResourceHub.Tests.Web;

/// <summary>Lessons, textbooks and what changed between two schools, as pages show them.</summary>
public sealed class LessonPageTests(SharingHub hub) : IClassFixture<SharingHub>, IAsyncLifetime
{
    private string lesson = "";
    private string open = "";

    public async Task InitializeAsync()
    {
        await CatalogueSamples.LoadAsync(hub.App.Services.GetRequiredService<CatalogueImport>(), default);
        open = await FiledAsync("圆的面积 课件", "slides", "PUBLIC");
        var closed = await FiledAsync("圆的面积 校内练习", "exercises", "SCHOOL");
        var plan = await FiledAsync("圆的面积 教学设计", "lesson-plan", "PUBLIC");
        object[] parts = [new { kind = "plan", resourceId = plan }, new { kind = "exercises", resourceId = closed }, new { kind = "slides", resourceId = open }];
        lesson = await ChangeAsync("createLesson", "lesson",
            new { schoolId = hub.Own, title = "圆的面积", grade = "g6", subject = "mathematics", edition = "pep", chapter = "圆的面积", period = "第1课时", type = "NEW", objectives = new[] { "会推导圆的面积公式" }, parts });
        await ChangeAsync("publishLesson", "lesson", new { lessonId = lesson, visibility = "PUBLIC" });
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_lesson_shows_its_parts_in_order_its_place_in_the_book_and_how_much_is_not_shared()
    {
        var page = await hub.Stranger.OpenAsync("/lessons/" + lesson);
        Assert.Equal("圆的面积", page.Document.QuerySelector("h1")!.TextContent);
        foreach (var said in new[] { SharingHub.OwnName, "新授课", "第1课时", "会推导圆的面积公式", "六年级", "人教版", "另有 1 份材料没有对您开放" }) Assert.Contains(said, page.Text);
        Assert.Equal(["圆的面积 教学设计", "圆的面积 课件"], page.Document.QuerySelectorAll(".parts a").Select(a => a.TextContent));
        Assert.DoesNotContain("校内练习", page.Html);
        using var pack = await hub.Stranger.Client.GetAsync(page.Document.QuerySelector("a[download]")!.GetAttribute("href"));
        Assert.Equal("application/zip", pack.Content.Headers.ContentType!.MediaType);
        Assert.Equal(3, (await hub.Teacher.OpenAsync("/lessons/" + lesson)).Document.QuerySelectorAll(".parts li").Length);
    }

    [Fact]
    public async Task A_lesson_that_is_a_draft_or_none_is_not_there()
    {
        var draft = await ChangeAsync("createLesson", "lesson", new { schoolId = hub.Own, title = "没有发布的课", grade = "g6", subject = "mathematics" });
        foreach (var id in new[] { draft, open, "nonsense" })
        {
            var page = await hub.Stranger.OpenAsync("/lessons/" + id);
            Assert.Equal(404, page.Status);
            Assert.DoesNotContain("没有发布的课", page.Html);
        }
    }

    [Fact]
    public async Task A_teacher_walks_from_the_books_to_a_chapter_its_lessons_and_the_same_in_other_editions()
    {
        var books = await hub.Stranger.OpenAsync((await hub.Stranger.OpenAsync("/")).Link("教材目录") + "?edition=pep&subject=mathematics&grade=g6");
        Assert.DoesNotContain("北师大版数学", books.Text);
        var book = await hub.Stranger.OpenAsync(books.Link("人教版数学六年级上册"));
        var chapter = await hub.Stranger.OpenAsync(book.Document.QuerySelectorAll(".tree a").Single(a => a.TextContent == "圆的面积").GetAttribute("href")!);
        Assert.Equal("人教版数学六年级上册", chapter.Document.QuerySelectorAll(".crumbs a")[1].TextContent);
        Assert.Contains("圆的面积 课件", chapter.Titles);
        Assert.DoesNotContain("圆的面积 校内练习", chapter.Titles);
        Assert.Contains("/lessons/" + lesson, chapter.Document.QuerySelectorAll(".card a").Select(a => a.GetAttribute("href")));
        Assert.Contains("北师大版", chapter.Document.QuerySelector("aside")!.TextContent);
        var filed = (await hub.Stranger.OpenAsync("/resources/" + open)).Document.QuerySelectorAll(".meta a").Single(a => a.TextContent == "圆的面积");
        Assert.Equal(chapter.Titles, (await hub.Stranger.OpenAsync(filed.GetAttribute("href")!)).Titles);
        Assert.Equal(404, (await hub.Stranger.OpenAsync("/catalogue/nonsense")).Status);
    }

    [Fact]
    public async Task The_documents_of_lessons_and_textbooks_are_within_the_limits_for_anybody()
    {
        var books = await hub.App.QueryAsync(Documents.Of("Catalogue"), new { subject = "mathematics", lang = "en" });
        var book = books.GetProperty("catalogue").GetProperty("nodes")[0].GetProperty("id").GetString();
        foreach (var (name, id) in new[] { ("Chapter", book), ("Lesson", lesson) })
        {
            var answer = await hub.App.AskAsync(Documents.Of(name), new { id, lang = "en" });
            Assert.False(answer.TryGetProperty("errors", out var errors), $"{name}: {errors}");
        }
    }

    [Fact]
    public async Task What_the_source_changed_is_taken_or_declined_by_the_copys_school_and_shown_to_both_and_nobody_else()
    {
        var (source, copy) = await AdaptedAsync("《比例》教学设计");
        await SayAsync(source, new { description = "加了分层练习", grades = new[] { "g5" } });
        Assert.EndsWith("/changes", (await hub.PartnerTeacher.OpenAsync(copy)).Link("看改了什么"));
        Assert.Equal(copy + "/changes", (await hub.Teacher.OpenAsync("/resources/" + source)).Link("看改了什么"));
        var page = await hub.PartnerTeacher.OpenAsync(copy + "/changes");
        Assert.Contains("加了分层练习", page.Document.QuerySelectorAll("ins").Select(i => i.TextContent));
        Assert.Contains("五年级", page.Document.QuerySelectorAll("ins").Select(i => i.TextContent));

        var taken = await hub.PartnerTeacher.SendAsync(copy + "/changes", "take", ("for", "field:Description"));
        Assert.Contains("已采纳", taken.Document.QuerySelector(".changes .good")!.TextContent);
        Assert.Contains("加了分层练习", (await hub.PartnerTeacher.OpenAsync(copy)).Text);
        var declined = await hub.PartnerTeacher.SendAsync(copy + "/changes", "decline", ("for", "field:Grades"));
        Assert.Contains("不采纳", declined.Document.QuerySelector(".changes .warn")!.TextContent);
        Assert.Empty(declined.Document.QuerySelectorAll("input[name=do][value=decline]"));

        var theirs = await hub.Teacher.OpenAsync(copy + "/changes");
        Assert.Equal(404, (await hub.Stranger.OpenAsync(copy + "/changes")).Status);
        Assert.Empty(theirs.Document.QuerySelectorAll("main form"));
    }

    [Fact]
    public async Task Where_both_schools_changed_a_field_both_stand_side_by_side()
    {
        var (source, copy) = await AdaptedAsync("《统计》教学设计");
        await SayAsync(copy.Split('/')[^1], new { description = "巴中的说明" });
        await SayAsync(source, new { description = "江北的说明" });
        var page = await hub.PartnerTeacher.OpenAsync(copy + "/changes");
        var both = page.Document.QuerySelectorAll(".before-after > div");
        Assert.Contains("巴中的说明", both[0].TextContent);
        Assert.Contains("江北的说明", both[1].TextContent);
        Assert.Contains("不会自动合并", page.Text);
        Assert.Contains("江北的说明", (await hub.PartnerTeacher.SendAsync(copy + "/changes", "take", ("for", "field:Description"))).Text);
    }

    [Theory]
    [InlineData("zh-CN", 1280, ColorScheme.Light)]
    [InlineData("en", 360, ColorScheme.Dark)]
    public async Task Axe_finds_nothing_on_lessons_textbooks_and_changes(string lang, int width, ColorScheme colours)
    {
        var (source, copy) = await AdaptedAsync($"《数轴》教学设计 {lang}");
        await hub.App.AttachAsync(source, "先画数轴\n再标出原点和单位长度\n最后比较大小"u8.ToArray(), "教案.txt");
        await SayAsync(copy.Split('/')[^1], new { title = "《数轴》（改编）", description = "巴中的说明" });
        await SayAsync(source, new { description = "江北的说明", keywords = new[] { "数轴" } });
        await hub.App.IdleAsync();
        var books = await hub.Stranger.OpenAsync("/catalogue?edition=pep&subject=mathematics&grade=g6");
        var book = books.Link("人教版数学六年级上册");
        var chapter = (await hub.Stranger.OpenAsync(book)).Link("圆的面积");
        await using var chromium = await Chromium.StartAsync();
        var page = await chromium.WindowAsync(hub.App, width: width, colours: colours, ownPolicy: false);
        await page.GotoAsync($"/sign-in?lang={lang}");
        await page.SignInAsync(hub.PartnerTeacher);
        foreach (var address in new[] { "/lessons/" + lesson, "/catalogue", "/catalogue?edition=none", book, chapter, copy, copy + "/changes" })
        {
            Assert.Equal(200, (await page.GotoAsync(address))!.Status);
            await page.IsSoundAsync();
        }
    }

    private async Task<string> FiledAsync(string title, string kind, string visibility)
    {
        var id = await ChangeAsync("createResource", "resource", new { schoolId = hub.Own, title, kind, licence = "cc-by", stage = "primary", subject = "mathematics", grades = new[] { "g6" }, edition = "pep", chapter = "圆的面积" });
        await hub.App.AttachAsync(id, Encoding.UTF8.GetBytes(title), title + ".txt");
        await hub.App.PublishAsync(id, visibility);
        return id;
    }

    /// <summary>A source that is shared with the partner, and the address of the copy that its teacher made.</summary>
    private async Task<(string Source, string Copy)> AdaptedAsync(string title)
    {
        var source = await ChangeAsync("createResource", "resource", new { schoolId = hub.Own, title, kind = "lesson-plan", licence = "cc-by", stage = "primary", subject = "mathematics", grades = new[] { "g6" } });
        await ChangeAsync("shareResource", "resource", new { resourceId = source, partnershipIds = new[] { hub.Partnership } });
        var adapted = await hub.PartnerTeacher.SendAsync($"/resources/{source}/adapt", "adapt", ("title", title + "（改编）"));
        var copy = adapted.Address.Split('?')[0];
        await ChangeAsync("shareResource", "resource", new { resourceId = copy.Split('/')[^1], partnershipIds = new[] { hub.Partnership } });
        return (source, copy);
    }

    private Task<string> SayAsync(string id, object said)
    {
        var input = JsonSerializer.SerializeToNode(said)!.AsObject();
        input["resourceId"] = id;
        return ChangeAsync("updateResource", "resource", input);
    }

    private async Task<string> ChangeAsync(string mutation, string of, object input)
    {
        var type = char.ToUpperInvariant(mutation[0]) + mutation[1..];
        var done = (await hub.App.QueryAsync($"mutation($input: {type}Input!) {{ {mutation}(input: $input) {{ {of} {{ id }} errors {{ code message }} }} }}", new { input }, HubApp.AdminKey)).GetProperty(mutation);
        return done.GetProperty(of).GetProperty("id").GetString()!;
    }
}
