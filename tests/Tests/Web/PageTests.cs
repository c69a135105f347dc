using ResourceHub.Web.Hub;

namespace ResourceHub.Tests.Web;

public sealed class PageTests(TeachingHub hub) : IClassFixture<TeachingHub>
{
    [Fact]
    public async Task The_first_page_says_what_this_is_and_what_is_new()
    {
        var page = await hub.OpenAsync("/");
        Assert.Equal(200, page.Status);
        Assert.Equal("zh-CN", page.Document.DocumentElement.GetAttribute("lang"));
        Assert.Contains($"现有 {TeachingHub.Exercises + 6} 份公开资源", page.Text);
        Assert.Equal(6, page.Titles.Count);
        Assert.Equal("/search?stage=primary", page.Link("小学"));
        Assert.Contains(TeachingHub.School, page.Text);
    }

    [Fact]
    public async Task A_resource_page_shows_what_a_teacher_needs_to_decide()
    {
        var page = await hub.OpenAsync($"/resources/{hub.Slides}");
        Assert.Equal("《通分》课件", page.Document.QuerySelector("h1")!.TextContent);
        foreach (var said in new[] { TeachingHub.School, "小学", "五年级", "数学", "人教版", "下册", "公分母", "可以改编", "通分 课件.pptx", "4 张幻灯片", "文件里的文字已可搜索", "什么叫通分" })
            Assert.Contains(said, page.Text);
    }

    [Fact]
    public async Task The_download_button_gives_the_bytes_that_were_uploaded()
    {
        var page = await hub.OpenAsync($"/resources/{hub.Slides}");
        using var client = hub.App.Client();
        Assert.Equal(hub.SlidesBytes, await client.GetByteArrayAsync(page.Document.QuerySelector("a[download]")!.GetAttribute("href")));
    }

    [Fact]
    public async Task A_file_that_could_not_be_read_says_why_and_is_still_downloadable()
    {
        var page = await hub.OpenAsync($"/resources/{hub.Unreadable}");
        Assert.Contains("文件已损坏或不完整", page.Document.QuerySelector(".state.warn")!.TextContent);
        Assert.NotNull(page.Document.QuerySelector("a[download]"));
    }

    [Fact]
    public async Task A_place_that_is_not_in_the_file_is_said_to_be_gone()
        => Assert.Contains("没有在文件中找到这一处", (await hub.OpenAsync($"/resources/{hub.Slides}?file={hub.SlidesFile}&at=slide-99")).Text);

    [Theory]
    [InlineData("/resources/nonsense")]
    [InlineData("/resources/{draft}")]
    [InlineData("/resources/%3Cscript%3E")]
    [InlineData("/nothing/here")]
    [InlineData("/search/deeper")]
    public async Task What_is_absent_forbidden_or_mistyped_gets_the_same_page_in_words(string address)
    {
        var page = await hub.OpenAsync(address.Replace("{draft}", hub.Draft, StringComparison.Ordinal));
        Assert.Equal(404, page.Status);
        Assert.Contains("没有找到这个页面", page.Text);
        Assert.DoesNotContain("草稿", page.Text);
    }

    [Fact]
    public async Task The_language_is_switched_by_a_link_and_kept_by_a_cookie()
    {
        var chinese = await hub.OpenAsync("/search?q=通分&kind=slides");
        var english = await hub.OpenAsync(chinese.Link("English"));
        Assert.Equal("en", english.Document.DocumentElement.GetAttribute("lang"));
        Assert.Contains("1 resource for “通分”", english.Text);
        Assert.Contains("Mathematics", english.Text);
        Assert.Contains("Slide 3", english.Text);
        Assert.Equal("zh-CN", (await hub.OpenAsync($"/resources/{hub.Slides}?lang=en")).Document.QuerySelector("main header")!.GetAttribute("lang"));
        Assert.Matches("^lang=en; .*httponly", english.Headers["Set-Cookie"]);
        Assert.Contains("Recently updated", (await hub.OpenAsync("/", "lang=en")).Text);
        Assert.Contains("最近更新", (await hub.OpenAsync("/", "lang=tlh")).Text);
    }

