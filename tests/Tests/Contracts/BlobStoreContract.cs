using System.Security.Cryptography;
using ResourceHub.Core.Blobs;
using ResourceHub.Engines.Checks;

namespace ResourceHub.Tests.Contracts;

/// <summary>What every blob store promises. An engine inherits these facts.</summary>
public abstract class BlobStoreContract
{
    private static readonly BlobInfo Info = new("教案.docx", new DateTime(2026, 9, 1, 8, 0, 0, DateTimeKind.Utc));

    /// <summary>A store on the place of this test; a second call opens the same place again, as after a restart.</summary>
    protected abstract IBlobStore Open();

    /// <summary>Places of their own on this engine.</summary>
    protected abstract ITrials<IBlobStore> Trials { get; }

    public static TheoryData<string> Checks => [.. BlobChecks.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task It_behaves_as_the_doctor_asks(string check)
    {
        var outcome = await DeepChecks.RunAsync(BlobChecks.All.Single(c => c.Name == check), new(null, Trials, null, IsThorough: false), default);
        Assert.True(outcome.Ok, outcome.Detail);
    }

    protected static string NewId() => Guid.CreateVersion7().ToString("n");

    protected static byte[] Bytes(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    protected static async Task<string> StageAsync(IBlobStore store, byte[] content)
    {
        var id = NewId();
        await store.StageAsync(id, default);
        await store.AppendAsync(id, 0, new MemoryStream(content), content.Length, default);
        return id;
    }

    private static async Task<byte[]> ReadAsync(IBlobStore store, BlobName name)
    {
        await using var stream = await store.OpenAsync(name, default);
        var copy = new MemoryStream();
        await stream!.CopyToAsync(copy);
        return copy.ToArray();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(262_144)]
    [InlineData(3_000_017)]
    public async Task What_is_stored_is_read_back_under_the_name_of_its_bytes(int length)
    {
        var store = Open();
        var content = Bytes(length);
        var name = await store.CommitAsync(await StageAsync(store, content), Info, default);
        Assert.Equal(BlobName.Of(SHA256.HashData(content)), name);
        Assert.Equal(content, await ReadAsync(store, name));
        Assert.Equal(length, await store.SizeAsync(name, default));
        using var local = await store.LocalCopyAsync(name, default);
        Assert.Equal(content, await File.ReadAllBytesAsync(local!.Path));
    }

    [Fact]
    public async Task A_blob_can_be_read_from_any_place()
    {
        var store = Open();
        var content = Bytes(100_000);
        var name = await store.CommitAsync(await StageAsync(store, content), Info, default);
        await using var stream = await store.OpenAsync(name, default);
        stream!.Seek(99_990, SeekOrigin.Begin);
        var end = new byte[10];
        await stream.ReadExactlyAsync(end);
        Assert.Equal(content[^10..], end);
    }

    [Fact]
    public async Task What_was_never_stored_is_not_there()
    {
        var store = Open();
        var name = BlobName.Of(SHA256.HashData(Bytes(5)));
        Assert.Null(await store.OpenAsync(name, default));
        Assert.Null(await store.SizeAsync(name, default));
        Assert.Null(await store.LocalCopyAsync(name, default));
        Assert.Null(await store.StagedLengthAsync(NewId(), default));
    }

    [Fact]
    public async Task The_same_bytes_uploaded_twice_are_one_blob()
    {
        var store = Open();
        var first = await store.CommitAsync(await StageAsync(store, Bytes(5000)), Info, default);
        var second = await store.CommitAsync(await StageAsync(store, Bytes(5000)), Info with { FileName = "other.docx" }, default);
        Assert.Equal(first, second);
        Assert.Equal(Bytes(5000), await ReadAsync(store, second));
    }

    [Fact]
    public async Task The_same_bytes_committed_by_ten_at_once_are_one_whole_blob()
    {
        var store = Open();
        var ids = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => StageAsync(store, Bytes(50_000))));
        var names = await Task.WhenAll(ids.Select(id => store.CommitAsync(id, Info, default)));
        Assert.Single(names.Distinct());
        Assert.Equal(Bytes(50_000), await ReadAsync(store, names[0]));
    }

    [Fact]
    public async Task An_upload_grows_in_pieces_and_over_restarts()
    {
        var content = Bytes(1_000_000);
        var store = Open();
        var id = await StageAsync(store, content[..300_000]);
        await store.AppendAsync(id, 300_000, new MemoryStream(content, 300_000, 100_000), long.MaxValue, default);
        var again = Open();
        Assert.Equal(400_000, await again.StagedLengthAsync(id, default));
        Assert.Equal(1_000_000, await again.AppendAsync(id, 400_000, new MemoryStream(content, 400_000, 600_000), long.MaxValue, default));
        var third = Open();
        Assert.Equal(BlobName.Of(SHA256.HashData(content)), await third.CommitAsync(id, Info, default));
    }

