using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace ResourceHub.Tests.Web;

/// <summary>A real browser. ./hub test installs Chromium; without it these tests fail and say so.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string? Program = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);
    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private Chromium(IPlaywright playwright, IBrowser browser) => (this.playwright, this.browser) = (playwright, browser);

    public static async Task<Chromium> StartAsync()
    {
        Assert.True(Program is not null, "Chromium is needed to look at the pages: ./hub test installs it.");
        var playwright = await Playwright.CreateAsync();
        return new Chromium(playwright, await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program,
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        }));
    }

    /// <summary>A window of its own, with its own cookies.</summary>
    /// <param name="ownPolicy">False lets axe in beside the pages' policy.</param>
    public async Task<IPage> WindowAsync(HubApp hub, bool script = true, int width = 1280, ColorScheme colours = ColorScheme.Light, bool ownPolicy = true)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = hub.Address.ToString(),
            JavaScriptEnabled = script,
            BypassCSP = !ownPolicy,
            ViewportSize = new() { Width = width, Height = 800 },
            ColorScheme = colours,
        });
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}

public static class Looking
{
    public static async Task SignInAsync(this IPage page, HubPerson person, string back = "/")
    {
        await page.GotoAsync("/sign-in?return=" + Uri.EscapeDataString(back));
        await page.FillAsync("#userName", person.UserName);
        await page.FillAsync("#password", person.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**" + back);
    }

    public static async Task SignOutAsync(this IPage page)
    {
        await page.ClickAsync("form[action='/accounts/sign-out'] button");
        await page.WaitForURLAsync("**/");
    }

    /// <summary>Axe finds nothing, and nothing is cut off.</summary>
    public static async Task IsSoundAsync(this IPage page)
    {
        var found = await page.RunAxe();
        Assert.True(found.Passes.Length > 10, $"axe looked at nothing on {page.Url}");
        Assert.True(found.Violations.Length == 0, $"{page.Url}: {string.Join("; ", found.Violations.Select(v => $"{v.Id} {v.Help} {string.Join(' ', v.Nodes.Select(n => n.Html))}"))}");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{page.Url} is wider than the screen.");
    }
}
