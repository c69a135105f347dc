using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace ResourceHub.Tests.Accounts;

/// <summary>Signing in and out in a real browser at a real issuer on this machine. No live Entra tenant was used.</summary>
public sealed class EntraBrowserTests(EntraHub world) : IClassFixture<EntraHub>, IAsyncLifetime
{
    private static readonly string? Chromium = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async Task InitializeAsync()
    {
        Assert.True(Chromium is not null, "Chromium is needed to sign in as people do: ./hub test installs it.");
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        await world.ResetAsync();
        world.Clock.Advance(TimeSpan.FromMinutes(2)); // whatever the test before tried is over
    }

    public async Task DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
    }

    [Fact]
    public async Task A_teacher_signs_in_at_the_issuer_comes_back_to_the_page_and_signs_out_of_both()
    {
        var page = await OpenAsync("/search?q=1", forAxe: false);
        await page.GetByRole(AriaRole.Link, new() { Name = "登录" }).ClickAsync();
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link).First.ClickAsync();
        Assert.StartsWith(world.Issuer.Address, page.Url);
        await page.GetByLabel("Name").FillAsync("teacher");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync(new Uri(world.App.Address, "/search?q=1").ToString());
        Assert.Contains("教师甲", await page.GetByRole(AriaRole.Banner).InnerTextAsync());
        var kept = (await page.Context.CookiesAsync([world.App.Address.ToString()])).Where(c => c.Path == "/" && c.Name.StartsWith("hub", StringComparison.Ordinal)).ToList();
        Assert.Equal(("hub-session", true, SameSiteAttribute.Lax), (Assert.Single(kept).Name, kept[0].HttpOnly, kept[0].SameSite));

        await page.GetByRole(AriaRole.Button, new() { Name = "退出" }).ClickAsync();
        await page.WaitForURLAsync($"{world.Issuer.Address}/session/end**");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.WaitForURLAsync(world.App.Address.ToString());
        Assert.DoesNotContain("教师甲", await page.GetByRole(AriaRole.Banner).InnerTextAsync());

        // The issuer's session has ended too: it asks again.
        await page.GotoAsync(new Uri(world.App.Address, "/accounts/sign-in").ToString());
        Assert.True(await page.GetByLabel("Name").IsVisibleAsync());
    }

    [Fact]
    public async Task Somebody_without_a_school_reads_on_every_page_whom_to_ask()
    {
        var page = await OpenAsync("/accounts/sign-in");
        await page.GetByLabel("Name").FillAsync("stranger");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(world.App.Address.ToString());
        foreach (var address in new[] { "/", "/search", "/mine" })
        {
            await page.GotoAsync(new Uri(world.App.Address, address).ToString());
            Assert.Contains(EntraHub.AskWhom, string.Join('\n', await page.GetByRole(AriaRole.Status).AllInnerTextsAsync()));
        }
        await page.GotoAsync(world.App.Address.ToString());
        await AssertAccessibleAsync(page);
    }

    [Fact]
    public async Task While_the_issuer_is_away_the_page_says_so_and_signing_out_works()
    {
        var page = await OpenAsync("/accounts/sign-in");
        await page.GetByLabel("Name").FillAsync("teacher");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(world.App.Address.ToString());
        await world.Issuer.SetAsync(new { mode = "gone" });
        world.Clock.Advance(TimeSpan.FromMinutes(2));

        await page.GotoAsync(new Uri(world.App.Address, "/mine").ToString());
        Assert.Contains("教师甲", await page.GetByRole(AriaRole.Banner).InnerTextAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "退出" }).ClickAsync();
        await page.WaitForURLAsync(world.App.Address.ToString());
        Assert.DoesNotContain("教师甲", await page.GetByRole(AriaRole.Banner).InnerTextAsync());

        var answer = await page.GotoAsync(new Uri(world.App.Address, "/accounts/sign-in?return=/mine").ToString());
        Assert.Equal(503, answer!.Status);
        await AssertAccessibleAsync(page);
        await world.ResetAsync();
        world.Clock.Advance(TimeSpan.FromSeconds(11));
        await page.GetByRole(AriaRole.Link, new() { Name = "重新登录" }).ClickAsync();
        // The issuer could not be told of the signing out, and still knows them.
        await page.WaitForURLAsync(new Uri(world.App.Address, "/mine").ToString());
        Assert.Contains("教师甲", await page.GetByRole(AriaRole.Banner).InnerTextAsync());
    }

    private static async Task AssertAccessibleAsync(IPage page)
    {
        var found = await page.RunAxe();
        Assert.True(found.Violations.Length == 0, string.Join("; ", found.Violations.Select(v => $"{v.Id} {v.Help} {string.Join(' ', v.Nodes.Select(n => n.Html))}")));
        Assert.True(found.Passes.Length > 5, "axe looked at nothing.");
    }

    /// <param name="forAxe">Pages forbid script; axe is one. Otherwise they are held to what they forbid.</param>
    private async Task<IPage> OpenAsync(string address, bool forAxe = true)
    {
        var context = await browser!.NewContextAsync(new() { BypassCSP = forAxe, Locale = "zh-CN" });
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(world.App.Address, address).ToString());
        return page;
    }
}
