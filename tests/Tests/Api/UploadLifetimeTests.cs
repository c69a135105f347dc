using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Api.Files;
using ResourceHub.Core.Blobs;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;

namespace ResourceHub.Tests.Api;

/// <summary>What becomes of uploads over hours, restarts and a full disk.</summary>
public sealed class UploadLifetimeTests : IDisposable
{
    private static readonly BlobInfo Info = new("a", default);
    private readonly string data = Directory.CreateTempSubdirectory("hub-test-").FullName;
    private readonly MovedClock clock = new();

    public void Dispose() => Directory.Delete(data, recursive: true);

    private Task<HubApp> StartAsync(string reserve = "0")
        => HubApp.StartAsync(new() { ["ReserveBytes"] = reserve }, data, services => services.AddSingleton<TimeProvider>(clock));

    private static Task<int> SweepAsync(HubApp hub) => hub.Services.GetRequiredService<UploadSweep>().SweepAsync(default);

    private static IBlobStore Blobs(HubApp hub) => hub.Services.GetRequiredService<IBlobStore>();

    private static async Task<BlobName> UploadAsync(TusClient teacher, byte[] content)
    {
        Assert.Equal(204, await teacher.PatchStatusAsync(await teacher.BeginAsync(content.Length), 0, content));
        return BlobName.Parse(FilesWorld.Sha256(content))!.Value;
    }

    [Fact]
    public async Task An_upload_goes_on_after_the_hub_was_restarted()
    {
        var content = FilesWorld.Bytes(900_000);
        string key, path;
        await using (var hub = await StartAsync())
        {
            var world = new FilesWorld(hub);
            key = await world.KeyAsync(await world.SchoolAsync("江北二中"));
            using var teacher = new TusClient(hub, key);
            path = await teacher.BeginAsync(content.Length);
            Assert.Equal(204, await teacher.PatchStatusAsync(path, 0, content[..500_000]));
        }
        await using (var hub = await StartAsync())
        {
            using var teacher = new TusClient(hub, key);
            Assert.Equal(500_000, await teacher.OffsetAsync(path));
            Assert.Equal(204, await teacher.PatchStatusAsync(path, 500_000, content[500_000..]));
            Assert.Equal(900_000, await Blobs(hub).SizeAsync(BlobName.Parse(FilesWorld.Sha256(content))!.Value, default));
        }
    }

    [Fact]
    public async Task An_upload_is_kept_for_a_day_and_then_its_bytes_go_with_it()
    {
        await using var hub = await StartAsync();
        var world = new FilesWorld(hub);
        using var teacher = new TusClient(hub, await world.KeyAsync(await world.SchoolAsync("江北二中")));
        var half = await teacher.BeginAsync(1000);
        Assert.Equal(204, await teacher.PatchStatusAsync(half, 0, FilesWorld.Bytes(400)));
        var whole = await UploadAsync(teacher, FilesWorld.Bytes(300, 2));

        clock.Ahead = TimeSpan.FromHours(23.9);
        Assert.Equal(0, await SweepAsync(hub));
        Assert.Equal(400, await teacher.OffsetAsync(half));

        clock.Ahead = TimeSpan.FromHours(24.1);
        Assert.Null(await teacher.OffsetAsync(half));
        Assert.Equal(404, await teacher.PatchStatusAsync(half, 400, FilesWorld.Bytes(600)));
        Assert.Equal(1, await SweepAsync(hub));
        Assert.Null(await Blobs(hub).StagedLengthAsync(half.Split('/')[^1], default));

        clock.Ahead = TimeSpan.FromHours(25.1);
        Assert.Equal(1, await SweepAsync(hub));
        Assert.Null(await Blobs(hub).SizeAsync(whole, default));
    }

