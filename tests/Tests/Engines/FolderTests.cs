using System.Text.Json;
using ResourceHub.Core.Blobs;
using ResourceHub.Engines.Checks;
using ResourceHub.Engines.Folder;
using ResourceHub.Tests.Contracts;

namespace ResourceHub.Tests.Engines;

public sealed class FolderTests : BlobStoreContract, IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("hub-blobs-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    protected override ITrials<IBlobStore> Trials => new FolderTrials(root, TimeProvider.System);

    protected override IBlobStore Open() => new FolderBlobStore(root, 0, TimeProvider.System);

    [Fact]
    public async Task A_blob_lies_in_its_shard_with_a_sidecar_that_says_what_it_is()
    {
        var store = Open();
        var at = new DateTime(2026, 9, 1, 8, 0, 0, DateTimeKind.Utc);
        var name = await store.CommitAsync(await StageAsync(store, Bytes(42)), new BlobInfo("教案.docx", at), default);
        var folder = Path.Join(root, name.Hex[..2], name.Hex[2..4]);
        Assert.Equal([name.Hex, name.Hex + ".json"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        using var sidecar = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Join(folder, name.Hex + ".json")));
        Assert.Equal("教案.docx", sidecar.RootElement.GetProperty("fileName").GetString());
        Assert.Equal(name.Hex, sidecar.RootElement.GetProperty("sha256").GetString());
        Assert.Equal(42, sidecar.RootElement.GetProperty("size").GetInt64());
        Assert.Equal(at, sidecar.RootElement.GetProperty("storedAt").GetDateTime());
    }

    [Fact]
    public async Task A_blob_that_lost_bytes_is_made_whole_by_the_next_upload_of_them()
    {
        var store = Open();
        var name = await store.CommitAsync(await StageAsync(store, Bytes(1000)), new BlobInfo("a", default), default);
        await File.WriteAllBytesAsync(Path.Join(root, name.Hex[..2], name.Hex[2..4], name.Hex), Bytes(999));
        await store.CommitAsync(await StageAsync(store, Bytes(1000)), new BlobInfo("a", default), default);
        using var copy = await store.LocalCopyAsync(name, default);
        Assert.Equal(Bytes(1000), await File.ReadAllBytesAsync(copy!.Path));
    }

    [Fact]
    public async Task Below_the_reserve_nothing_is_taken_and_reading_goes_on()
    {
        var name = await Open().PutAsync(new MemoryStream(Bytes(10)), new BlobInfo("a", default), default);
        var id = await StageAsync(Open(), Bytes(10));
        var full = new FolderBlobStore(root, long.MaxValue, TimeProvider.System);
        await Assert.ThrowsAsync<StorageFullException>(() => full.StageAsync(NewId(), default));
        await Assert.ThrowsAsync<StorageFullException>(() => full.AppendAsync(id, 10, new MemoryStream(Bytes(10)), 10, default));
        Assert.Equal(10, await full.StagedLengthAsync(id, default));
        await using var stream = await full.OpenAsync(name, default);
        Assert.Equal(10, stream!.Length);
    }

    [Fact]
    public async Task Two_senders_never_write_into_one_upload()
    {
        var store = Open();
        var id = await StageAsync(store, Bytes(10));
        var gate = new TaskCompletionSource();
        var slow = store.AppendAsync(id, 10, new GatedStream(gate.Task), 10, default);
        await Assert.ThrowsAsync<IOException>(() => store.AppendAsync(id, 10, new MemoryStream(Bytes(5)), 5, default));
        gate.SetResult();
        Assert.Equal(10, await slow);
    }

    /// <summary>Ends without a byte once its gate opens.</summary>
    private sealed class GatedStream(Task gate) : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await gate;
            return 0;
        }
    }
}
