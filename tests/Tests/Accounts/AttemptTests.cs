using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ResourceHub.Tests.Accounts;

/// <summary>Guessing is counted by what is executed: many requests, many aliases and many documents are the same.</summary>
public sealed class AttemptTests : IAsyncLifetime
{
    private HubApp hub = null!;

    public async Task InitializeAsync() => hub = await HubApp.StartAsync(new() { ["AttemptsPerMinute"] = "8" });

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task An_address_may_try_to_sign_in_only_so_often_and_is_told_when_again()
    {
        for (var i = 0; i < 8; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await TryAsync($"name-{i}")).Status);
        var (status, code, wait) = await TryAsync("name-8");
        Assert.Equal((HttpStatusCode.TooManyRequests, "TOO_MANY_ATTEMPTS"), (status, code));
        Assert.InRange(wait!.Value.TotalSeconds, 1, 60);
        // Another address goes on; the next networks of one IPv6 customer do not.
        Assert.Equal(HttpStatusCode.Unauthorized, (await TryAsync("name-9", "203.0.113.9")).Status);
        for (var i = 0; i < 8; i++) await TryAsync($"v6-{i}", $"2001:db8:1:2::{i}");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await TryAsync("v6-9", "2001:db8:1:2:ffff::1")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await TryAsync("v6-9", "2001:db8:1:3::1")).Status);
    }

    [Fact]
    public async Task A_name_may_be_tried_only_so_often_from_however_many_addresses()
    {
        for (var i = 0; i < 10; i++) Assert.NotEqual(HttpStatusCode.TooManyRequests, (await TryAsync("One-Name", $"203.0.113.{i}")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await TryAsync("ｏｎｅ-name", "203.0.113.99")).Status);
    }

    [Fact]
    public async Task A_browser_that_tried_too_often_is_sent_back_with_the_reason()
    {
        for (var i = 0; i < 8; i++) await TryAsync($"name-{i}");
        using var browser = hub.Browser();
        using var form = new HttpRequestMessage(HttpMethod.Post, "/accounts/sign-in") { Content = new FormUrlEncodedContent([new("userName", "x"), new("password", "y")]), Headers = { { "Sec-Fetch-Site", "same-origin" } } };
        using var answer = await browser.SendAsync(form);
        Assert.Equal("/sign-in?problem=TOO_MANY_ATTEMPTS&return=%2F", answer.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(25)]
    public async Task Ten_wrong_links_in_a_minute_are_too_many_in_one_document_or_in_many(int aliases)
    {
        using var client = hub.Client();
        var seen = new List<string?>();
        var last = HttpStatusCode.OK;
        for (var sent = 0; sent < 25; sent += aliases)
        {
            var query = $"{{ {string.Concat(Enumerable.Range(sent, aliases).Select(i => $"a{i}: invitation(secret: \"{i}\") {{ role }} "))} }}";
            using var answer = await client.PostAsJsonAsync("/graphql", new { query });
            last = answer.StatusCode;
            var said = await answer.Content.ReadFromJsonAsync<JsonElement>();
            var refused = said.TryGetProperty("errors", out var errors) ? errors.EnumerateArray().Select(e => e.GetProperty("extensions").GetProperty("code").GetString()).ToList() : [];
            seen.AddRange(refused);
            if (refused.Count > 0) Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        }
        Assert.Equal(HttpStatusCode.TooManyRequests, last);
        Assert.Equal(Enumerable.Repeat("TOO_MANY_ATTEMPTS", 15), seen);
    }

    [Fact]
    public async Task Wrong_links_are_counted_in_mutations_too_and_right_ones_are_not()
    {
        var school = await hub.SchoolAsync("新村实验小学");
        using var client = hub.Client();
        for (var i = 0; i < 12; i++)
        {
            var invited = await hub.QueryAsync("mutation($s: ID) { inviteMember(input: { schoolId: $s, displayName: \"教师\", role: TEACHER }) { secret errors { message } } }", new { s = school }, HubApp.AdminKey);
            var secret = invited.GetProperty("inviteMember").GetProperty("secret").GetString();
            Assert.Equal("TEACHER", (await hub.QueryAsync("query($s: String!) { invitation(secret: $s) { role } }", new { s = secret })).GetProperty("invitation").GetProperty("role").GetString());
        }
        var mutation = $"mutation {{ {string.Concat(Enumerable.Range(0, 12).Select(i => $"a{i}: acceptInvitation(input: {{ secret: \"{i}\", userName: \"u\", password: \"一句容易记住的话就很好\" }}) {{ errors {{ code }} }} "))} }}";
        using var answer = await client.PostAsJsonAsync("/graphql", new { query = mutation });
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        var data = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data");
        Assert.Equal([.. Enumerable.Repeat("INVALID_INVITATION", 10), .. Enumerable.Repeat("TOO_MANY_ATTEMPTS", 2)], data.EnumerateObject().Select(f => f.Value.GetProperty("errors")[0].GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Guessing_ones_own_password_in_one_document_locks_it()
    {
        using var person = await hub.PersonAsync(null, "HUB_ADMIN");
        var mutation = $"mutation {{ {string.Concat(Enumerable.Range(0, 12).Select(i => $"a{i}: changePassword(input: {{ current: \"{i}\", next: \"一句全新的容易记住的话\" }}) {{ errors {{ code }} }} "))} }}";
        using var answer = await person.Client.PostAsJsonAsync("/graphql", new { query = mutation });
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        var data = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data");
        Assert.Equal(
            [.. Enumerable.Repeat("WRONG_PASSWORD", 4), .. Enumerable.Repeat("LOCKED_OUT", 6), .. Enumerable.Repeat("TOO_MANY_ATTEMPTS", 2)],
            data.EnumerateObject().Select(f => f.Value.GetProperty("errors")[0].GetProperty("code").GetString()));
        Assert.Equal((HttpStatusCode)423, (await TryAsync(person.UserName, password: person.Password)).Status);
    }

    private async Task<(HttpStatusCode Status, string? Code, TimeSpan? Wait)> TryAsync(string userName, string? from = null, string password = "wrong password")
    {
        using var client = hub.Client();
        if (from is not null) client.DefaultRequestHeaders.Add("X-Forwarded-For", from);
        using var answer = await client.PostAsJsonAsync("/accounts/sign-in", new { userName, password });
        var error = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0];
        return (answer.StatusCode, error.GetProperty("extensions").GetProperty("code").GetString(), answer.Headers.RetryAfter?.Delta);
    }
}