    [Fact]
    public async Task When_the_sender_goes_away_what_had_arrived_stays()
    {
        var store = Open();
        var id = NewId();
        await store.StageAsync(id, default);
        var stored = await store.AppendAsync(id, 0, new BrokenStream(Bytes(400_000)), 1_000_000, default);
        Assert.Equal(400_000, stored);
        Assert.Equal(400_000, await store.StagedLengthAsync(id, default));
        await store.AppendAsync(id, 400_000, new MemoryStream(Bytes(10, 2)), 10, default);
        var name = await store.CommitAsync(id, Info, default);
        byte[] whole = [.. Bytes(400_000), .. Bytes(10, 2)];
        Assert.Equal(whole, await ReadAsync(store, name));
    }

    [Fact]
    public async Task No_more_than_the_limit_is_taken()
    {
        var store = Open();
        var id = NewId();
        await store.StageAsync(id, default);
        Assert.Equal(700, await store.AppendAsync(id, 0, new MemoryStream(Bytes(5000)), 700, default));
        Assert.Equal(700, await store.StagedLengthAsync(id, default));
    }

    [Fact]
    public async Task A_piece_cut_off_again_leaves_nothing_in_the_blob()
    {
        var store = Open();
        var id = await StageAsync(store, Bytes(1000));
        await store.AppendAsync(id, 1000, new MemoryStream(Bytes(500, 9)), 500, default);
        await store.TruncateAsync(id, 1000, default);
        Assert.Equal(BlobName.Of(SHA256.HashData(Bytes(1000))), await store.CommitAsync(id, Info, default));
    }

    [Fact]
    public async Task A_commit_asked_again_after_a_restart_gives_the_same_name_until_the_upload_is_discarded()
    {
        var store = Open();
        var id = await StageAsync(store, Bytes(1234));
        var name = await store.CommitAsync(id, Info, default);
        var again = Open();
        Assert.Equal(1234, await again.StagedLengthAsync(id, default));
        Assert.Equal(name, await again.CommitAsync(id, Info, default));
        await again.DiscardAsync(id, default);
        Assert.Null(await again.StagedLengthAsync(id, default));
        Assert.Equal(Bytes(1234), await ReadAsync(again, name));
    }

    [Fact]
    public async Task A_discarded_upload_is_gone_and_discarding_it_again_changes_nothing()
    {
        var store = Open();
        var id = await StageAsync(store, Bytes(10));
        await store.DiscardAsync(id, default);
        await store.DiscardAsync(id, default);
        Assert.Null(await store.StagedLengthAsync(id, default));
    }

    [Fact]
    public async Task A_whole_stream_is_stored_at_once_and_leaves_no_upload_behind()
    {
        var store = Open();
        var name = await store.PutAsync(new MemoryStream(Bytes(777)), Info, default);
        Assert.Equal(Bytes(777), await ReadAsync(store, name));
        Assert.Empty(await store.StagedBeforeAsync(DateTime.MaxValue, default));
    }

    [Fact]
    public async Task A_stream_that_breaks_never_becomes_a_blob()
    {
        var store = Open();
        await Assert.ThrowsAnyAsync<IOException>(() => store.PutAsync(new BrokenStream(Bytes(777)), Info, default));
        Assert.Null(await store.SizeAsync(BlobName.Of(SHA256.HashData(Bytes(777))), default));
        Assert.Empty(await store.StagedBeforeAsync(DateTime.MaxValue, default));
    }

    [Fact]
    public async Task Uploads_that_nothing_was_written_to_are_told_apart_from_fresh_ones()
    {
        var store = Open();
        var id = await StageAsync(store, Bytes(10));
        Assert.Equal([id], await store.StagedBeforeAsync(DateTime.MaxValue, default));
        Assert.Empty(await store.StagedBeforeAsync(new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc), default));
    }

    [Fact]
    public async Task A_blob_is_deleted_only_when_no_commit_was_made_of_it_since()
    {
        var store = Open();
        var name = await store.CommitAsync(await StageAsync(store, Bytes(10)), Info, default);
        Assert.False(await store.DeleteAsync(name, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc), default));
        Assert.Equal(10, await store.SizeAsync(name, default));
        Assert.True(await store.DeleteAsync(name, DateTime.MaxValue, default));
        Assert.Null(await store.SizeAsync(name, default));
        Assert.False(await store.DeleteAsync(name, DateTime.MaxValue, default));
    }

    [Theory]
    [InlineData("../../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("..\\0123456789abcdef0123456789abc")]
    public async Task An_id_that_the_server_did_not_make_is_refused(string id)
    {
        var store = Open();
        await Assert.ThrowsAsync<ArgumentException>(() => store.StageAsync(id, default));
        await Assert.ThrowsAsync<ArgumentException>(() => store.StagedLengthAsync(id, default));
        await Assert.ThrowsAsync<ArgumentException>(() => store.DiscardAsync(id, default));
    }

    /// <summary>Gives some bytes, then breaks as a connection does.</summary>
    private sealed class BrokenStream(byte[] content) : MemoryStream(content)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            => await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new IOException("The connection was cut.");
    }
}
