using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core.Blobs;
using ResourceHub.Core.People;

namespace ResourceHub.Tests.Api;

public sealed class UploadTests : IAsyncLifetime
{
    private HubApp hub = null!;
    private FilesWorld world = null!;
    private TusClient teacher = null!;
    private string key = "";

    public async Task InitializeAsync()
    {
        hub = await HubApp.StartAsync(new() { ["MaxUploadBytes"] = "5000000", ["MaxOpenUploads"] = "3" });
        world = new FilesWorld(hub);
        key = await world.KeyAsync(await world.SchoolAsync("江北二中"));
        teacher = new TusClient(hub, key);
    }

    public async Task DisposeAsync()
    {
        teacher.Dispose();
        await hub.DisposeAsync();
    }

    private async Task<Upload> RowAsync(string path)
    {
        await using var db = await world.DbAsync();
        var id = path.Split('/')[^1];
        return await db.Uploads.AsNoTracking().SingleAsync(u => u.Id == id);
    }

    [Fact]
    public async Task The_door_says_what_it_can_do_before_anybody_signs_in()
    {
        using var nobody = new TusClient(hub, null);
        using var answer = await nobody.SendAsync(HttpMethod.Options, "/uploads");
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("1.0.0", answer.Headers.GetValues("Tus-Version").Single());
        Assert.Equal("creation,creation-with-upload,expiration,checksum,termination", answer.Headers.GetValues("Tus-Extension").Single());
        Assert.Equal("5000000", answer.Headers.GetValues("Tus-Max-Size").Single());
    }

    [Fact]
    public async Task An_upload_in_pieces_becomes_a_blob_before_the_last_answer()
    {
        var content = FilesWorld.Bytes(700_000);
        var path = await teacher.BeginAsync(content.Length, "六年级 圆的面积.docx");
        Assert.Equal(204, await teacher.PatchStatusAsync(path, 0, content[..300_000]));
        Assert.Equal(300_000, await teacher.OffsetAsync(path));
        using var last = await teacher.PatchAsync(path, 300_000, content[300_000..]);
        Assert.Equal(HttpStatusCode.NoContent, last.StatusCode);
        Assert.Equal("700000", last.Headers.GetValues("Upload-Offset").Single());
        Assert.True(last.Headers.Contains("Upload-Expires"));
        var row = await RowAsync(path);
        Assert.Equal(FilesWorld.Sha256(content), row.Sha256);
        Assert.Equal("六年级 圆的面积.docx", row.Name);
        Assert.Equal(700_000, await hub.Services.GetRequiredService<IBlobStore>().SizeAsync(BlobName.Parse(row.Sha256)!.Value, default));
    }

    [Fact]
    public async Task HEAD_tells_offset_length_name_and_expiry_and_is_never_cached()
    {
        var path = await teacher.BeginAsync(10, "教案.docx");
        using var head = await teacher.HeadAsync(path);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal("0", head.Headers.GetValues("Upload-Offset").Single());
        Assert.Equal("10", head.Headers.GetValues("Upload-Length").Single());
        Assert.Equal("filename " + Convert.ToBase64String("教案.docx"u8), head.Headers.GetValues("Upload-Metadata").Single());
        Assert.True(head.Headers.CacheControl!.NoStore);
        var expires = DateTimeOffset.Parse(head.Headers.GetValues("Upload-Expires").Single());
        Assert.InRange(expires - TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(23.9), TimeSpan.FromHours(24));
    }

    [Fact]
    public async Task An_empty_file_is_whole_as_soon_as_it_is_created()
    {
        var path = await teacher.BeginAsync(0);
        Assert.Equal(0, await teacher.OffsetAsync(path));
        Assert.Equal(FilesWorld.Sha256([]), (await RowAsync(path)).Sha256);
    }

    [Fact]
    public async Task A_small_file_may_come_with_its_creation()
    {
        var content = new ByteArrayContent("一份教案"u8.ToArray());
        content.Headers.ContentType = new("application/offset+octet-stream");
        using var created = await teacher.SendAsync(HttpMethod.Post, "/uploads", content, ("Upload-Length", "12"));
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal("12", created.Headers.GetValues("Upload-Offset").Single());
        Assert.Equal(FilesWorld.Sha256("一份教案"u8.ToArray()), (await RowAsync(created.Headers.Location!.ToString())).Sha256);
    }