    [Theory]
    [InlineData("/", "'self'")]
    [InlineData("/search?q=通分", "'self'")]
    [InlineData("/nothing", "'none'")]
    public async Task A_page_carries_no_script_but_the_one_for_suggestions_and_forbids_any_other(string address, string allowed)
    {
        var page = await hub.OpenAsync(address);
        Assert.Contains($"default-src 'self'; script-src {allowed};", page.Headers["Content-Security-Policy"]);
        Assert.Equal("nosniff", page.Headers["X-Content-Type-Options"]);
        Assert.Equal("Cookie", page.Headers["Vary"]);
        Assert.Equal(allowed == "'self'" ? 1 : 0, page.Document.QuerySelectorAll("script[src^='/suggest.js?v=']:empty").Length);
        Assert.Empty(page.Document.QuerySelectorAll("script:not([src^='/suggest.js?v=']), style, [style], iframe, object"));
        Assert.Single(page.Document.QuerySelectorAll("title"));
        Assert.Single(page.Document.QuerySelectorAll("h1"));
        Assert.DoesNotContain(page.Document.All.SelectMany(e => e.Attributes), a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("link[rel=stylesheet]", "text/css")]
    [InlineData("link[rel=icon]", "image/svg+xml")]
    public async Task The_style_sheet_and_the_icon_have_bytes_and_are_kept_by_browsers(string selector, string mediaType)
    {
        var address = (await hub.OpenAsync("/")).Document.QuerySelector(selector)!.GetAttribute("href");
        using var client = hub.App.Client();
        using var response = await client.GetAsync(address);
        Assert.Equal(mediaType, response.Content.Headers.ContentType!.MediaType);
        Assert.NotEmpty(await response.Content.ReadAsByteArrayAsync());
        Assert.True(response.Headers.CacheControl!.MaxAge > TimeSpan.FromDays(300));
        Assert.NotNull(response.Headers.ETag);
    }

    [Fact]
    public async Task Pages_say_so_when_the_API_does_not_answer()
    {
        await using var alone = await HubApp.StartAsync(new() { ["Roles"] = "Web", ["ApiAddress"] = "http://127.0.0.1:1" });
        using var client = alone.Client();
        foreach (var address in new[] { "/", "/search?q=通分&subject=chinese", "/resources/x" })
        {
            using var response = await client.GetAsync(address);
            Assert.Equal(503, (int)response.StatusCode);
            Assert.Contains("资源库暂时没有回应", await response.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Pages_work_in_a_process_of_their_own()
    {
        await using var pages = await HubApp.StartAsync(new() { ["Roles"] = "Web", ["ApiAddress"] = hub.App.Address.ToString(), ["PublicApiAddress"] = "https://api.example/" });
        using var client = pages.Client();
        Assert.Contains("通分 课件.pptx", await client.GetStringAsync("/search?q=公分母"));
        Assert.Contains("href=\"https://api.example/files/", await client.GetStringAsync($"/resources/{hub.Slides}"));
    }

    [Fact]
    public async Task The_documents_of_pages_that_anybody_may_open_are_within_the_limits_for_anybody()
    {
        var variables = new { id = hub.Slides, file = hub.SlidesFile, slide = 3, words = "通分", ids = new[] { hub.Slides }, text = "通分", filter = new { }, sort = "RELEVANCE", lang = "en" };
        foreach (var name in new[] { "Home", "Labels", "Me", "Passage", "Resource", "Search", "Vocabulary" })
        {
            var answer = await hub.App.AskAsync(Documents.Of(name), variables);
            Assert.False(answer.TryGetProperty("errors", out var errors), $"{name}: {errors}");
        }
    }
}
