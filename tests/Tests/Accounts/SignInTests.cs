using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Core.Audit;

namespace ResourceHub.Tests.Accounts;

/// <summary>Signing in and out: what opens, what does not, and what the answer gives away.</summary>
public sealed class SignInTests : IAsyncLifetime
{
    private const string Viewer = "{ viewer { isSignedIn role person { displayName userName } } }";
    private const string Nobody = """{"viewer":{"isSignedIn":false,"role":null,"person":null}}""";

    private readonly ManualClock clock = new();
    private HubApp hub = null!;

    public async Task InitializeAsync() => hub = await HubApp.StartAsync(change: services => services.AddSingleton<TimeProvider>(clock));

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task A_teacher_signs_in_is_known_and_signs_out()
    {
        var school = await hub.SchoolAsync("新村实验小学");
        using var teacher = await hub.PersonAsync(school, userName: "Lan@xincun");
        Assert.Equal("""{"viewer":{"isSignedIn":true,"role":"TEACHER","person":{"displayName":"人员1","userName":"Lan@xincun"}}}""", (await teacher.QueryAsync(Viewer)).ToString());
        using var again = await hub.SignInAsync(teacher.Id, "ｌａｎ@XINCUN ", teacher.Password);
        Assert.True((await again.QueryAsync(Viewer)).GetProperty("viewer").GetProperty("isSignedIn").GetBoolean());
        using var answer = await again.Client.PostAsync("/accounts/sign-out", JsonContent.Create(new { }));
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(Nobody, (await again.QueryAsync(Viewer)).ToString());
        Assert.True((await teacher.QueryAsync(Viewer)).GetProperty("viewer").GetProperty("isSignedIn").GetBoolean());
        Assert.Equal([(AuditActions.SignIn, AuditResult.Ok), (AuditActions.SignIn, AuditResult.Ok), (AuditActions.SignOut, AuditResult.Ok)], await SignInLinesAsync());
    }