    [Fact]
    public async Task After_a_cut_connection_the_upload_goes_on_at_the_last_stored_byte()
    {
        var content = FilesWorld.Bytes(1_000_000);
        var path = await teacher.BeginAsync(content.Length);
        using (var line = new TcpClient())
        {
            await line.ConnectAsync(hub.Address.Host, hub.Address.Port);
            var wire = line.GetStream();
            await wire.WriteAsync(Encoding.ASCII.GetBytes(
                $"PATCH {path} HTTP/1.1\r\nHost: {hub.Address.Authority}\r\nAuthorization: Bearer {key}\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: 1000000\r\n\r\n"));
            await wire.WriteAsync(content.AsMemory(0, 400_000));
        }
        HttpResponseMessage rest;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        do
        {
            // The hub may still be noticing that the first sender has gone: 423, or a lower offset than it will have in a moment.
            var offset = (int)(await teacher.OffsetAsync(path))!.Value;
            rest = await teacher.PatchAsync(path, offset, content[offset..]);
        }
        while (rest.StatusCode is HttpStatusCode.Locked or HttpStatusCode.Conflict && await tick.WaitForNextTickAsync(limit.Token));
        Assert.Equal(HttpStatusCode.NoContent, rest.StatusCode);
        Assert.Equal(FilesWorld.Sha256(content), (await RowAsync(path)).Sha256);
    }

    [Fact]
    public async Task While_one_sender_writes_another_is_told_that_it_is_locked()
    {
        var content = FilesWorld.Bytes(600_000);
        var path = await teacher.BeginAsync(content.Length);
        var slow = new SlowContent(content, stopAt: 300_000);
        var first = teacher.PatchAsync(path, 0, slow);
        // Looked for with pauses: asking without any uses up the key's requests for the minute where the machine is busy.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await teacher.OffsetAsync(path) == 0) await tick.WaitForNextTickAsync(limit.Token);
        Assert.Equal(423, await teacher.PatchStatusAsync(path, 0, content));
        using (var delete = await teacher.SendAsync(HttpMethod.Delete, path)) Assert.Equal(423, (int)delete.StatusCode);
        slow.GoOn();
        Assert.Equal(HttpStatusCode.NoContent, (await first).StatusCode);
        Assert.Equal(FilesWorld.Sha256(content), (await RowAsync(path)).Sha256);
    }

