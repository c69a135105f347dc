using Microsoft.Playwright;
using ResourceHub.Tests.Api;

namespace ResourceHub.Tests.Web;

/// <summary>In a real browser: words lead to the second they are spoken at and to the page they stand on.</summary>
public sealed class PlaceBrowserTests(PlaceWorld world) : IClassFixture<PlaceWorld>, IAsyncLifetime
{
    private Chromium chromium = null!;

    public async Task InitializeAsync() => chromium = await Chromium.StartAsync();

    public async Task DisposeAsync() => await chromium.DisposeAsync();

    [Fact]
    public async Task The_video_stands_at_the_second_of_the_words_also_where_the_subtitles_beside_it_were_found()
    {
        var page = await chromium.WindowAsync(world.Hub, ownPolicy: false);
        await page.GotoAsync("/search?q=水晶条件");
        var places = page.Locator(".card").First.Locator(".where a", new() { HasTextString = "00:05 处" });
        var addresses = await places.EvaluateAllAsync<string[]>("links => links.map(l => l.getAttribute('href')).filter(h => h.startsWith('/resources/'))");
        Assert.Equal(2, addresses.Length);
        foreach (var address in addresses)
        {
            await page.GotoAsync(address);
            await page.WaitForFunctionAsync("() => { const v = document.querySelector('.opened video'); return v.readyState >= 1 && v.currentTime === 5 && v.paused; }");
            Assert.Contains("注意水晶条件", await page.Locator("#passage").InnerTextAsync());
        }
        await page.IsSoundAsync();
    }

    [Fact]
    public async Task The_pdf_is_shown_at_the_page_of_the_words()
    {
        var page = await chromium.WindowAsync(world.Hub, ownPolicy: false);
        await page.GotoAsync("/search?q=琥珀标记");
        var shown = page.GetByRole(AriaRole.Link, new() { NameString = "在文件中打开 第 2 页" });
        Assert.EndsWith("?inline=1#page=2", await shown.GetAttributeAsync("href"));
        await page.Locator(".where a", new() { HasTextString = "第 2 页" }).First.ClickAsync();
        await page.IsSoundAsync();
        await page.GetByRole(AriaRole.Link, new() { NameString = "打开文件：第 2 页" }).ClickAsync();
        await page.WaitForURLAsync("**?inline=1#page=2");
    }
}
