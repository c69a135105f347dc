using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;

namespace ResourceHub.Tests.Telemetry;

/// <summary>Whoever reports an error can name its request, whichever door said no.</summary>
public sealed class RequestNumberTests
{
    public static readonly TheoryData<string, string, int> Refusals = new()
    {
        { "POST", "/graphql", 415 },
        { "GET", "/graphql?query={nothing}", 200 },
        { "GET", "/graphql?query={", 200 },
        { "GET", "/files/none", 404 },
        { "GET", "/agreements/none", 404 },
        { "GET", "/audit.csv", 401 },
        { "POST", "/uploads", 412 },
        { "PUT", "/uploads", 405 },
        { "POST", "/accounts/sign-in", 415 },
        { "DELETE", "/files/none", 405 },
    };

    [Theory, MemberData(nameof(Refusals))]
    public async Task An_error_names_its_request_in_its_body(string method, string address, int status)
    {
        await using var hub = await HubApp.StartAsync();
        using var client = hub.Client();
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        using var answer = await client.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
        var error = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync()).GetProperty("errors")[0];
        Assert.Equal(answer.Headers.GetValues("X-Request-Id").Single(), error.GetProperty("extensions").GetProperty("requestId").GetString());
        Assert.NotEqual("", error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_page_that_has_nothing_to_show_says_the_number_of_its_request()
    {
        await using var hub = await HubApp.StartAsync(new() { ["ApiAddress"] = "http://127.0.0.1:1" });
        using var browser = hub.Browser();
        foreach (var (address, status) in new[] { ("/search?q=x", HttpStatusCode.OK), ("/no-such-page", HttpStatusCode.NotFound) })
        {
            using var answer = await browser.GetAsync(address);
            Assert.Contains(answer.Headers.GetValues("X-Request-Id").Single(), await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task What_breaks_unexpectedly_is_answered_with_a_number_and_no_word_of_what_broke()
    {
        await using var hub = await HubApp.StartAsync();
        var id = await hub.ResourceAsync(await hub.SchoolAsync("江北实验小学"), "教案");
        var file = (await hub.AttachAsync(id, "文字"u8.ToArray(), "a.txt")).GetProperty("downloadUrl").GetString();
        await hub.IdleAsync();
        await using (var db = await hub.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync())
            await db.Database.ExecuteSqlRawAsync("PRAGMA legacy_alter_table = ON; ALTER TABLE \"Files\" RENAME TO \"Gone\"");
        foreach (var (accept, type) in new[] { ("text/html", "text/html"), ("application/json", "application/json") })
        {
            using var client = hub.Client(HubApp.AdminKey);
            client.DefaultRequestHeaders.Accept.ParseAdd(accept);
            using var answer = await client.GetAsync(file);
            var said = await answer.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
            Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
            Assert.Contains(answer.Headers.GetValues("X-Request-Id").Single(), said);
            Assert.DoesNotContain("no such table", said);
        }
    }
}