    [Theory]
    [InlineData("HEAD")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task Another_callers_upload_does_not_exist(string method)
    {
        var path = await teacher.BeginAsync(10);
        using var colleague = new TusClient(hub, await world.KeyAsync(await world.SchoolAsync("广安一小")));
        var piece = new ByteArrayContent(new byte[10]);
        piece.Headers.ContentType = new("application/offset+octet-stream");
        using var theirs = await colleague.SendAsync(new HttpMethod(method), path, method == "PATCH" ? piece : null, ("Upload-Offset", "0"));
        var absent = new ByteArrayContent(new byte[10]);
        absent.Headers.ContentType = piece.Headers.ContentType;
        using var none = await colleague.SendAsync(new HttpMethod(method), "/uploads/0123456789abcdef0123456789abcdef", method == "PATCH" ? absent : null, ("Upload-Offset", "0"));
        Assert.Equal(HttpStatusCode.NotFound, theirs.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.Equal((await none.Content.ReadAsStringAsync()).WithoutRequestNumber(), (await theirs.Content.ReadAsStringAsync()).WithoutRequestNumber());
        Assert.Equal(0, await teacher.OffsetAsync(path));
    }

    [Fact]
    public async Task Nobody_uploads_without_signing_in_or_with_a_key_that_only_reads()
    {
        using var nobody = new TusClient(hub, null);
        using var anonymous = await nobody.CreateAsync(10);
        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        using var reader = new TusClient(hub, await world.KeyAsync(await world.SchoolAsync("广安一小"), Role.Teacher, ApiKeyScopes.Read));
        using var refused = await reader.CreateAsync(10);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("FORBIDDEN", await refused.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_file_over_the_limit_is_refused_before_its_body()
    {
        using var refused = await teacher.CreateAsync(5_000_001);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        Assert.Equal("5000000", refused.Headers.GetValues("Tus-Max-Size").Single());
        Assert.Contains("文件最大", await refused.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task More_than_was_declared_is_refused_and_what_was_stored_before_stays()
    {
        var path = await teacher.BeginAsync(10);
        Assert.Equal(204, await teacher.PatchStatusAsync(path, 0, FilesWorld.Bytes(4)));
        Assert.Equal(413, await teacher.PatchStatusAsync(path, 4, FilesWorld.Bytes(7)));
        using var unannounced = await teacher.PatchAsync(path, 4, new SlowContent(FilesWorld.Bytes(7), stopAt: 7));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, unannounced.StatusCode);
        Assert.Equal(4, await teacher.OffsetAsync(path));
    }

    [Fact]
    public async Task Too_many_open_uploads_are_refused_until_one_is_ended()
    {
        var first = await teacher.BeginAsync(10);
        await teacher.BeginAsync(10);
        await teacher.BeginAsync(10);
        using (var fourth = await teacher.CreateAsync(10)) Assert.Equal(HttpStatusCode.TooManyRequests, fourth.StatusCode);
        using (var ended = await teacher.SendAsync(HttpMethod.Delete, first)) Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        Assert.Null(await teacher.OffsetAsync(first));
        await teacher.BeginAsync(10);
    }

    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    [InlineData("md5")]
    public async Task A_piece_that_does_not_add_up_is_cut_off_again(string algorithm)
    {
        var content = FilesWorld.Bytes(100_000);
        var path = await teacher.BeginAsync(content.Length);
        Assert.Equal(204, await teacher.PatchStatusAsync(path, 0, content[..1000], ("Upload-Checksum", Sum(algorithm, content[..1000]))));
        Assert.Equal(460, await teacher.PatchStatusAsync(path, 1000, content[1000..], ("Upload-Checksum", Sum(algorithm, content[..1000]))));
        Assert.Equal(1000, await teacher.OffsetAsync(path));
        Assert.Equal(204, await teacher.PatchStatusAsync(path, 1000, content[1000..], ("Upload-Checksum", Sum(algorithm, content[1000..]))));
        Assert.Equal(FilesWorld.Sha256(content), (await RowAsync(path)).Sha256);
    }

    private static string Sum(string algorithm, byte[] piece)
        => $"{algorithm} {Convert.ToBase64String(CryptographicOperations.HashData(new HashAlgorithmName(algorithm.ToUpperInvariant()), piece))}";

    [Theory]
    [InlineData("crc32 AAAA")]
    [InlineData("sha1 AAAA")]
    [InlineData("sha1")]
    [InlineData("sha256 !!!")]
    public async Task A_checksum_that_cannot_be_checked_is_refused(string checksum)
    {
        var path = await teacher.BeginAsync(10);
        Assert.Equal(400, await teacher.PatchStatusAsync(path, 0, FilesWorld.Bytes(10), ("Upload-Checksum", checksum)));
        Assert.Equal(0, await teacher.OffsetAsync(path));
    }

    [Fact]
    public async Task Requests_that_break_the_protocol_are_told_why()
    {
        var path = await teacher.BeginAsync(10);
        using var oldVersion = await teacher.SendAsync(HttpMethod.Head, path, null, ("Tus-Resumable", "0.2.2"));
        Assert.Equal(HttpStatusCode.PreconditionFailed, oldVersion.StatusCode);
        Assert.Equal("1.0.0", oldVersion.Headers.GetValues("Tus-Version").Single());
        Assert.Equal(409, await teacher.PatchStatusAsync(path, 5, FilesWorld.Bytes(5)));
        using var plain = await teacher.SendAsync(HttpMethod.Patch, path, new StringContent("abc"), ("Upload-Offset", "0"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, plain.StatusCode);
        Assert.Equal(400, await teacher.PatchStatusAsync(path, 0, FilesWorld.Bytes(5), ("Upload-Offset", "-1")));
        foreach (var length in new[] { "", "-1", "1e3", "99999999999999999999", " 1x" })
        {
            using var odd = await teacher.SendAsync(HttpMethod.Post, "/uploads", null, ("Upload-Length", length));
            Assert.Equal(HttpStatusCode.BadRequest, odd.StatusCode);
        }
        foreach (var metadata in new[] { "filename !!!", "filename YQ==,filename Yg==", ",", "filename YQ==," })
        {
            using var odd = await teacher.SendAsync(HttpMethod.Post, "/uploads", null, ("Upload-Length", "3"), ("Upload-Metadata", metadata));
            Assert.Equal(HttpStatusCode.BadRequest, odd.StatusCode);
        }
    }

    [Fact]
    public async Task An_upload_that_was_whole_when_the_process_died_is_finished_when_it_is_asked_about()
    {
        var blobs = hub.Services.GetRequiredService<IBlobStore>();
        var beforeCommit = await teacher.BeginAsync(1000);
        await blobs.AppendAsync(beforeCommit.Split('/')[^1], 0, new MemoryStream(FilesWorld.Bytes(1000)), 1000, default);
        Assert.Equal(1000, await teacher.OffsetAsync(beforeCommit));
        Assert.Equal(FilesWorld.Sha256(FilesWorld.Bytes(1000)), (await RowAsync(beforeCommit)).Sha256);

        var beforeRow = await teacher.BeginAsync(1000);
        await blobs.AppendAsync(beforeRow.Split('/')[^1], 0, new MemoryStream(FilesWorld.Bytes(1000, 2)), 1000, default);
        await blobs.CommitAsync(beforeRow.Split('/')[^1], new BlobInfo("a", default), default);
        Assert.Equal(204, await teacher.PatchStatusAsync(beforeRow, 1000, []));
        Assert.Equal(FilesWorld.Sha256(FilesWorld.Bytes(1000, 2)), (await RowAsync(beforeRow)).Sha256);
    }

    /// <summary>Sends a part, then waits; of unknown length.</summary>
    private sealed class SlowContent(byte[] content, int stopAt) : HttpContent
    {
        private readonly TaskCompletionSource goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void GoOn() => goOn.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(content.AsMemory(0, stopAt));
            await stream.FlushAsync();
            if (stopAt == content.Length) return;
            await goOn.Task;
            await stream.WriteAsync(content.AsMemory(stopAt));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
