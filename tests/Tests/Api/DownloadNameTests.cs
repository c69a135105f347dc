using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;

namespace ResourceHub.Tests.Api;

/// <summary>Names are data: whatever a sender calls a file, nothing is written outside the store and the header that gives the name back is valid.</summary>
public sealed partial class DownloadNameTests
{
    private static readonly string[] Hostile =
    [
        "../evil.txt", "../../../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/passwd", "C:\\boot.ini", "\\\\server\\share\\a.docx", "a/../../b.docx", "....//....//c.docx", "./d.docx", "~/.ssh/authorized_keys",
        "nul\0byte.docx", "a.docx\0.exe", "%2e%2e%2fevil.txt", "..%2f..%2fevil", "%00.docx", "..%c0%afevil", new string('长', 300) + ".docx", new string('a', 5000), "x." + new string('e', 400), new string('.', 300),
        "\u202Excod.exe", "invoice\u202Efdp.exe", "\u2066hidden\u2069.docx", "CON", "CON.docx", "aux.txt", "LPT1", "trailing.", "trailing.docx...", "trailing space ",
        "😀教案🎉.docx", "👩‍🏫 板书.pptx", "line\nbreak.docx", "crlf\r\nSet-Cookie: a=b", "tab\there.docx", "quote\".docx", "\"quoted.docx\"", "semi;colon=1.docx", "back\\slash\".docx", "'; DROP TABLE Files;--.docx",
        "<script>alert(1)</script>.html", "filename*=UTF-8''x.docx", "\uFEFFbom.docx", "é́́combining.docx", "�broken.docx", "=1+1.csv", "..", ".", " ", "",
    ];

    [GeneratedRegex("""^attachment; filename=(?:"[A-Za-z0-9 ._()-]*"|[A-Za-z0-9._-]+); filename\*=UTF-8''(?:[A-Za-z0-9!#$&+.^_`|~-]|%[0-9A-F]{2})+$""")]
    private static partial Regex Rfc6266();

    [Fact]
    public async Task Fifty_hostile_names_go_in_and_come_out_as_harmless_names()
    {
        await using var hub = await HubApp.StartAsync(new() { ["MaxOpenUploads"] = "1000" });
        var world = new FilesWorld(hub);
        var key = await world.KeyAsync(await world.SchoolAsync("江北二中"));
        var viewer = await hub.Services.GetRequiredService<KeyRing>().FindAsync(key, default);
        using var teacher = new TusClient(hub, key);
        using var client = hub.Client(key);
        var library = hub.Services.GetRequiredService<ResourceLibrary>();
        var resource = (await library.CreateAsync(viewer!, new NewResource { SchoolId = viewer!.SchoolId!.Value, Title = "测试", Kind = "lesson-plan" }, null, default)).Value!;
        foreach (var (hostile, i) in Hostile.Select((name, i) => (name, i)))
        {
            var content = BitConverter.GetBytes(i);
            var path = await teacher.BeginAsync(4, hostile);
            Assert.Equal(204, await teacher.PatchStatusAsync(path, 0, content));
            var attached = await library.AttachFileAsync(viewer, resource.Id, path.Split('/')[^1], null, null, default);
            if (attached.Value is null)
            {
                Assert.Equal("REQUIRED", attached.Problems.Single().Code);
                Assert.Empty(hostile.Trim(' ', '.', '\0'));
                continue;
            }
            await using var db = await world.DbAsync();
            var sha = FilesWorld.Sha256(content);
            var file = await db.Files.AsNoTracking().SingleAsync(f => f.Sha256 == sha);
            Assert.InRange(file.Name.Length, 1, ResourceFile.NameLimit);
            Assert.DoesNotContain(file.Name, c => char.IsControl(c) || c is '/' or '\\' or '\u202E' or '\u2066');
            using var answer = await client.GetAsync($"/files/{file.Id}");
            Assert.Equal(content, await answer.Content.ReadAsByteArrayAsync());
            var header = answer.Content.Headers.GetValues("Content-Disposition").Single();
            Assert.Matches(Rfc6266(), header);
            Assert.Equal(file.Name, ContentDispositionHeaderValue.Parse(header).FileNameStar);
        }
        AssertOnlyServerMadeNames(hub.Data);
    }

    private static void AssertOnlyServerMadeNames(string data)
    {
        var root = Path.Join(data, "blobs");
        foreach (var path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
            Assert.Matches(ServerMade(), Path.GetRelativePath(root, path).Replace('\\', '/'));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(data)!, "evil*", new EnumerationOptions { RecurseSubdirectories = false }));
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(data), entry => Path.GetFileName(entry) is var n && n.Contains("evil") || n.Contains("passwd"));
    }

    [GeneratedRegex("^(?:uploads/[0-9a-f]{32}(?:\\.done)?|[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{64}(?:\\.json)?)$")]
    private static partial Regex ServerMade();
}
