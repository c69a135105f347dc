namespace ResourceHub.Tests.Web;

public sealed class SearchPageTests(TeachingHub hub) : IClassFixture<TeachingHub>
{
    [Fact]
    public async Task A_teacher_finds_the_very_slide_by_words_inside_it_and_lands_on_it()
    {
        var found = await hub.OpenAsync("/search?q=公分母&kind=slides");
        Assert.Contains("通分 课件.pptx", found.Text);
        Assert.Contains("公分母", found.Document.QuerySelectorAll(".passage mark").Select(m => m.TextContent));

        var slide = await hub.OpenAsync(found.Link("第 3 张幻灯片"));
        var passage = slide.Document.QuerySelector("#passage")!;
        Assert.Contains("通分时一般用最小公倍数作公分母。", passage.TextContent);
        Assert.Contains("公分母", passage.QuerySelectorAll("mark").Select(m => m.TextContent));
        Assert.Contains("请学生圈出关键词。", passage.TextContent); // the notes of that slide
        Assert.Contains("分数的基本性质", (await hub.OpenAsync(slide.Link("← 第 2 张幻灯片"))).Document.QuerySelector("#passage")!.TextContent);
        Assert.Contains("比较 3/4 和 5/6 的大小", (await hub.OpenAsync(slide.Link("第 4 张幻灯片 →"))).Document.QuerySelector("#passage")!.TextContent);
    }

    [Fact]
    public async Task Subtitles_open_as_the_minute_that_begins_with_the_words_and_lead_on()
    {
        var found = await hub.OpenAsync("/search?q=床前明月光");
        var minute = await hub.OpenAsync(found.Link("01:40 处"));
        var passage = minute.Document.QuerySelector("#passage")!.TextContent;
        Assert.Contains("床前明月光", passage);
        Assert.Contains("举头望明月", passage); // 20 seconds later
        Assert.DoesNotContain("低头思故乡", passage); // 80 seconds later
        Assert.Contains("低头思故乡", (await hub.OpenAsync(minute.Link("03:00 处"))).Document.QuerySelector("#passage")!.TextContent);
        Assert.Contains("今天读一首诗", (await hub.OpenAsync(minute.Link("← 01:00 处"))).Document.QuerySelector("#passage")!.TextContent);
    }

    [Fact]
    public async Task A_text_without_places_opens_as_a_whole()
    {
        var link = (await hub.OpenAsync("/search?q=鸡兔同笼")).Document.QuerySelector(".where a")!;
        Assert.Equal("正文", link.TextContent);
        var text = await hub.OpenAsync(link.GetAttribute("href")!);
        Assert.Contains("鸡兔同笼", text.Document.QuerySelectorAll("#passage mark").Select(m => m.TextContent));
    }

    [Fact]
    public async Task A_result_says_its_kind_subject_grade_edition_and_school()
    {
        var card = (await hub.OpenAsync("/search?q=通分&kind=slides")).Document.QuerySelector(".card")!;
        Assert.Equal(["课件", "数学", "五年级", "人教版 下册"], card.QuerySelectorAll(".tags span").Select(s => s.TextContent.Trim()));
        Assert.Contains(TeachingHub.School, card.TextContent);
    }

