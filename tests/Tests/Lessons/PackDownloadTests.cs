using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Api.GraphQL;
using ResourceHub.Api.Packs;
using ResourceHub.Core;
using ResourceHub.Core.Blobs;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.Resources;
using ResourceHub.Tests.Api;

namespace ResourceHub.Tests.Lessons;

public sealed class PackDownloadTests : IAsyncLifetime
{
    private static readonly byte[] Slides = FilesWorld.Bytes(300_000);
    private static readonly byte[] Plan = Encoding.UTF8.GetBytes("圆的面积 教学设计");
    private HubApp hub = null!;
    private FilesWorld world = null!;
    private Guid school;

    public async Task InitializeAsync()
    {
        hub = await HubApp.StartAsync();
        world = new FilesWorld(hub);
        school = await world.SchoolAsync("重庆市江北区华新实验小学");
    }

    public async Task DisposeAsync() => await hub.DisposeAsync();

    private async Task<Guid> LessonAsync(params (LessonPartKind Kind, Guid Resource)[] parts)
    {
        await using var db = await world.DbAsync();
        var lesson = new Lesson { SchoolId = school, CreatedBy = Guid.CreateVersion7(), Title = "圆的面积：第1课时", CreatedAt = DateTime.UnixEpoch };
        foreach (var (kind, resource) in parts) lesson.Parts.Add(new LessonPart { LessonId = lesson.Id, Position = lesson.Parts.Count + 1, Kind = kind, ResourceId = resource });
        lesson.Publish(Visibility.Public, DateTime.UnixEpoch);
        db.Add(lesson);
        await db.SaveChangesAsync();
        return lesson.Id;
    }

    private async Task<ZipArchive> ZipAsync(string path, string? key = null)
    {
        using var client = hub.Client(key);
        using var answer = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new ZipArchive(new MemoryStream(await answer.Content.ReadAsByteArrayAsync()));
    }

    private static string TextOf(ZipArchive zip, string name)
    {
        using var text = new StreamReader(zip.GetEntry(name)!.Open(), Encoding.UTF8);
        return text.ReadToEnd();
    }

    [Fact]
    public async Task A_lesson_comes_as_one_zip_with_its_parts_in_folders_and_a_sheet_of_whom_to_name()
    {
        var slides = await world.FileAsync(school, Slides, "圆的面积.pptx", published: Visibility.Public);
        var plan = await world.FileAsync(school, Plan, "教学设计.txt", published: Visibility.Public);
        var secret = await world.FileAsync(school, Plan, "校内讲义.txt", published: Visibility.School);
        var lesson = await LessonAsync((LessonPartKind.Slides, slides.Resource), (LessonPartKind.Other, secret.Resource), (LessonPartKind.Plan, plan.Resource));
        using var zip = await ZipAsync(PackAddress.OfLesson(lesson));
        Assert.Equal(["01 课件/圆的面积.pptx", "02 教学设计/教学设计.txt", "说明 README.txt", "SHA256SUMS.txt"], zip.Entries.Select(e => e.FullName));
        var readme = TextOf(zip, "说明 README.txt");
        Assert.Contains("《圆的面积.pptx》，重庆市江北区华新实验小学。署名（CC BY 4.0） https://creativecommons.org/licenses/by/4.0/\r\n", readme, StringComparison.Ordinal);
        Assert.Contains("另有 1 个部分没有与您共享", readme, StringComparison.Ordinal);
        Assert.DoesNotContain("校内讲义", readme, StringComparison.Ordinal);
        Assert.Contains($"{FilesWorld.Sha256(Slides)}  01 课件/圆的面积.pptx\n", TextOf(zip, "SHA256SUMS.txt"), StringComparison.Ordinal);
        await using var bytes = zip.GetEntry("01 课件/圆的面积.pptx")!.Open();
        using var read = new MemoryStream();
        await bytes.CopyToAsync(read);
        Assert.Equal(Slides, read.ToArray());
        using var own = await ZipAsync(PackAddress.OfLesson(lesson), await world.KeyAsync(school));
        Assert.Contains("02 其他/校内讲义.txt", own.Entries.Select(e => e.FullName));
    }

