using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Core.Audit;
using ResourceHub.Core.People;

namespace ResourceHub.Tests.Accounts;

/// <summary>Signing in at a real issuer on this machine and what the directory's words mean here. No live Entra tenant was used.</summary>
public sealed class EntraSignInTests(EntraHub world) : IClassFixture<EntraHub>, IAsyncLifetime
{
    public Task InitializeAsync() => world.ResetAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("teacher", "TEACHER", EntraHub.Huaxin, "read write")] // by app role
    [InlineData("admin", "SCHOOL_ADMIN", EntraHub.Huaxin, "admin read write")] // by group
    [InlineData("office", "HUB_ADMIN", null, "admin read write")]
    public async Task Tenant_and_role_decide_where_somebody_belongs(string user, string role, string? school, string scopes)
    {
        using var browser = await world.SignedInAsync(user);
        var viewer = await EntraHub.ViewerAsync(browser);
        Assert.Equal(role, viewer.GetProperty("role").GetString());
        Assert.Equal(school, viewer.GetProperty("school") is { ValueKind: JsonValueKind.Object } found ? found.GetProperty("name").GetString() : null);
        Assert.Equal(scopes, string.Join(' ', viewer.GetProperty("scopes").EnumerateArray().Select(s => s.GetString())));
        Assert.Equal(JsonValueKind.Null, viewer.GetProperty("notice").ValueKind);
    }

    [Theory]
    [InlineData("stranger")] // no school
    [InlineData("pupil")] // a tenant has pupils too: no role, no place
    public async Task Without_a_mapping_somebody_sees_what_all_members_see_and_is_told_whom_to_ask(string user)
    {
        var (open, closed) = (await ResourceAsync("MEMBERS"), await ResourceAsync("SCHOOL"));
        using var browser = await world.SignedInAsync(user);
        var viewer = await EntraHub.ViewerAsync(browser);
        Assert.True(viewer.GetProperty("isSignedIn").GetBoolean());
        Assert.Equal(JsonValueKind.Null, viewer.GetProperty("school").ValueKind);
        Assert.Contains(EntraHub.AskWhom, viewer.GetProperty("notice").GetString());
        var seen = await AskAsync(browser, "query($a: ID!, $b: ID!) { open: resource(id: $a) { id } closed: resource(id: $b) { id } }", new { a = open, b = closed });
        Assert.Equal(JsonValueKind.Object, seen.GetProperty("data").GetProperty("open").ValueKind);
        Assert.Equal(JsonValueKind.Null, seen.GetProperty("data").GetProperty("closed").ValueKind);
        var written = await AskAsync(browser, "mutation($s: ID!) { createResource(input: { schoolId: $s, title: \"x\", kind: \"slides\" }) { errors { code } } }", new { s = world.HuaxinId });
        Assert.Contains("NOT_FOUND", written.ToString());
    }

    [Fact]
    public async Task Two_schools_at_once_are_none_as_nobody_should_guess()
    {
        await world.UserAsync("both", new { name = "教师丁", tid = new[] { "tenant-huaxin", "tenant-bazhong" }, roles = new[] { "Teacher" } });
        using var browser = await world.SignedInAsync("both");
        Assert.Equal(JsonValueKind.Null, (await EntraHub.ViewerAsync(browser)).GetProperty("school").ValueKind);
    }

    [Fact]
    public async Task A_changed_mapping_counts_at_the_next_sign_in_with_its_history_kept()
    {
        await world.UserAsync("mover", new { name = "教师戊", tid = "tenant-huaxin", roles = new[] { "Teacher" } });
        using (await world.SignedInAsync("mover")) { }
        await world.UserAsync("mover", new { name = "教师戊（改名）", tid = "tenant-bazhong", groups = new[] { "group-of-admins" } });
        using (var moved = await world.SignedInAsync("mover"))
        {
            var viewer = await EntraHub.ViewerAsync(moved);
            Assert.Equal(("教师戊（改名）", "SCHOOL_ADMIN", EntraHub.Bazhong), (viewer.GetProperty("name").GetString(), viewer.GetProperty("role").GetString(), viewer.GetProperty("school").GetProperty("name").GetString()));
        }
        await world.UserAsync("mover", new { name = "教师戊（改名）", tid = "tenant-bazhong" });
        using var lost = await world.SignedInAsync("mover");
        Assert.Equal(("TEACHER", JsonValueKind.Null), ((await EntraHub.ViewerAsync(lost)).GetProperty("role").GetString(), (await EntraHub.ViewerAsync(lost)).GetProperty("school").ValueKind));

        await using var db = await DbAsync();
        var person = await db.People.Include(p => p.Places).SingleAsync(p => p.ExternalId == $"{world.Issuer.Address}|mover");
        Assert.Equal([Role.Teacher, Role.SchoolAdmin], person.Places.OrderBy(p => p.From).Select(p => p.Role));
        Assert.All(person.Places, p => Assert.NotNull(p.Until));
        var lines = await db.AuditEvents.Where(a => a.ActorId == person.Id).OrderBy(a => a.Seq).Select(a => a.Action).ToListAsync();
        Assert.Equal([AuditActions.Moved, AuditActions.SignIn, AuditActions.Moved, AuditActions.SignIn, AuditActions.Moved, AuditActions.SignIn], lines);
    }

    [Fact]
    public async Task Somebody_whose_access_was_ended_here_is_not_let_in_by_the_directory()
    {
        await world.UserAsync("left", new { name = "教师己", tid = "tenant-huaxin", roles = new[] { "Teacher" } });
        using var before = await world.SignedInAsync("left");
        await using (var db = await DbAsync())
        {
            var person = await db.People.Include(p => p.Places).SingleAsync(p => p.ExternalId == $"{world.Issuer.Address}|left");
            person.Leave(world.Clock.GetUtcNow().UtcDateTime);
            await db.SaveChangesAsync();
        }
        Assert.False((await EntraHub.ViewerAsync(before)).GetProperty("isSignedIn").GetBoolean());
        using var browser = EntraHub.Browser(world.App);
        await AssertPageAsync(await browser.GetAsync("/accounts/sign-in"), HttpStatusCode.Forbidden, "您在本平台的账号已停用", "has been ended");
        var (token, _) = await world.Issuer.PersonTokensAsync("left");
        using var client = world.App.Client(token);
        using var answer = await client.PostAsJsonAsync("/graphql", new { query = EntraHub.Asking });
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task People_of_a_tenant_that_is_not_listed_are_refused_with_a_page_that_says_so()
    {
        await using var hub = await world.StartAsync(new() { ["Entra:Tenants:0"] = "tenant-huaxin", ["Entra:Tenants:1"] = "tenant-office", ["Entra:HubTenant"] = "tenant-office" });
        await world.ResetAsync(hub);
        await world.Issuer.SetAsync(new { signInAs = "stranger" });
        using var stranger = EntraHub.Browser(hub);
        await AssertPageAsync(await stranger.GetAsync("/accounts/sign-in"), HttpStatusCode.Forbidden, "您所在的组织没有加入本平台", "has not joined this hub");
        using var office = await world.SignedInAsync("office", hub);
        Assert.Equal("HUB_ADMIN", (await EntraHub.ViewerAsync(office)).GetProperty("role").GetString());

        // Each tenant gives out its own app roles: one that makes its people "Office" makes no hub admins.
        await world.UserAsync("usurper", new { name = "教师庚", tid = "tenant-huaxin", roles = new[] { "Office" } });
        using var usurper = await world.SignedInAsync("usurper", hub);
        Assert.Equal("TEACHER", (await EntraHub.ViewerAsync(usurper)).GetProperty("role").GetString());
        Assert.DoesNotContain("admin", (await EntraHub.ViewerAsync(usurper)).GetProperty("scopes").ToString());
    }

    [Fact]
    public async Task Groups_that_the_directory_left_out_are_not_taken_for_none()
    {
        await world.UserAsync("crowded", new { name = "管理员乙", tid = "tenant-huaxin", hasgroups = "true" });
        await world.Issuer.SetAsync(new { signInAs = "crowded" });
        using var browser = EntraHub.Browser(world.App);
        await AssertPageAsync(await browser.GetAsync("/accounts/sign-in"), HttpStatusCode.Forbidden, "所属的组太多", "app roles");
    }

    [Fact]
    public async Task The_session_is_the_hubs_own_cookie_and_nothing_of_the_issuer_is_kept()
    {
        await world.Issuer.SetAsync(new { signInAs = "teacher" });
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = world.App.Address };
        var next = new Uri(world.App.Address, "/accounts/sign-in?return=%2Fmine");
        List<string> cookies = [];
        while (next.AbsolutePath != "/mine")
        {
            using var step = await browser.GetAsync(next);
            if (next.Port == world.App.Address.Port && step.Headers.TryGetValues("Set-Cookie", out var set)) cookies.AddRange(set);
            next = new Uri(next, step.Headers.Location!);
        }
        var kept = cookies.Where(c => !c.Contains("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase)).Select(c => c.Split('=')[0]).Distinct();
        Assert.Equal([".AspNetCore.Correlation", ".AspNetCore.OpenIdConnect.Nonce", "hub-session"], kept.Select(c => c.StartsWith(".AspNetCore.", StringComparison.Ordinal) ? c[..c.LastIndexOf('.')] : c).Order(StringComparer.Ordinal));
        Assert.True(cookies.Last(c => c.StartsWith("hub-session=", StringComparison.Ordinal)).Length < 700, "Tokens in the cookie would make it long.");
        Assert.Equal("教师甲", (await EntraHub.ViewerAsync(browser)).GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_session_ends_with_the_day_however_much_it_is_used()
    {
        await using var hub = await world.StartAsync();
        await world.ResetAsync(hub);
        using var browser = await world.SignedInAsync("teacher", hub);
        for (var hours = 0; hours < 11; hours += 3)
        {
            Assert.True((await EntraHub.ViewerAsync(browser)).GetProperty("isSignedIn").GetBoolean());
            world.Clock.Advance(TimeSpan.FromHours(3.1));
        }
        Assert.False((await EntraHub.ViewerAsync(browser)).GetProperty("isSignedIn").GetBoolean());
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example")]
    [InlineData("/\\elsewhere.example")]
    public async Task Nobody_is_led_to_another_site(string address)
    {
        await world.Issuer.SetAsync(new { signInAs = "teacher" });
        using var browser = EntraHub.Browser(world.App);
        using var page = await browser.GetAsync($"/accounts/sign-in?return={Uri.EscapeDataString(address)}");
        Assert.Equal(world.App.Address, page.RequestMessage!.RequestUri);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?code=x&state=y")]
    [InlineData("?error=access_denied&error_description=%3Cscript%3Ealert(1)%3C/script%3E&state=y")]
    public async Task An_answer_nobody_asked_for_opens_nothing(string query)
    {
        using var browser = EntraHub.Browser(world.App);
        var page = await AssertPageAsync(await browser.GetAsync($"/accounts/callback{query}"), HttpStatusCode.BadRequest, "登录没有完成或已过期", "sign in again");
        Assert.DoesNotContain("script", page);
        Assert.False((await EntraHub.ViewerAsync(browser)).GetProperty("isSignedIn").GetBoolean());
    }

    [Fact]
    public async Task An_answer_counts_once_and_only_in_the_browser_that_asked()
    {
        using var first = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = world.App.Address };
        await world.Issuer.SetAsync(new { signInAs = "teacher" });
        var next = new Uri(world.App.Address, "/accounts/sign-in");
        while (next.AbsolutePath != "/accounts/callback")
        {
            using var step = await first.GetAsync(next);
            next = new Uri(next, step.Headers.Location!);
        }
        using var other = EntraHub.Browser(world.App);
        await AssertPageAsync(await other.GetAsync(next), HttpStatusCode.BadRequest, "登录没有完成或已过期", "sign in again");
        using (var done = await first.GetAsync(next)) Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        await AssertPageAsync(await first.GetAsync(next), HttpStatusCode.BadRequest, "登录没有完成或已过期", "sign in again");
    }

    [Fact]
    public async Task A_wrong_secret_is_the_operators_trouble_and_not_the_teachers()
    {
        await using var hub = await world.StartAsync(new() { ["Entra:ClientSecret"] = "run out" });
        await world.ResetAsync(hub);
        await world.Issuer.SetAsync(new { signInAs = "teacher" });
        using var browser = EntraHub.Browser(hub);
        await AssertPageAsync(await browser.GetAsync("/accounts/sign-in"), HttpStatusCode.BadGateway, "请告诉平台管理员", "please tell");
    }

    [Fact]
    public async Task Behind_a_proxy_the_issuer_is_told_the_public_address()
    {
        await using var hub = await world.StartAsync(new() { ["PublicAddress"] = "http://hub.localhost:1" });
        using var browser = EntraHub.Browser(hub);
        // The issuer takes registered addresses only: the hub's port is not one of them now.
        await AssertPageAsync(await browser.GetAsync("/accounts/sign-in"), HttpStatusCode.BadGateway, "请告诉平台管理员");
        await world.Issuer.SetAsync(new { redirect = "http://hub.localhost:1", signInAs = "teacher" });
        using var steps = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = hub.Address };
        var next = new Uri(hub.Address, "/accounts/sign-in");
        while (next.Host == hub.Address.Host)
        {
            using var step = await steps.GetAsync(next);
            next = new Uri(next, step.Headers.Location!);
        }
        Assert.StartsWith("http://hub.localhost:1/accounts/callback?code=", next.ToString());
    }

    [Fact]
    public async Task Names_and_passwords_are_not_taken_here()
    {
        using var nobody = EntraHub.Browser(world.App);
        using (var tried = await nobody.PostAsJsonAsync("/accounts/sign-in", new { userName = "a", password = "b" }))
            Assert.Contains("ACCOUNTS_ELSEWHERE", await tried.Content.ReadAsStringAsync());
        using var admin = await world.SignedInAsync("admin");
        foreach (var mutation in new[]
        {
            $"inviteMember(input: {{ schoolId: \"{world.HuaxinId}\", displayName: \"x\", role: TEACHER }})",
            "acceptInvitation(input: { secret: \"a\", displayName: \"x\", userName: \"b\", password: \"北方的天空很蓝\" })",
        })
            Assert.Contains("ACCOUNTS_ELSEWHERE", (await AskAsync(admin, $"mutation {{ {mutation} {{ errors {{ code }} }} }}")).ToString());
    }

    [Fact]
    public async Task Sign_ins_are_written_down_done_or_refused()
    {
        await using (var before = await DbAsync())
            Assert.False(await before.AuditEvents.AnyAsync(a => a.Actor == "教师辛"));
        await world.UserAsync("noted", new { name = "教师辛", tid = "tenant-huaxin", roles = new[] { "Teacher" } });
        using (await world.SignedInAsync("noted")) { }
        await using var db = await DbAsync();
        var line = await db.AuditEvents.SingleAsync(a => a.Actor == "教师辛" && a.Action == AuditActions.SignIn);
        Assert.Equal((AuditResult.Ok, "127.0.0.1", nameof(Person)), (line.Result, line.Ip, line.ObjectType));
        Assert.NotNull(line.RequestId);
    }

    private async Task<string> ResourceAsync(string visibility)
    {
        var id = await world.App.ResourceAsync(world.HuaxinId, $"对{visibility}开放");
        await world.App.PublishAsync(id, visibility);
        return id;
    }

    private async Task<HubDb> DbAsync() => await world.App.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync();

    private static async Task<JsonElement> AskAsync(HttpClient browser, string query, object? variables = null)
    {
        using var answer = await browser.PostAsJsonAsync("/graphql", new { query, variables });
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<string> AssertPageAsync(HttpResponseMessage answer, HttpStatusCode status, params string[] words)
    {
        using (answer)
        {
            var page = await answer.Content.ReadAsStringAsync();
            Assert.True(status == answer.StatusCode, $"{answer.StatusCode} {page}");
            Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
            Assert.All(words, word => Assert.Contains(word, page));
            return page;
        }
    }
}