    [Fact]
    public async Task The_cookie_is_for_this_site_only_hidden_from_scripts_and_secure_where_the_browser_came_by_https()
    {
        using var person = await hub.PersonAsync(null, "HUB_ADMIN");
        foreach (var https in new[] { false, true })
        {
            using var browser = hub.Browser();
            using var request = Form(person.UserName, person.Password);
            if (https) request.Headers.Add("X-Forwarded-Proto", "https");
            using var answer = await browser.SendAsync(request);
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
            var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie")).ToLowerInvariant();
            Assert.StartsWith("hub-session=", cookie);
            Assert.Contains("; path=/", cookie);
            Assert.Contains("; httponly", cookie);
            Assert.Contains("; samesite=lax", cookie);
            Assert.Equal(https, cookie.Contains("; secure", StringComparison.Ordinal));
            Assert.DoesNotContain("domain=", cookie);
        }
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_a_name_for_15_minutes_whether_it_exists_or_not()
    {
        using var person = await hub.PersonAsync(await hub.SchoolAsync("新村实验小学"));
        foreach (var name in new[] { person.UserName, "nobody-here" })
        {
            for (var wrong = 1; wrong < 5; wrong++) Assert.Equal("401 INVALID_CREDENTIALS", await TryAsync(name, "not the password"));
            Assert.Equal("423 LOCKED_OUT", await TryAsync(name, "not the password"));
            Assert.Equal("423 LOCKED_OUT", await TryAsync(name, person.Password));
        }
        clock.Advance(TimeSpan.FromMinutes(14.9));
        Assert.Equal("423 LOCKED_OUT", await TryAsync(person.UserName, person.Password));
        Assert.Equal("423 LOCKED_OUT", await TryAsync("nobody-here", person.Password));
        clock.Advance(TimeSpan.FromMinutes(0.2));
        Assert.Equal("204", await TryAsync(person.UserName, person.Password));
        Assert.Equal("401 INVALID_CREDENTIALS", await TryAsync("nobody-here", person.Password));
    }

    [Fact]
    public async Task Tries_sent_side_by_side_are_counted_one_by_one()
    {
        using var person = await hub.PersonAsync(await hub.SchoolAsync("新村实验小学"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TryAsync(person.UserName, "not the password")));
        Assert.Equal(4, answers.Count(a => a == "401 INVALID_CREDENTIALS"));
        Assert.Equal("423 LOCKED_OUT", await TryAsync(person.UserName, person.Password));
    }

    [Fact]
    public async Task A_wrong_name_and_a_wrong_password_are_answered_in_the_same_words_and_only_a_known_name_is_written_down()
    {
        using var person = await hub.PersonAsync(await hub.SchoolAsync("新村实验小学"));
        Assert.Equal((await BodyAsync(person.UserName)).WithoutRequestNumber(), (await BodyAsync("my-password-in-the-wrong-field")).WithoutRequestNumber());
        await using var db = await hub.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync();
        var lines = await db.AuditEvents.Where(e => e.Action == AuditActions.SignIn && e.Result == AuditResult.Refused).OrderBy(e => e.Seq).ToListAsync();
        Assert.Equal([person.UserName, null], lines.Select(l => l.Detail));
        Assert.Equal([null, null], lines.Select(l => l.ActorId));
        Assert.All(lines, l => Assert.Equal("127.0.0.1", l.Ip));
        Assert.All(lines, l => Assert.False(string.IsNullOrEmpty(l.RequestId)));
    }

    [Theory]
    [InlineData("/resources/1?q=通分#x", "/resources/1?q=%E9%80%9A%E5%88%86#x")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("\\\\evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("/\n/evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("https:evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("evil.example", "/")]
    [InlineData("/.//evil.example", "/")]
    [InlineData("/a/..//evil.example", "/")]
    [InlineData("/%2F%2Fevil.example", "/%2F%2Fevil.example")]
    [InlineData("/%5Cevil.example", "/%5Cevil.example")]
    [InlineData("", "/")]
    public async Task After_signing_in_a_browser_goes_to_a_page_of_this_hub(string asked, string goes)
    {
        using var person = await hub.PersonAsync(null, "HUB_ADMIN");
        using var browser = hub.Browser();
        using var request = Form(person.UserName, person.Password, asked);
        using var answer = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(goes, answer.Headers.GetValues("Location").Single());
        // Where it goes, by a browser's own reading, is this hub.
        Assert.Equal(hub.Address.Authority, new Uri(hub.Address, answer.Headers.Location!).Authority);
    }

    [Fact]
    public async Task A_browser_with_a_wrong_password_goes_back_to_the_sign_in_page()
    {
        using var browser = hub.Browser();
        using var request = Form("nobody", "wrong", "/upload");
        using var answer = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/sign-in?problem=INVALID_CREDENTIALS&return=%2Fupload", answer.Headers.Location!.ToString());
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Referer", "https://evil.example/page")]
    [InlineData("X-Nothing", "said")]
    public async Task A_form_that_another_site_sent_is_refused(string header, string value)
    {
        using var person = await hub.PersonAsync(null, "HUB_ADMIN");
        foreach (var path in new[] { "/accounts/sign-in", "/accounts/sign-out" })
        {
            using var request = Form(person.UserName, person.Password, path: path);
            request.Headers.Remove("Sec-Fetch-Site");
            request.Headers.Add(header, value);
            using var answer = await person.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Contains("CROSS_SITE", await answer.Content.ReadAsStringAsync());
        }
        Assert.True((await person.QueryAsync(Viewer)).GetProperty("viewer").GetProperty("isSignedIn").GetBoolean());
    }

    [Fact]
    public async Task A_browser_that_only_names_its_page_may_send_the_form()
    {
        using var person = await hub.PersonAsync(null, "HUB_ADMIN");
        using var request = Form(person.UserName, person.Password);
        request.Headers.Remove("Sec-Fetch-Site");
        request.Headers.Add("Origin", hub.Address.GetLeftPart(UriPartial.Authority));
        using var browser = hub.Browser();
        using var answer = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.True(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_session_ends_when_it_is_not_used_and_its_dead_cookie_is_taken_away()
    {
        using var person = await hub.PersonAsync(null, "HUB_ADMIN");
        clock.Advance(TimeSpan.FromHours(11));
        Assert.True((await person.QueryAsync(Viewer)).GetProperty("viewer").GetProperty("isSignedIn").GetBoolean());
        clock.Advance(TimeSpan.FromHours(11));
        Assert.True((await person.QueryAsync(Viewer)).GetProperty("viewer").GetProperty("isSignedIn").GetBoolean());
        clock.Advance(TimeSpan.FromHours(13));
        using var answer = await person.Client.PostAsJsonAsync("/graphql", new { query = Viewer });
        Assert.Equal($$"""{"data":{{Nobody}}}""", await answer.Content.ReadAsStringAsync());
        Assert.Contains("expires=Thu, 01 Jan 1970", Assert.Single(answer.Headers.GetValues("Set-Cookie")));
    }

    [Fact]
    public async Task However_much_it_is_used_a_session_ends_after_30_days()
    {
        using var person = await hub.PersonAsync(null, "HUB_ADMIN");
        for (var day = 0; day < 59; day++)
        {
            clock.Advance(TimeSpan.FromHours(12) - TimeSpan.FromMinutes(1));
            Assert.True((await person.QueryAsync(Viewer)).GetProperty("viewer").GetProperty("isSignedIn").GetBoolean());
        }
        clock.Advance(TimeSpan.FromHours(12) - TimeSpan.FromMinutes(1));
        await person.QueryAsync(Viewer);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(Nobody, (await person.QueryAsync(Viewer)).ToString());
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/xml")]
    [InlineData(null)]
    public async Task A_page_elsewhere_cannot_make_a_signed_in_browser_change_anything(string? contentType)
    {
        using var admin = await hub.PersonAsync(null, "HUB_ADMIN");
        using var content = new ByteArrayContent("""{"query":"mutation { createSchool(input: { name: \"假学校\" }) { school { id } } }"}"""u8.ToArray());
        if (contentType is not null) content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        using var answer = await admin.Client.PostAsync("/graphql", content);
        Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnsupportedMediaType, answer.StatusCode.ToString());
        Assert.Equal(0, (await admin.QueryAsync("{ schools { totalCount } }")).GetProperty("schools").GetProperty("totalCount").GetInt32());
    }

    [Fact]
    public async Task An_address_is_believed_from_a_trusted_proxy_only_and_every_answer_names_its_request()
    {
        await using var strict = await HubApp.StartAsync(new() { ["TrustedProxies"] = "10.1.0.0/16" });
        foreach (var (app, ip) in new[] { (hub, "203.0.113.9"), (strict, "127.0.0.1") })
        {
            using var client = app.Client();
            client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
            client.DefaultRequestHeaders.Add("X-Request-Id", "proxy-says-1");
            using var answer = await client.PostAsJsonAsync("/accounts/sign-in", new { userName = "x", password = "y" });
            var id = answer.Headers.GetValues("X-Request-Id").Single();
            Assert.Equal(app == hub, id == "proxy-says-1");
            await using var db = await app.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync();
            var line = await db.AuditEvents.SingleAsync();
            Assert.Equal((ip, id), (line.Ip, line.RequestId));
        }
    }

    private static HttpRequestMessage Form(string userName, string password, string? returnUrl = null, string path = "/accounts/sign-in")
    {
        var fields = new Dictionary<string, string> { ["userName"] = userName, ["password"] = password };
        if (returnUrl is not null) fields["returnUrl"] = returnUrl;
        return new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields), Headers = { { "Sec-Fetch-Site", "same-origin" } } };
    }

    private async Task<string> TryAsync(string userName, string password)
    {
        using var client = hub.Client();
        using var answer = await client.PostAsJsonAsync("/accounts/sign-in", new { userName, password });
        if (answer.StatusCode == HttpStatusCode.NoContent) return "204";
        if ((int)answer.StatusCode is 423 or 429) Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        var error = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0];
        return $"{(int)answer.StatusCode} {error.GetProperty("extensions").GetProperty("code").GetString()}";
    }

    private async Task<string> BodyAsync(string userName)
    {
        using var client = hub.Client();
        using var answer = await client.PostAsJsonAsync("/accounts/sign-in", new { userName, password = "not the password" });
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<IReadOnlyList<(string, AuditResult)>> SignInLinesAsync()
    {
        await using var db = await hub.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync();
        return [.. (await db.AuditEvents.Where(e => e.Action == AuditActions.SignIn || e.Action == AuditActions.SignOut).OrderBy(e => e.Seq).ToListAsync()).Select(e => (e.Action, e.Result))];
    }
}
