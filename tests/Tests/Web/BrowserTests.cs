using Microsoft.Playwright;

namespace ResourceHub.Tests.Web;

/// <summary>What only a real browser shows.</summary>
public sealed class BrowserTests(TeachingHub hub) : IClassFixture<TeachingHub>, IAsyncLifetime
{
    private Chromium chromium = null!;

    public async Task InitializeAsync() => chromium = await Chromium.StartAsync();

    public async Task DisposeAsync() => await chromium.DisposeAsync();

    [Fact]
    public async Task A_teacher_without_script_searches_opens_the_slide_and_downloads()
    {
        var page = await OpenAsync("/", script: false);
        await page.GetByRole(AriaRole.Searchbox).FillAsync("公分母");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Link, new() { Name = "第 3 张幻灯片" }).First.ClickAsync();
        Assert.Contains("通分时一般用最小公倍数作公分母", await page.Locator("#passage").InnerTextAsync());
        Assert.True(await page.Locator("#passage").EvaluateAsync<bool>("e => e.getBoundingClientRect().top < innerHeight"));
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "下载 通分 课件.pptx" }).ClickAsync());
        Assert.Equal("通分 课件.pptx", download.SuggestedFilename);
        await using var saved = await download.CreateReadStreamAsync();
        using var bytes = new MemoryStream();
        await saved.CopyToAsync(bytes);
        Assert.Equal(hub.SlidesBytes, bytes.ToArray());
    }

    [Fact]
    public async Task The_keyboard_alone_reaches_the_results_in_English()
    {
        var page = await OpenAsync("/search?q=通分&lang=en");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to content", await page.EvaluateAsync<string>("document.activeElement.textContent"));
        await page.Keyboard.PressAsync("Enter");
        Assert.EndsWith("#content", page.Url);
        await page.GetByRole(AriaRole.Link, new() { Name = "《通分》课件" }).First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Name = "About this resource" }).WaitForAsync();
    }

    [Fact]
    public async Task On_a_phone_the_filters_open_without_script_and_nothing_is_cut_off()
    {
        var page = await OpenAsync("/search", script: false, width: 360);
        Assert.False(await page.Locator("#filters").IsVisibleAsync());
        await page.GetByRole(AriaRole.Link, new() { Name = "筛选" }).ClickAsync();
        await page.Locator("#filters").GetByRole(AriaRole.Link, new() { Name = "八年级" }).ClickAsync();
        Assert.Equal("《背影》教学设计", await page.Locator(".card h3").First.InnerTextAsync());
        foreach (var address in new[] { "/", "/search?q=通分", $"/resources/{hub.Slides}?file={hub.SlidesFile}&at=slide-3", $"/resources/{hub.Nasty}", "/nothing" })
        {
            await page.GotoAsync(new Uri(hub.App.Address, address).ToString());
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{address} is wider than the screen.");
        }
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task Axe_finds_nothing_on_any_page(int width, ColorScheme colours)
    {
        foreach (var lang in new[] { "zh-CN", "en" })
        {
            string[] pages =
            [
                "/", "/search?q=通分&kind=slides", "/search?q=zzzz&subject=physics", "/search?q=通分&after=x",
                $"/resources/{hub.Slides}?file={hub.SlidesFile}&at=slide-3&q=通分", $"/resources/{hub.Unreadable}?", "/nothing?",
            ];
            foreach (var address in pages)
            {
                var page = await OpenAsync($"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang={lang}", width: width, colours: colours);
                await page.IsSoundAsync();
                await page.Context.CloseAsync();
            }
        }
    }

    private async Task<IPage> OpenAsync(string address, bool script = true, int width = 1280, ColorScheme colours = ColorScheme.Light)
    {
        var page = await chromium.WindowAsync(hub.App, script, width, colours, ownPolicy: !script);
        await page.GotoAsync(address);
        return page;
    }
}