    [Fact]
    public async Task Bytes_that_a_file_uses_outlive_an_expired_upload_of_the_same_bytes()
    {
        await using var hub = await StartAsync();
        var world = new FilesWorld(hub);
        var school = await world.SchoolAsync("江北二中");
        using var teacher = new TusClient(hub, await world.KeyAsync(school));
        await world.FileAsync(school, FilesWorld.Bytes(300), "教案.docx");
        var name = await UploadAsync(teacher, FilesWorld.Bytes(300));
        clock.Ahead = TimeSpan.FromHours(26);
        Assert.Equal(1, await SweepAsync(hub));
        Assert.Equal(300, await Blobs(hub).SizeAsync(name, default));
    }

    [Fact]
    public async Task A_whole_upload_that_was_ended_can_no_longer_be_attached_and_is_swept()
    {
        await using var hub = await StartAsync();
        var world = new FilesWorld(hub);
        var school = await world.SchoolAsync("江北二中");
        var key = await world.KeyAsync(school);
        using var teacher = new TusClient(hub, key);
        var (resource, _) = await world.FileAsync(school, FilesWorld.Bytes(5), "a.txt", by: key);
        var path = await teacher.BeginAsync(300);
        Assert.Equal(204, await teacher.PatchStatusAsync(path, 0, FilesWorld.Bytes(300, 3)));
        using (var ended = await teacher.SendAsync(HttpMethod.Delete, path)) Assert.Equal(204, (int)ended.StatusCode);
        var viewer = await hub.Services.GetRequiredService<KeyRing>().FindAsync(key, default);
        var attached = await hub.Services.GetRequiredService<ResourceLibrary>().AttachFileAsync(viewer!, resource, path.Split('/')[^1], "a.docx", null, default);
        Assert.Equal("UPLOAD_NOT_FOUND", attached.Problems.Single().Code);
        clock.Ahead = TimeSpan.FromHours(1.1);
        Assert.Equal(1, await SweepAsync(hub));
        Assert.Null(await Blobs(hub).SizeAsync(BlobName.Parse(FilesWorld.Sha256(FilesWorld.Bytes(300, 3)))!.Value, default));
    }

    [Fact]
    public async Task What_a_crash_left_without_a_row_is_swept_and_fresh_bytes_are_not()
    {
        await using var hub = await StartAsync();
        var orphan = Guid.CreateVersion7().ToString("n");
        await Blobs(hub).StageAsync(orphan, default);
        await Blobs(hub).AppendAsync(orphan, 0, new MemoryStream(FilesWorld.Bytes(10)), 10, default);
        Assert.Equal(0, await SweepAsync(hub));
        clock.Ahead = TimeSpan.FromHours(1.1);
        Assert.Equal(1, await SweepAsync(hub));
        Assert.Null(await Blobs(hub).StagedLengthAsync(orphan, default));
    }

    [Fact]
    public async Task When_the_disk_is_nearly_full_uploads_stop_and_reading_goes_on()
    {
        string key, path;
        Guid file;
        await using (var hub = await StartAsync())
        {
            var world = new FilesWorld(hub);
            var school = await world.SchoolAsync("江北二中");
            key = await world.KeyAsync(school);
            (_, file) = await world.FileAsync(school, FilesWorld.Bytes(300), "教案.docx", by: key);
            using var teacher = new TusClient(hub, key);
            path = await teacher.BeginAsync(1000);
        }
        await using (var hub = await StartAsync(reserve: long.MaxValue.ToString()))
        {
            using var teacher = new TusClient(hub, key);
            using var created = await teacher.CreateAsync(10);
            Assert.Equal(507, (int)created.StatusCode);
            Assert.Contains("STORAGE_FULL", await created.Content.ReadAsStringAsync());
            Assert.Equal(507, await teacher.PatchStatusAsync(path, 0, FilesWorld.Bytes(1000)));
            Assert.Equal(0, await teacher.OffsetAsync(path));
            using var client = hub.Client(key);
            Assert.Equal(FilesWorld.Bytes(300), await client.GetByteArrayAsync($"/files/{file}"));
        }
        await using (var hub = await StartAsync())
        {
            using var teacher = new TusClient(hub, key);
            Assert.Equal(204, await teacher.PatchStatusAsync(path, 0, FilesWorld.Bytes(1000)));
        }
    }
}