    [Theory]
    [InlineData("/search?q=alert")]
    [InlineData("/search?q=鸡兔同笼")]
    [InlineData("/search?q=%3Cscript%3Ealert(5)%3C/script%3E&subject=%22%3E%3Cscript%3Ealert(6)%3C/script%3E&sort=newest")]
    [InlineData("/search?q=通分&after=%22%3E%3Cscript%3E")]
    public async Task Words_from_people_files_and_addresses_never_become_markup(string address)
    {
        var page = await hub.OpenAsync(address);
        Assert.Empty(page.Document.QuerySelectorAll("script:not([src^='/suggest.js?v=']), img[onerror], b"));
        Assert.DoesNotContain("<script>", page.Html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_title_that_tries_to_be_markup_is_shown_as_it_was_written()
    {
        Assert.Contains(TeachingHub.NastyTitle, (await hub.OpenAsync("/search?q=alert")).Titles);
        var page = await hub.OpenAsync($"/resources/{hub.Nasty}");
        Assert.Equal(TeachingHub.NastyTitle, page.Document.QuerySelector("h1")!.TextContent);
        Assert.StartsWith(TeachingHub.NastyTitle, page.Document.Title);
        Assert.Empty(page.Document.QuerySelectorAll("script, img[onerror], main b"));
    }

    [Fact]
    public async Task A_facet_narrows_and_its_chip_widens_again()
    {
        var all = await hub.OpenAsync("/search");
        var plans = await hub.OpenAsync(all.Link("语文"));
        Assert.Equal(["《背影》教学设计", "《静夜思》字幕"], plans.Titles.Order());
        var chip = plans.Document.QuerySelector(".chips a")!;
        Assert.Equal("移除条件：语文 ×", chip.TextContent.Trim());
        Assert.Equal("/search", chip.GetAttribute("href"));
        Assert.Contains("数学", plans.Document.QuerySelector("#filters")!.TextContent); // another value can be added
    }

    [Fact]
    public async Task The_box_keeps_what_was_chosen()
    {
        var form = (await hub.OpenAsync("/search?q=通分&kind=slides&sort=title")).Document.QuerySelector("form")!;
        Assert.Equal(
            [("kind", "slides"), ("q", "通分"), ("sort", "title")],
            form.QuerySelectorAll("input").Select(i => (i.GetAttribute("name"), i.GetAttribute("value"))).Order());
    }

    [Fact]
    public async Task A_filter_that_no_result_has_is_still_called_by_its_name()
    {
        var page = await hub.OpenAsync("/search?q=通分&subject=physics&licence=cc0");
        Assert.Contains("物理", page.Document.QuerySelector(".chips")!.TextContent);
        Assert.Contains("CC0 公有领域", page.Document.QuerySelector(".chips")!.TextContent);
        Assert.Contains("没有找到符合条件的资源", page.Text);
        Assert.Equal("/search?q=%E9%80%9A%E5%88%86", page.Link("去掉已选条件"));
    }

    [Fact]
    public async Task Pages_follow_each_other_and_lead_back_to_the_first()
    {
        var first = await hub.OpenAsync("/search?q=口算");
        Assert.Contains($"“口算”找到 {TeachingHub.Exercises} 份资源", first.Text);
        var second = await hub.OpenAsync(first.Link("下一页"));
        Assert.Equal(20, first.Titles.Count);
        Assert.Equal(TeachingHub.Exercises - 20, second.Titles.Count);
        Assert.Empty(first.Titles.Intersect(second.Titles));
        Assert.Equal("/search?q=%E5%8F%A3%E7%AE%97", second.Link("回到第一页"));
        Assert.Null(second.Document.QuerySelector("a[rel=next]"));
    }

    [Fact]
    public async Task Recognised_words_are_shown_filter_by_a_link_and_are_put_away_by_another()
    {
        var found = await hub.OpenAsync("/search?q=五年级 通分 课件");
        Assert.Equal(["优先 五年级、只看五年级", "优先 课件、只看课件"], found.Document.QuerySelectorAll(".words li > a:first-child").Select(a => a.TextContent.Trim()));
        var only = await hub.OpenAsync(found.Link("优先 课件"));
        Assert.Contains("word=KIND.slides.FILTER", only.Link("优先 五年级"));
        Assert.All(only.Document.QuerySelectorAll(".card .kind"), k => Assert.Equal("课件", k.TextContent));
        var off = await hub.OpenAsync(found.Link("不把“课件”当作条件"));
        Assert.Single(off.Document.QuerySelectorAll(".words li"));
        Assert.Equal("/search?q=%E4%BA%94%E5%B9%B4%E7%BA%A7%20%E9%80%9A%E5%88%86%20%E8%AF%BE%E4%BB%B6", off.Link("重新识别搜索词"));
    }

    [Fact]
    public async Task A_recognised_filter_that_leaves_nothing_is_said_and_the_rest_is_shown()
    {
        var page = await hub.OpenAsync("/search?q=高三 通分&word=GRADE.g12.FILTER");
        Assert.Contains("没有同时符合所选识别条件的资源", page.Document.QuerySelector("[role=status]")!.TextContent);
        Assert.NotEmpty(page.Titles);
    }

    [Fact]
    public async Task Pinyin_and_wrong_characters_lead_to_what_was_meant()
    {
        var pinyin = await hub.OpenAsync("/search?q=tongfen");
        Assert.Contains("已按拼音搜索“通分”", pinyin.Text);
        Assert.Contains("《通分》课件", pinyin.Titles);
        Assert.Empty((await hub.OpenAsync(pinyin.Link("仍按原样搜索"))).Titles);
        Assert.Equal("/search?q=%E9%80%9A%E5%88%86", (await hub.OpenAsync("/search?q=同分")).Link("通分"));
    }

    [Theory]
    [InlineData("word=GRADE.g7")]
    [InlineData("word=COLOUR.red.FILTER")]
    [InlineData("word=GRADE.%22%3E%3Cb%3E.FILTER&word=SCHOOL.nonsense.FILTER")]
    public async Task Odd_words_in_an_address_are_no_error(string odd) => Assert.Equal(200, (await hub.OpenAsync($"/search?q=五年级 通分&{odd}")).Status);

    [Fact]
    public async Task What_is_typed_is_answered_with_phrases_and_their_kinds_and_nothing_is_kept()
    {
        using var client = hub.App.Client();
        using var answer = await client.GetAsync("/suggest?q=tongf");
        var lines = System.Text.Json.JsonSerializer.Deserialize<List<Dictionary<string, string>>>(await answer.Content.ReadAsStringAsync())!;
        Assert.Contains(lines, l => l["text"] == "《通分》课件" && l["kind"] == "标题");
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal("[]", await client.GetStringAsync("/suggest"));
        Assert.Equal("[]", await client.GetStringAsync($"/suggest?q={new string('a', 5000)}"));
    }

    [Fact]
    public async Task A_cursor_of_another_search_leads_back_to_the_first_page()
    {
        var cursor = (await hub.OpenAsync("/search?q=口算")).Link("下一页").Split("after=")[1];
        var page = await hub.OpenAsync($"/search?q=通分&after={cursor}");
        Assert.Equal(400, page.Status);
        Assert.Contains("这一页已经失效", page.Text);
        Assert.Equal("/search?q=%E9%80%9A%E5%88%86", page.Link("回到第一页"));
    }

    [Fact]
    public async Task A_mistyped_filter_is_said_and_can_be_removed()
    {
        var page = await hub.OpenAsync("/search?q=通分&school=nonsense");
        Assert.Equal(400, page.Status);
        Assert.Contains("看不懂这个搜索条件", page.Text);
        Assert.Equal("/search?q=%E9%80%9A%E5%88%86", page.Document.QuerySelector(".chips a")!.GetAttribute("href"));
    }
}
