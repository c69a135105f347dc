using System.Net;
using System.Net.Http.Json;

namespace ResourceHub.Tests.Accounts;

/// <summary>The issuer goes away: those who are in go on, those who want in are told what to do. A real issuer on this machine; no live Entra tenant was used.</summary>
public sealed class EntraDownTests(EntraHub world) : IClassFixture<EntraHub>, IAsyncLifetime
{
    public async Task InitializeAsync()
    {
        await world.ResetAsync();
        world.Clock.Advance(TimeSpan.FromMinutes(6)); // whatever the test before tried is over
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("gone")]
    [InlineData("broken")]
    public async Task Sessions_and_tokens_go_on_and_new_sign_ins_get_a_page_that_says_what_to_do(string mode)
    {
        using var teacher = await world.SignedInAsync("teacher");
        var (token, _) = await world.Issuer.PersonTokensAsync("admin");
        await world.App.QueryAsync(EntraHub.Asking, key: token);

        await world.Issuer.SetAsync(new { mode });
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("教师甲", (await EntraHub.ViewerAsync(teacher)).GetProperty("name").GetString());
        Assert.Equal("SCHOOL_ADMIN", (await world.App.QueryAsync(EntraHub.Asking, key: token)).GetProperty("viewer").GetProperty("role").GetString());
        using var newcomer = EntraHub.Browser(world.App);
        await AssertUnreachableAsync(await newcomer.GetAsync("/accounts/sign-in?return=%2Fmine"));

        await world.ResetAsync();
        world.Clock.Advance(TimeSpan.FromSeconds(11));
        using var later = await world.SignedInAsync("teacher");
        Assert.Equal("教师甲", (await EntraHub.ViewerAsync(later)).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Half_a_day_later_the_cached_keys_still_open_the_api()
    {
        var (token, _) = await world.Issuer.PersonTokensAsync("teacher");
        await world.App.QueryAsync(EntraHub.Asking, key: token);
        await world.Issuer.SetAsync(new { mode = "gone" });
        world.Clock.Advance(TimeSpan.FromHours(13));
        for (var i = 0; i < 3; i++) Assert.Equal("TEACHER", (await world.App.QueryAsync(EntraHub.Asking, key: token)).GetProperty("viewer").GetProperty("role").GetString());
    }

    [Fact]
    public async Task A_hub_that_starts_while_the_issuer_is_away_says_so_and_recovers_by_itself()
    {
        var (token, _) = await world.Issuer.PersonTokensAsync("teacher");
        await world.Issuer.SetAsync(new { mode = "gone" });
        await using var hub = await world.StartAsync();
        await hub.QueryAsync(EntraHub.Asking, key: HubApp.AdminKey);
        using var newcomer = EntraHub.Browser(hub);
        await AssertUnreachableAsync(await newcomer.GetAsync("/accounts/sign-in"));
        using (var client = hub.Client(token))
        using (var answer = await client.PostAsJsonAsync("/graphql", new { query = EntraHub.Asking }))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Contains("ACCOUNTS_UNREACHABLE", await answer.Content.ReadAsStringAsync());
        }
        await world.ResetAsync(hub);
        world.Clock.Advance(TimeSpan.FromSeconds(11));
        await hub.QueryAsync(EntraHub.Asking, key: token);
        using var teacher = await world.SignedInAsync("teacher", hub);
        Assert.True((await EntraHub.ViewerAsync(teacher)).GetProperty("isSignedIn").GetBoolean());
    }

    [Fact]
    public async Task Gone_while_somebody_types_their_password_they_get_the_same_page()
    {
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = world.App.Address };
        await world.Issuer.SetAsync(new { signInAs = "teacher" });
        var next = new Uri(world.App.Address, "/accounts/sign-in?return=%2Fmine");
        while (next.AbsolutePath != "/accounts/callback")
        {
            using var step = await browser.GetAsync(next);
            next = new Uri(next, step.Headers.Location!);
        }
        await world.Issuer.SetAsync(new { mode = "gone" });
        var page = await AssertUnreachableAsync(await browser.GetAsync(next));
        Assert.Contains("/accounts/sign-in?return=%2Fmine", page);
    }

    [Fact]
    public async Task An_issuer_that_takes_requests_and_never_answers_holds_up_only_who_wants_in()
    {
        var (token, _) = await world.Issuer.PersonTokensAsync("teacher");
        await world.App.QueryAsync(EntraHub.Asking, key: token);
        await world.Issuer.SetAsync(new { mode = "silent" });
        world.Clock.Advance(TimeSpan.FromMinutes(6));
        using var newcomer = EntraHub.Browser(world.App);
        var waiting = newcomer.GetAsync("/accounts/sign-in");
        var unknown = await world.Issuer.ForgeAsync(world.Issuer.GoodClaims("forged", world.Clock.GetUtcNow()), new { kid = "unknown" }, "stranger");
        using var client = world.App.Client(unknown);
        var asking = client.PostAsJsonAsync("/graphql", new { query = EntraHub.Asking });
        Assert.Equal("TEACHER", (await world.App.QueryAsync(EntraHub.Asking, key: token)).GetProperty("viewer").GetProperty("role").GetString());
        Assert.False(waiting.IsCompleted || asking.IsCompleted);
        await AssertUnreachableAsync(await waiting);
        using var refused = await asking;
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    private static async Task<string> AssertUnreachableAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            var page = await answer.Content.ReadAsStringAsync();
            Assert.True(HttpStatusCode.ServiceUnavailable == answer.StatusCode, $"{answer.StatusCode} {page}");
            Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
            Assert.NotNull(answer.Headers.RetryAfter);
            Assert.Contains("请几分钟后再登录", page);
            Assert.Contains("try to sign in again in a few minutes", page);
            Assert.Contains(EntraHub.AskWhom, page);
            return page;
        }
    }
}
