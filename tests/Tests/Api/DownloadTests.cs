using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core.Blobs;
using ResourceHub.Core.Files;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;

namespace ResourceHub.Tests.Api;

public sealed partial class DownloadTests : IAsyncLifetime
{
    private static readonly byte[] Content = FilesWorld.Bytes(100_000);
    private HubApp hub = null!;
    private FilesWorld world = null!;
    private Guid school;

    public async Task InitializeAsync()
    {
        hub = await HubApp.StartAsync();
        world = new FilesWorld(hub);
        school = await world.SchoolAsync("江北二中");
    }

    public async Task DisposeAsync() => await hub.DisposeAsync();

    private async Task<HttpResponseMessage> GetAsync(string path, string? key = null, HttpMethod? method = null, params (string Name, string Value)[] headers)
    {
        using var client = hub.Client(key);
        var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request);
    }

    private async Task<string> PublicAsync(string name = "课件.pptx", string? mediaType = null)
        => $"/files/{(await world.FileAsync(school, Content, name, mediaType, published: Visibility.Public)).File}";

    /// <summary>Without those that differ from request to request anyway.</summary>
    private static IEnumerable<string> HeadersOf(HttpResponseMessage answer)
        => answer.Headers.Where(h => h.Key != "Date" && !h.Key.Equals("X-Request-Id", StringComparison.OrdinalIgnoreCase)).Select(h => $"{h.Key}: {string.Join(',', h.Value)}");

    [Fact]
    public async Task A_public_file_is_given_to_anybody_with_its_name_and_its_hash()
    {
        using var answer = await GetAsync(await PublicAsync("圆的面积 (六上).pptx"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Content, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal($"\"{FilesWorld.Sha256(Content)}\"", answer.Headers.ETag!.Tag);
        Assert.Equal("attachment; filename=\"____ (__).pptx\"; filename*=UTF-8''%E5%9C%86%E7%9A%84%E9%9D%A2%E7%A7%AF%20%28%E5%85%AD%E4%B8%8A%29.pptx", answer.Content.Headers.GetValues("Content-Disposition").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("sandbox; default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("bytes", answer.Headers.AcceptRanges.Single());
        Assert.True(answer.Headers.CacheControl!.NoCache);
    }

    [Fact]
    public async Task HEAD_tells_the_same_without_the_bytes()
    {
        using var answer = await GetAsync(await PublicAsync(), method: HttpMethod.Head);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Content.Length, answer.Content.Headers.ContentLength);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("bytes=0-99", 206, 0, 99)]
    [InlineData("bytes=0-0", 206, 0, 0)]
    [InlineData("bytes=99999-", 206, 99_999, 99_999)]
    [InlineData("bytes=50000-", 206, 50_000, 99_999)]
    [InlineData("bytes=-500", 206, 99_500, 99_999)]
    [InlineData("bytes=-200000", 206, 0, 99_999)]
    [InlineData("bytes=90000-200000", 206, 90_000, 99_999)]
    [InlineData("bytes=100000-", 416, 0, 0)]
    [InlineData("bytes=-0", 416, 0, 0)]
    [InlineData("bytes=9-3", 200, 0, 99_999)]
    [InlineData("bytes=abc", 200, 0, 99_999)]
    [InlineData("pages=1-2", 200, 0, 99_999)]
    [InlineData("bytes=0-1,5-6", 200, 0, 99_999)]
    public async Task A_range_gives_exactly_its_bytes(string range, int status, int from, int to)
    {
        using var answer = await GetAsync(await PublicAsync(), headers: ("Range", range));
        Assert.Equal(status, (int)answer.StatusCode);
        if (status == 416)
        {
            Assert.Equal("bytes */100000", answer.Content.Headers.GetValues("Content-Range").Single());
            return;
        }
        Assert.Equal(Content[from..(to + 1)], await answer.Content.ReadAsByteArrayAsync());
        if (status == 206) Assert.Equal($"bytes {from}-{to}/100000", answer.Content.Headers.GetValues("Content-Range").Single());
    }

    [Fact]
    public async Task A_range_of_another_state_of_the_file_gives_the_whole()
    {
        var path = await PublicAsync();
        var tag = $"\"{FilesWorld.Sha256(Content)}\"";
        using var same = await GetAsync(path, headers: [("Range", "bytes=0-9"), ("If-Range", tag)]);
        Assert.Equal(HttpStatusCode.PartialContent, same.StatusCode);
        using var other = await GetAsync(path, headers: [("Range", "bytes=0-9"), ("If-Range", "\"0000\"")]);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal(Content, await other.Content.ReadAsByteArrayAsync());
        using var known = await GetAsync(path, headers: ("If-None-Match", tag));
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        using var changed = await GetAsync(path, headers: ("If-Match", "\"0000\""));
        Assert.Equal(HttpStatusCode.PreconditionFailed, changed.StatusCode);
    }

    [Fact]
    public async Task Who_may_see_the_resource_gets_the_file_and_for_all_others_it_does_not_exist()
    {
        var partner = await world.SchoolAsync("广安一小");
        var stranger = await world.SchoolAsync("合川三小");
        var pair = await world.PartnershipAsync(school, partner);
        var author = await world.KeyAsync(school);
        Dictionary<string, string?> callers = new()
        {
            ["nobody"] = null,
            ["author"] = author,
            ["colleague"] = await world.KeyAsync(school),
            ["own admin"] = await world.KeyAsync(school, Role.SchoolAdmin),
            ["partner"] = await world.KeyAsync(partner),
            ["stranger"] = await world.KeyAsync(stranger),
            ["stranger admin"] = await world.KeyAsync(stranger, Role.SchoolAdmin),
            ["hub admin"] = HubApp.AdminKey,
        };
        Dictionary<string, (Guid File, string[] Allowed)> files = new()
        {
            ["draft"] = ((await world.FileAsync(school, Content, "a.docx", by: author)).File, ["author", "own admin", "hub admin"]),
            ["private"] = ((await world.FileAsync(school, Content, "b.docx", by: author, published: Visibility.Private)).File, ["author", "own admin", "hub admin"]),
            ["school"] = ((await world.FileAsync(school, Content, "c.docx", by: author, published: Visibility.School)).File, ["author", "colleague", "own admin", "hub admin"]),
            ["partners"] = ((await world.FileAsync(school, Content, "d.docx", by: author, partnership: pair)).File, ["author", "colleague", "own admin", "partner", "hub admin"]),
            ["members"] = ((await world.FileAsync(school, Content, "e.docx", by: author, published: Visibility.Members)).File, [.. callers.Keys.Where(c => c != "nobody")]),
            ["public"] = ((await world.FileAsync(school, Content, "f.docx", by: author, published: Visibility.Public)).File, [.. callers.Keys]),
        };
        foreach (var (who, key) in callers)
        {
            using var absent = await GetAsync($"/files/{Guid.CreateVersion7()}", key);
            Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);
            foreach (var (what, (file, allowed)) in files)
            {
                using var answer = await GetAsync($"/files/{file:n}", key);
                Assert.True(allowed.Contains(who) == (answer.StatusCode == HttpStatusCode.OK), $"{who} asks for {what}: {answer.StatusCode}");
                if (answer.StatusCode == HttpStatusCode.OK) continue;
                Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
                Assert.Equal((await absent.Content.ReadAsStringAsync()).WithoutRequestNumber(), (await answer.Content.ReadAsStringAsync()).WithoutRequestNumber());
                Assert.Equal(HeadersOf(absent), HeadersOf(answer));
            }
        }
    }

    [Fact]
    public async Task The_refusal_speaks_Chinese_and_English_and_has_a_code()
    {
        using var answer = await GetAsync("/files/not-an-id");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("没有找到", text);
        Assert.Contains("There is no such", text);
        Assert.Equal("NOT_FOUND", JsonDocument.Parse(text).RootElement.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_withdrawal_counts_at_once_and_a_file_taken_out_stays_the_schools_own()
    {
        var colleague = await world.KeyAsync(school);
        var (resource, file) = await world.FileAsync(school, Content, "a.docx", published: Visibility.Public);
        await using (var db = await world.DbAsync()) await db.Files.Where(f => f.Id == file).ExecuteUpdateAsync(set => set.SetProperty(f => f.RemovedIn, 2));
        using (var outsider = await GetAsync($"/files/{file}")) Assert.Equal(HttpStatusCode.NotFound, outsider.StatusCode);
        using (var own = await GetAsync($"/files/{file}", colleague)) Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        await using (var db = await world.DbAsync()) await db.Resources.Where(r => r.Id == resource).ExecuteUpdateAsync(set => set.SetProperty(r => r.State, ResourceState.Withdrawn));
        using (var own = await GetAsync($"/files/{file}", colleague)) Assert.Equal(HttpStatusCode.NotFound, own.StatusCode);
    }

    [Theory]
    [InlineData("a.jpg", "image/jpeg", "image/jpeg", true)]
    [InlineData("a.mp4", "video/mp4", "video/mp4", true)]
    [InlineData("a.mp3", "audio/mpeg", "audio/mpeg", true)]
    [InlineData("a.pdf", "application/pdf", "application/pdf", true)]
    [InlineData("a.html", "text/html", "application/octet-stream", false)]
    [InlineData("a.svg", "image/svg+xml", "application/octet-stream", false)]
    [InlineData("a.xml", "text/xml", "application/octet-stream", false)]
    [InlineData("a.xhtml", "application/xhtml+xml", "application/octet-stream", false)]
    [InlineData("a.js", "text/javascript", "application/octet-stream", false)]
    [InlineData("a.html", "text/html; charset=utf-8", "application/octet-stream", false)]
    [InlineData("a.htm", "image/jpeg\r\nX-Evil: 1", "application/octet-stream", false)]
    public async Task Only_what_has_no_script_that_could_act_is_shown_in_place(string name, string mediaType, string answered, bool shown)
    {
        var path = await PublicAsync(name, mediaType);
        using var asked = await GetAsync(path + "?inline=1");
        Assert.Equal(answered, asked.Content.Headers.ContentType!.ToString());
        Assert.Equal(shown ? "inline" : "attachment", asked.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Contains("sandbox", asked.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", asked.Headers.GetValues("X-Content-Type-Options").Single());
        using var plain = await GetAsync(path);
        Assert.Equal("attachment", plain.Content.Headers.ContentDisposition!.DispositionType);
    }

    [Fact]
    public async Task What_somebody_signed_in_sees_is_stored_nowhere()
    {
        using var answer = await GetAsync(await PublicAsync(), HubApp.AdminKey);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.True(answer.Headers.CacheControl.Private);
    }

    [Fact]
    public async Task A_poster_is_shown_to_those_who_see_the_file()
    {
        var (_, file) = await world.FileAsync(school, Content, "课堂实录.mp4", published: Visibility.Public);
        var picture = FilesWorld.Bytes(500, 7);
        var blob = await hub.Services.GetRequiredService<IBlobStore>().PutAsync(new MemoryStream(picture), new BlobInfo("poster.jpg", default), default);
        using (var none = await GetAsync($"/files/{file}/poster")) Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        await using (var db = await world.DbAsync())
        {
            db.Add(new FileExtraction { FileId = file, State = ExtractionState.Done, PosterSha256 = blob.Hex });
            await db.SaveChangesAsync();
        }
        using var poster = await GetAsync($"/files/{file}/poster");
        Assert.Equal("image/jpeg", poster.Content.Headers.ContentType!.MediaType);
        Assert.Equal(picture, await poster.Content.ReadAsByteArrayAsync());
        await using (var db = await world.DbAsync()) await db.Files.Where(f => f.Id == file).ExecuteUpdateAsync(set => set.SetProperty(f => f.RemovedIn, 2));
        using var gone = await GetAsync($"/files/{file}/poster");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task A_file_that_lost_bytes_is_not_served_as_if_it_were_whole()
    {
        var path = await PublicAsync();
        var sha = FilesWorld.Sha256(Content);
        await File.WriteAllBytesAsync(Path.Join(hub.Data, "blobs", sha[..2], sha[2..4], sha), Content[1..]);
        using var answer = await GetAsync(path);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("FILE_UNAVAILABLE", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Each_visit_is_counted_once_and_the_count_outlives_a_restart()
    {
        var data = Directory.CreateTempSubdirectory("hub-test-").FullName;
        Guid resource;
        await using (var first = await HubApp.StartAsync(data: data))
        {
            var there = new FilesWorld(first);
            (resource, var file) = await there.FileAsync(await there.SchoolAsync("广安一小"), Content, "a.docx", published: Visibility.Public);
            using var client = first.Client();
            for (var i = 0; i < 5; i++) await client.GetByteArrayAsync($"/files/{file}");
            foreach (var range in new[] { new RangeHeaderValue(0, 99), new RangeHeaderValue(100, 199), new RangeHeaderValue(null, 5) })
            {
                using var part = await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/files/{file}") { Headers = { Range = range } });
                Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
            }
            using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"/files/{file}"));
        }
        await using (var second = await HubApp.StartAsync(data: data))
        {
            await using var db = await new FilesWorld(second).DbAsync();
            Assert.Equal(6, await db.Resources.Where(r => r.Id == resource).Select(r => r.Downloads).SingleAsync());
        }
        Directory.Delete(data, recursive: true);
    }
}
