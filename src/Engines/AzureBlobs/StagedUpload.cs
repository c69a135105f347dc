using System.Globalization;
using System.Text;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace ResourceHub.Engines.AzureBlobs;

/// <summary>
/// An upload as Azure keeps it: a blob whose list of blocks grows. Bytes are staged as blocks, and count once the list that names them is committed, on the
/// condition that nobody else committed one meanwhile.
/// </summary>
internal sealed class StagedUpload(BlockBlobClient blob, List<Block> blocks, ETag version)
{
    /// <summary>A blob has at most 50,000 blocks. Well before that, small ones are read and put together.</summary>
    public const int MostBlocks = 40_000;

    /// <summary>Blocks that small ones are put together into.</summary>
    private const int LargeBlock = 32 << 20;

    private ETag version = version;

    public long Length => blocks.Sum(b => b.Length);
    public int Blocks => blocks.Count;

    public static async Task<StagedUpload> ReadAsync(BlockBlobClient blob, CancellationToken ct)
    {
        var list = await blob.GetBlockListAsync(BlockListTypes.Committed, cancellationToken: ct);
        return new StagedUpload(blob, [.. list.Value.CommittedBlocks.Select(b => new Block(b.Name, b.SizeLong))], list.GetRawResponse().Headers.ETag!.Value);
    }

    /// <summary>Stages bytes behind the others; they count after <see cref="CommitAsync"/>.</summary>
    public async Task AddAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        // A name of its own each time: a block of that name staged by somebody else must not be taken for this one.
        var name = Convert.ToBase64String(Encoding.ASCII.GetBytes(Guid.CreateVersion7().ToString("n", CultureInfo.InvariantCulture)));
        using var content = new MemoryStream(bytes.ToArray(), writable: false);
        await blob.StageBlockAsync(name, content, cancellationToken: ct);
        blocks.Add(new Block(name, bytes.Length));
    }

    /// <exception cref="RequestFailedException">412: somebody else wrote into this upload.</exception>
    public async Task CommitAsync(CancellationToken ct)
    {
        var done = await blob.CommitBlockListAsync(blocks.Select(b => b.Name), new CommitBlockListOptions { Conditions = new BlobRequestConditions { IfMatch = version } }, ct);
        version = done.Value.ETag;
    }

    /// <summary>Cuts it back to a length, which may lie within a block.</summary>
    public async Task CutAsync(long length, CancellationToken ct)
    {
        var kept = 0L;
        var whole = blocks.TakeWhile(b => (kept += b.Length) <= length).ToList();
        var end = whole.Sum(b => b.Length);
        byte[] rest = end == length ? [] : await ReadAsync(end, (int)(length - end), ct);
        blocks.RemoveRange(whole.Count, blocks.Count - whole.Count);
        if (rest.Length > 0) await AddAsync(rest, ct);
        await CommitAsync(ct);
    }

    /// <summary>Puts many small blocks together into a few large ones. A sender on a bad line may bring two gigabytes in hundreds of thousands of pieces.</summary>
    public async Task PutTogetherAsync(CancellationToken ct)
    {
        var length = Length;
        blocks.Clear();
        for (var at = 0L; at < length; at += LargeBlock) await AddAsync(await ReadAsync(at, (int)Math.Min(LargeBlock, length - at), ct), ct);
        await CommitAsync(ct);
    }

    private async Task<byte[]> ReadAsync(long from, int count, CancellationToken ct)
    {
        var read = await blob.DownloadContentAsync(new BlobDownloadOptions { Range = new HttpRange(from, count) }, ct);
        return read.Value.Content.ToArray();
    }
}

/// <summary>A block of a staged upload.</summary>
internal sealed record Block(string Name, long Length);
