using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Core.Keys;
using ResourceHub.Tests.Engines.Elasticsearch;

namespace ResourceHub.Tests.Processes;

/// <summary>A browser may meet another process at each request: what one sealed, all open.</summary>
public sealed partial class SharedKeyTests : IAsyncLifetime
{
    private const string Changes = "query($since: String) { changes(since: $since, first: 1) { pageInfo { endCursor hasNextPage } } }";

    private readonly string data = Directory.CreateTempSubdirectory("hub-keys-").FullName;
    private StubServer stub = null!;

    public async Task InitializeAsync() => stub = await StubServer.StartAsync(new Imitation().Answer);

    public async Task DisposeAsync()
    {
        await stub.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task Sessions_forms_and_cursors_of_one_process_hold_at_another()
    {
        await using var one = await SplitAsync();
        await using var other = await SplitAsync();
        var school = await one.SchoolAsync("江北实验小学");
        for (var i = 0; i < 3; i++) await one.ResourceAsync(school, $"教案 {i}");
        using var teacher = await one.PersonAsync(school);
        using var elsewhere = Follow(other.Address, await CookieAsync(one, teacher));
        Assert.Contains("人员1", await elsewhere.GetStringAsync("/account"));
        var cursor = (await one.QueryAsync(Changes, key: HubApp.AdminKey)).GetProperty("changes").GetProperty("pageInfo").GetProperty("endCursor").GetString();
        Assert.True((await other.QueryAsync(Changes, new { since = cursor }, HubApp.AdminKey)).GetProperty("changes").GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean());
        Assert.False(Directory.Exists(Path.Join(data, "keys")));
        Assert.False(File.Exists(Path.Join(data, "cursor.key")));
    }

    [Fact]
    public async Task A_form_of_one_process_is_taken_by_another()
    {
        await using var one = await SplitAsync();
        await using var other = await SplitAsync();
        var school = await one.SchoolAsync("江北实验小学");
        using var teacher = await one.PersonAsync(school);
        var session = await CookieAsync(one, teacher);
        using var browser = Follow(one.Address, session);
        using var page = await browser.GetAsync("/upload");
        var token = Token().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value;
        var form = page.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("hub-form=", StringComparison.Ordinal)).Split(';')[0];
        Assert.NotEmpty(token);
        using var there = Follow(other.Address, $"{session}; {form}");
        using var good = await there.PostAsync("/upload", new FormUrlEncodedContent(new Dictionary<string, string> { ["do"] = "upload", ["token"] = token }));
        Assert.NotEqual(HttpStatusCode.BadRequest, good.StatusCode);
        using var bad = await there.PostAsync("/upload", new FormUrlEncodedContent(new Dictionary<string, string> { ["do"] = "upload", ["token"] = token[..^4] + "AAAA" }));
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
    }

    [Fact]
    public async Task Keys_that_an_earlier_version_kept_in_the_data_folder_are_taken_over_and_sessions_go_on()
    {
        string session, cursor;
        await using (var hub = await SplitAsync())
        {
            var school = await hub.SchoolAsync("江北实验小学");
            using var teacher = await hub.PersonAsync(school);
            session = await CookieAsync(hub, teacher);
            cursor = (await hub.QueryAsync(Changes, key: HubApp.AdminKey)).GetProperty("changes").GetProperty("pageInfo").GetProperty("endCursor").GetString()!;
            await ToFolderAsync(hub);
        }
        await using var upgraded = await SplitAsync();
        using var browser = Follow(upgraded.Address, session);
        Assert.Contains("人员1", await browser.GetStringAsync("/account"));
        await upgraded.QueryAsync(Changes, new { since = cursor }, HubApp.AdminKey);
        Assert.False(Directory.Exists(Path.Join(data, "keys")));
        Assert.False(File.Exists(Path.Join(data, "cursor.key")));
    }

    /// <summary>As it was before the record kept them.</summary>
    private async Task ToFolderAsync(HubApp hub)
    {
        await using var db = await hub.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync();
        var keys = Directory.CreateDirectory(Path.Join(data, "keys")).FullName;
        foreach (var key in await db.SharedKeys.ToListAsync())
            if (key.Name == SharedKeys.Cursor) await File.WriteAllBytesAsync(Path.Join(data, "cursor.key"), Convert.FromBase64String(key.Value));
            else await File.WriteAllTextAsync(Path.Join(keys, key.Name[SharedKeys.Protection.Length..] + ".xml"), $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{key.Value}");
        await db.SharedKeys.ExecuteDeleteAsync();
    }

    private Task<HubApp> SplitAsync() => HubApp.StartAsync(new() { ["Search"] = "elasticsearch", ["Elasticsearch:Nodes"] = stub.Address.ToString() }, data);

    private static async Task<string> CookieAsync(HubApp hub, HubPerson person)
    {
        using var browser = hub.Browser();
        using var answer = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(browser, "/accounts/sign-in", new { userName = person.UserName, password = person.Password });
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private static HttpClient Follow(Uri address, string cookies)
    {
        var client = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = address };
        client.DefaultRequestHeaders.Add("Cookie", cookies);
        return client;
    }

    [GeneratedRegex("name=\"token\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
