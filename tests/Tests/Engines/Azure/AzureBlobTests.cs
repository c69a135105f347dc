using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using ResourceHub.Core.Blobs;
using ResourceHub.Engines.AzureBlobs;
using ResourceHub.Engines.Checks;
using ResourceHub.Tests.Contracts;

namespace ResourceHub.Tests.Engines.Azure;

/// <summary>Against a real Azurite. A real Azure account was not used.</summary>
public sealed class AzureBlobTests : BlobStoreContract, IClassFixture<Azurite>, IAsyncLifetime
{
    private readonly AzureSettings settings;

    public AzureBlobTests(Azurite azurite) => settings = azurite.Settings;

    public Task InitializeAsync() => ((AzureBlobStore)Open()).PrepareAsync(default);

    public Task DisposeAsync() => Task.CompletedTask;

    protected override ITrials<IBlobStore> Trials => new AzureTrials(settings, TimeProvider.System);

    protected override IBlobStore Open() => new AzureBlobStore(AzureBlobsEngine.Container(settings), settings, TimeProvider.System);

    [Fact]
    public async Task A_piece_of_several_blocks_and_pieces_that_come_to_two_processes_are_one_blob()
    {
        var content = Bytes(9_500_000);
        var (one, two) = (Open(), Open());
        var id = NewId();
        await one.StageAsync(id, default);
        Assert.Equal(9_000_000, await one.AppendAsync(id, 0, new MemoryStream(content, 0, 9_000_000), 9_000_000, default));
        Assert.Equal(9_400_000, await two.AppendAsync(id, 9_000_000, new MemoryStream(content, 9_000_000, 400_000), 400_000, default));
        Assert.Equal(9_500_000, await one.AppendAsync(id, 9_400_000, new MemoryStream(content, 9_400_000, 100_000), 100_000, default));
        Assert.Equal(BlobName.Of(SHA256.HashData(content)), await one.CommitAsync(id, new BlobInfo("课件.pptx", default), default));
    }

    [Fact]
    public async Task Of_two_senders_into_one_upload_one_is_refused()
    {
        var (one, two) = (Open(), Open());
        var id = await StageAsync(one, Bytes(10));
        var gate = new TaskCompletionSource();
        var slow = one.AppendAsync(id, 10, new GatedStream(gate.Task, Bytes(5)), 5, default);
        Assert.Equal(15, await two.AppendAsync(id, 10, new MemoryStream(Bytes(5, 2)), 5, default));
        gate.SetResult();
        await Assert.ThrowsAsync<IOException>(() => slow);
        Assert.Equal(15, await one.StagedLengthAsync(id, default));
        byte[] whole = [.. Bytes(10), .. Bytes(5, 2)];
        Assert.Equal(BlobName.Of(SHA256.HashData(whole)), await two.CommitAsync(id, new BlobInfo("a", default), default));
    }

    [Fact]
    public async Task Many_small_pieces_are_put_together_without_changing_a_byte()
    {
        var content = Bytes(3000);
        var store = Open();
        var id = NewId();
        await store.StageAsync(id, default);
        for (var at = 0; at < 3000; at += 100) await store.AppendAsync(id, at, new MemoryStream(content, at, 100), 100, default);
        var staged = await StagedUpload.ReadAsync(Azure.Staged(settings, id), default);
        Assert.Equal(30, staged.Blocks);
        await staged.PutTogetherAsync(default);
        Assert.Equal(1, (await StagedUpload.ReadAsync(Azure.Staged(settings, id), default)).Blocks);
        Assert.Equal(BlobName.Of(SHA256.HashData(content)), await Open().CommitAsync(id, new BlobInfo("a", default), default));
    }

    [Fact]
    public async Task A_piece_is_cut_off_in_the_middle_of_a_block()
    {
        var content = Bytes(1000);
        var store = Open();
        var id = await StageAsync(store, content);
        await store.TruncateAsync(id, 333, default);
        Assert.Equal(333, await store.StagedLengthAsync(id, default));
        await store.AppendAsync(id, 333, new MemoryStream(content, 333, 667), 667, default);
        Assert.Equal(BlobName.Of(SHA256.HashData(content)), await store.CommitAsync(id, new BlobInfo("a", default), default));
    }

    [Fact]
    public async Task A_link_opens_one_blob_by_itself_in_ranges_under_its_Chinese_name_and_not_when_it_was_tampered_with()
    {
        settings.Links = true;
        var content = Bytes(5000);
        var store = (AzureBlobStore)Open();
        var name = await store.CommitAsync(await StageAsync(store, content), new BlobInfo("圆的面积.docx", default), default);
        var link = await store.LinkAsync(name, "attachment; filename*=UTF-8''%E5%9C%86.docx", "application/octet-stream", default);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, link) { Headers = { Range = new RangeHeaderValue(10, 19) } };
        using var answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(content[10..20], await answer.Content.ReadAsByteArrayAsync());
        Assert.Contains("filename*=UTF-8''%E5%9C%86.docx", answer.Content.Headers.GetValues("Content-Disposition").Single());
        using var tampered = await http.GetAsync(link!.AbsoluteUri.Replace(name.Hex, name.Hex[..63] + (name.Hex[63] == '0' ? '1' : '0'), StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Forbidden, tampered.StatusCode);
        using var without = await http.GetAsync(new Uri(link.GetLeftPart(UriPartial.Path)));
        Assert.NotEqual(HttpStatusCode.OK, without.StatusCode);
    }

    [Fact]
    public async Task No_link_is_given_where_they_are_off()
        => Assert.Null(await ((AzureBlobStore)Open()).LinkAsync(BlobName.Of(SHA256.HashData(Bytes(1))), "attachment", "text/plain", default));

    private static class Azure
    {
        public static global::Azure.Storage.Blobs.Specialized.BlockBlobClient Staged(AzureSettings settings, string id)
            => new(settings.ConnectionString, settings.Container, $"uploads/{id}", new global::Azure.Storage.Blobs.BlobClientOptions(global::Azure.Storage.Blobs.BlobClientOptions.ServiceVersion.V2025_11_05));
    }

    /// <summary>Gives its bytes once its gate opens.</summary>
    private sealed class GatedStream(Task gate, byte[] content) : MemoryStream(content)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await gate;
            return await base.ReadAsync(buffer, cancellationToken);
        }
    }
}