    [Fact]
    public async Task Other_programs_open_it_with_every_name_right()
    {
        var slides = await world.FileAsync(school, Slides, "圆的面积 (修改稿)—终稿.pptx", published: Visibility.Public);
        var lesson = await LessonAsync((LessonPartKind.Slides, slides.Resource), (LessonPartKind.Exercises, slides.Resource));
        var file = Path.Join(hub.Data, "lesson.zip");
        using (var client = hub.Client()) await File.WriteAllBytesAsync(file, await client.GetByteArrayAsync(PackAddress.OfLesson(lesson)));
        Assert.Equal("None", await RunAsync("python3", "-c", "import zipfile,sys; print(zipfile.ZipFile(sys.argv[1]).testzip())", file));
        Assert.Contains("01 课件/圆的面积 (修改稿)—终稿.pptx", await RunAsync("python3", "-c", "import zipfile,sys; [print(n) for n in zipfile.ZipFile(sys.argv[1]).namelist()]", file), StringComparison.Ordinal);
        Assert.Contains("No errors detected", await RunAsync("unzip", "-t", file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_read_is_named_and_the_rest_comes()
    {
        var slides = await world.FileAsync(school, Slides, "课件.pptx", published: Visibility.Public);
        var plan = await world.FileAsync(school, Plan, "教案.txt", published: Visibility.Public);
        var lesson = await LessonAsync((LessonPartKind.Slides, slides.Resource), (LessonPartKind.Plan, plan.Resource));
        Assert.True(await hub.Services.GetRequiredService<IBlobStore>().DeleteAsync(BlobName.Parse(FilesWorld.Sha256(Slides))!.Value, DateTime.MaxValue, default));
        using var zip = await ZipAsync(PackAddress.OfLesson(lesson));
        Assert.DoesNotContain(zip.Entries, e => e.Name == "课件.pptx");
        Assert.Contains(zip.Entries, e => e.Name == "教案.txt");
        Assert.Contains("没有放入：These files could not be read and are not here:\r\n    01 课件/课件.pptx", TextOf(zip, "说明 README.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_chosen_from_a_search_comes_in_its_order_and_what_is_closed_is_only_counted()
    {
        var one = await world.FileAsync(school, Plan, "一.txt", published: Visibility.Public);
        var two = await world.FileAsync(school, Plan, "二.txt", published: Visibility.Public);
        var closed = await world.FileAsync(school, Plan, "三.txt", published: Visibility.School);
        string Id(Guid id) => "id=" + GlobalId.Of<Resource>(id);
        using var zip = await ZipAsync($"/resources.zip?{Id(two.Resource)}&{Id(closed.Resource)}&{Id(one.Resource)}");
        Assert.Equal(["01 二.txt/二.txt", "02 一.txt/一.txt"], zip.Entries.Select(e => e.FullName).Take(2));
        Assert.Contains("另有 1 个部分没有与您共享，或已不存在", TextOf(zip, "说明 README.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_lesson_and_none_are_answered_alike()
    {
        await using (var db = await world.DbAsync())
        {
            db.Add(new Lesson { SchoolId = school, CreatedBy = Guid.CreateVersion7(), Title = "草稿", CreatedAt = DateTime.UnixEpoch });
            await db.SaveChangesAsync();
        }
        await using var record = await world.DbAsync();
        var draft = await record.Lessons.SingleAsync();
        using var client = hub.Client();
        using var closed = await client.GetAsync(PackAddress.OfLesson(draft.Id));
        using var none = await client.GetAsync(PackAddress.OfLesson(Guid.CreateVersion7()));
        using var nonsense = await client.GetAsync("/lessons/abc.zip");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (closed.StatusCode, none.StatusCode, nonsense.StatusCode));
        Assert.Equal(await WithoutIdAsync(none), await WithoutIdAsync(closed));
        using var empty = await client.GetAsync("/resources.zip");
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
    }

    /// <summary>What is said, without the request's own id.</summary>
    private static async Task<string> WithoutIdAsync(HttpResponseMessage answer)
        => (await answer.Content.ReadAsStringAsync()).Replace(answer.Headers.GetValues("X-Request-Id").Single(), "", StringComparison.Ordinal);

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8, Environment = { ["LC_ALL"] = "C.UTF-8", ["PYTHONIOENCODING"] = "utf-8" } };
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program}: {said}");
        return said.Trim();
    }
}
