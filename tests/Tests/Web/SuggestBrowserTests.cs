using Microsoft.Playwright;

namespace ResourceHub.Tests.Web;

/// <summary>The suggestions under the search box, in a real browser.</summary>
public sealed class SuggestBrowserTests(TeachingHub hub) : IClassFixture<TeachingHub>, IAsyncLifetime
{
    private Chromium chromium = null!;

    public async Task InitializeAsync() => chromium = await Chromium.StartAsync();

    public async Task DisposeAsync() => await chromium.DisposeAsync();

    [Fact]
    public async Task By_keyboard_a_suggestion_is_reached_chosen_and_searched_for()
    {
        var page = await OpenAsync("/");
        var field = page.GetByRole(AriaRole.Combobox);
        await field.PressSequentiallyAsync("tongf");
        await page.GetByRole(AriaRole.Option, new() { Name = "《通分》课件" }).WaitForAsync();
        Assert.Equal("true", await field.GetAttributeAsync("aria-expanded"));
        await page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal("suggestion-0", await field.GetAttributeAsync("aria-activedescendant"));
        await page.IsSoundAsync();
        await page.Keyboard.PressAsync("Escape");
        Assert.Equal("false", await field.GetAttributeAsync("aria-expanded"));
        await page.Keyboard.PressAsync("e");
        await page.GetByRole(AriaRole.Option).First.WaitForAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/search?q=*");
        Assert.Equal("《通分》课件", await page.Locator(".card h3").First.InnerTextAsync());
    }

    [Fact]
    public async Task While_an_input_method_is_composing_nothing_is_asked()
    {
        List<string> asked = [];
        var page = await chromium.WindowAsync(hub.App);
        await page.Clock.InstallAsync();
        await page.GotoAsync("/search");
        page.Request += (_, request) =>
        {
            if (request.Url.Contains("/suggest?", StringComparison.Ordinal)) asked.Add(new Uri(request.Url).Query);
        };
        await page.FocusAsync("#q");
        // As Chromium tells it of a Chinese input method: each letter changes the field, and all of it is still being composed.
        await ComposeAsync(page, "compositionstart", "");
        foreach (var typed in (string[])["t", "to", "ton", "tong", "tong'f"]) await ComposeAsync(page, "input", typed);
        // Enter takes the letters as they are; it is the input method's, not the list's.
        await page.EvalOnSelectorAsync("#q", "e => e.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }))");
        // Longer than the script waits after a key.
        await page.Clock.RunForAsync(1000);
        Assert.Empty(asked);
        Assert.EndsWith("/search", page.Url);
        await ComposeAsync(page, "compositionend", "通分");
        await page.Clock.RunForAsync(1000);
        await page.GetByRole(AriaRole.Option).First.WaitForAsync();
        Assert.Equal(["?q=%E9%80%9A%E5%88%86"], asked);
    }

    [Fact]
    public async Task An_older_answer_never_covers_a_newer_one()
    {
        var page = await OpenAsync("/");
        var held = new TaskCompletionSource();
        await page.RouteAsync("**/suggest?q=bei", async route =>
        {
            await held.Task;
            await route.ContinueAsync();
        });
        await page.FocusAsync("#q");
        var first = page.WaitForRequestAsync("**/suggest?q=bei");
        await page.Keyboard.TypeAsync("bei");
        await first;
        await page.FillAsync("#q", "tongfen");
        await page.GetByRole(AriaRole.Option, new() { Name = "《通分》课件" }).WaitForAsync();
        held.SetResult();
        Assert.All(await page.GetByRole(AriaRole.Option).AllInnerTextsAsync(), option => Assert.Contains("通分", option, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light, "zh-CN")]
    [InlineData(360, ColorScheme.Dark, "en")]
    public async Task Axe_finds_nothing_where_words_are_recognised_and_suggested(int width, ColorScheme colours, string lang)
    {
        foreach (var address in (string[])["/search?q=五年级 同分 课件&word=KIND.slides.FILTER", "/search?q=高三 通分&word=GRADE.g12.FILTER", "/search?q=tongfen", "/search?q=五年级 课件 &word=GRADE.g5.OFF"])
        {
            var page = await chromium.WindowAsync(hub.App, true, width, colours, ownPolicy: false);
            await page.GotoAsync($"{address}&lang={lang}");
            await page.FocusAsync("#q");
            await page.FillAsync("#q", "通");
            await page.GetByRole(AriaRole.Option).First.WaitForAsync();
            await page.IsSoundAsync();
            if (Environment.GetEnvironmentVariable("HUB_SCREENSHOTS") is { Length: > 0 } folder)
            {
                await page.Keyboard.PressAsync("Escape");
                await page.ScreenshotAsync(new() { Path = Path.Join(folder, $"{lang}-{width}-{address.GetHashCode(StringComparison.Ordinal) & 0xFFFF}.png") });
            }
            await page.Context.CloseAsync();
        }
    }

    private async Task<IPage> OpenAsync(string address)
    {
        var page = await chromium.WindowAsync(hub.App, ownPolicy: false);
        await page.GotoAsync(address);
        return page;
    }

    private static async Task ComposeAsync(IPage page, string what, string text) => await page.EvalOnSelectorAsync("#q", """
        (e, [what, text]) => {
          e.value = text;
          if (what === 'input') e.dispatchEvent(new CompositionEvent('compositionupdate', { data: text, bubbles: true }));
          e.dispatchEvent(what === 'input' ? new InputEvent('input', { data: text, isComposing: true, inputType: 'insertCompositionText', bubbles: true }) : new CompositionEvent(what, { data: text, bubbles: true }));
        }
        """, new[] { what, text });
}
