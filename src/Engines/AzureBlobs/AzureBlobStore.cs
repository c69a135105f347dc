using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using ResourceHub.Core;
using ResourceHub.Core.Blobs;
using BlobInfo = ResourceHub.Core.Blobs.BlobInfo;

namespace ResourceHub.Engines.AzureBlobs;

/// <summary>
/// Blobs at <c>blobs/SHA-256</c>, uploads at <c>uploads/ID</c>, in one container. Becoming a blob is a copy within the account on the condition that the name is
/// still free; the upload stays until it is discarded, so that a commit can be asked for again.
/// </summary>
public sealed class AzureBlobStore(BlobContainerClient container, AzureSettings settings, TimeProvider clock) : IBlobStore, ITemporaryLinks, IPrepareAtStart
{
    private const string Uploads = "uploads/", CommittedAs = "committedas";

    /// <summary>Bytes of one block.</summary>
    private const int BlockSize = 4 << 20;

    /// <summary>Bytes after which a long piece's blocks are committed, so that a killed process loses no more.</summary>
    private const long CommittedEvery = 64 << 20;

    private static readonly TimeSpan CopyLook = TimeSpan.FromMilliseconds(200);
    private readonly ConcurrentDictionary<string, PieceHash> hashes = new();
    private readonly SasLinks links = new(container, settings, clock);

    public long? FreeBytes => null;

    public Task PrepareAsync(CancellationToken ct) => Ask(async () => await container.CreateIfNotExistsAsync(cancellationToken: ct));

    public Task<Stream?> OpenAsync(BlobName name, CancellationToken ct)
        => IfThere<Stream?>(async () => await Blob(name).OpenReadAsync(new BlobOpenReadOptions(allowModifications: false) { BufferSize = 1 << 20 }, ct));

    public Task<long?> SizeAsync(BlobName name, CancellationToken ct) => IfThere(async () => (long?)(await WholeAsync(Blob(name), ct)).ContentLength);

    public Task<LocalCopy?> LocalCopyAsync(BlobName name, CancellationToken ct) => IfThere<LocalCopy?>(async () =>
    {
        var path = Path.Join(Path.GetTempPath(), $"hub-{Guid.CreateVersion7():n}");
        try
        {
            await Blob(name).DownloadToAsync(path, ct);
            return new LocalCopy(path, () => File.Delete(path));
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    });

    public Task StageAsync(string uploadId, CancellationToken ct) => Ask(async () =>
    {
        await Staged(uploadId).CommitBlockListAsync([], new CommitBlockListOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } }, ct);
        hashes[uploadId] = new PieceHash();
    });

    public Task<long?> StagedLengthAsync(string uploadId, CancellationToken ct)
    {
        var staged = Staged(uploadId);
        return IfThere(async () => (long?)(await staged.GetPropertiesAsync(cancellationToken: ct)).Value.ContentLength);
    }

    public Task<long> AppendAsync(string uploadId, long offset, Stream body, long limit, CancellationToken ct) => Ask(async () =>
    {
        var upload = await StagedUpload.ReadAsync(Staged(uploadId), ct);
        if (upload.Length != offset) throw new ArgumentException($"Upload {uploadId} does not end at {offset}.", nameof(offset));
        if (upload.Blocks >= StagedUpload.MostBlocks) await upload.PutTogetherAsync(ct);
        hashes.TryRemove(uploadId, out var hash);
        if (hash?.Length != offset) hash = null; // another process took the piece before: the whole is read once at the end
        var buffer = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            var (length, committed, more) = (offset, offset, true);
            while (more && length - offset < limit)
            {
                (var filled, more) = await SenderBody.FillAsync(body, buffer.AsMemory(0, (int)Math.Min(BlockSize, limit - (length - offset))), ct);
                if (filled == 0) continue;
                // What has arrived is stored even when the sender has gone meanwhile.
                await upload.AddAsync(buffer.AsMemory(0, filled), CancellationToken.None);
                hash?.Add(buffer.AsSpan(0, filled));
                length += filled;
                if (length - committed < CommittedEvery) continue;
                await upload.CommitAsync(CancellationToken.None);
                committed = length;
            }
            if (committed != length) await upload.CommitAsync(CancellationToken.None);
            if (hash is not null) hashes[uploadId] = hash;
            return length;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    });

    public Task TruncateAsync(string uploadId, long length, CancellationToken ct) => Ask(async () =>
    {
        hashes.TryRemove(uploadId, out _);
        await (await StagedUpload.ReadAsync(Staged(uploadId), ct)).CutAsync(length, ct);
    });

    public Task<BlobName> CommitAsync(string uploadId, BlobInfo info, CancellationToken ct) => Ask(async () =>
    {
        var staged = Staged(uploadId);
        var properties = (await staged.GetPropertiesAsync(cancellationToken: ct)).Value;
        if (BlobName.Parse(properties.Metadata.TryGetValue(CommittedAs, out var known) ? known : null) is { } before) return before;
        var name = await HashAsync(uploadId, staged, properties.ContentLength, ct);
        await GiveNameAsync(staged, Blob(name), properties.ContentLength, info, ct);
        await staged.SetMetadataAsync(new Dictionary<string, string> { [CommittedAs] = name.Hex }, cancellationToken: ct);
        return name;
    });

    public Task DiscardAsync(string uploadId, CancellationToken ct) => Ask(async () =>
    {
        hashes.TryRemove(uploadId, out _);
        await Staged(uploadId).DeleteIfExistsAsync(cancellationToken: ct);
    });

    public Task<IReadOnlyList<string>> StagedBeforeAsync(DateTime utc, CancellationToken ct) => Ask(async () =>
    {
        List<string> ids = [];
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, Uploads, ct))
            if (blob.Properties.LastModified is { } at && at.UtcDateTime < utc && UploadId.Is(blob.Name[Uploads.Length..])) ids.Add(blob.Name[Uploads.Length..]);
        return (IReadOnlyList<string>)ids;
    });

    public Task<bool> DeleteAsync(BlobName name, DateTime unusedSince, CancellationToken ct) => Ask(async () =>
    {
        var blob = Blob(name);
        try
        {
            var properties = (await blob.GetPropertiesAsync(cancellationToken: ct)).Value;
            if (properties.LastModified.UtcDateTime >= unusedSince) return false;
            // A commit that confirms it in between gives it a new version, and this one is then not found any more.
            await blob.DeleteAsync(conditions: new BlobRequestConditions { IfMatch = properties.ETag }, cancellationToken: ct);
            return true;
        }
        catch (RequestFailedException gone) when (gone.Status is 404 or 412)
        {
            return false;
        }
    });

    public Task<Uri?> LinkAsync(BlobName name, string disposition, string mediaType, CancellationToken ct) => Ask(() => links.LinkAsync(Blob(name), disposition, mediaType, ct));

    private BlockBlobClient Blob(BlobName name) => container.GetBlockBlobClient($"blobs/{name.Hex}");

    private BlockBlobClient Staged(string uploadId) => container.GetBlockBlobClient(Uploads + UploadId.Check(uploadId));

    /// <summary>The hash that was kept while the bytes came, or, when they came to several processes, one reading of them.</summary>
    private async Task<BlobName> HashAsync(string uploadId, BlockBlobClient staged, long length, CancellationToken ct)
    {
        if (hashes.TryRemove(uploadId, out var hash) && hash.Length == length) return BlobName.Of(hash.Finish());
        await using var content = await staged.OpenReadAsync(new BlobOpenReadOptions(allowModifications: false) { BufferSize = BlockSize }, ct);
        return BlobName.Of(await SHA256.HashDataAsync(content, ct));
    }

    private static async Task GiveNameAsync(BlockBlobClient staged, BlockBlobClient blob, long size, BlobInfo info, CancellationToken ct)
    {
        var about = new Dictionary<string, string>
        {
            // Metadata travels in headers: only ASCII does.
            ["filename"] = Uri.EscapeDataString(info.FileName),
            ["storedat"] = info.StoredAt.ToString("O", CultureInfo.InvariantCulture),
        };
        try
        {
            var copy = await blob.StartCopyFromUriAsync(staged.Uri, new BlobCopyFromUriOptions { Metadata = about, DestinationConditions = new BlobRequestConditions { IfNoneMatch = ETag.All } }, ct);
            await copy.WaitForCompletionAsync(CopyLook, ct);
        }
        catch (RequestFailedException there) when (there.Status is 409 or 412)
        {
            // Somebody had the same bytes before. Writing about it makes it fresh again for a sweep that is about to delete it for want of use.
            await WholeAsync(blob, ct);
            await blob.SetMetadataAsync(about, cancellationToken: ct);
        }
        if ((await WholeAsync(blob, ct)).ContentLength != size) throw new IOException($"The blob {blob.Name} has another size than the upload it was made of.");
    }

    /// <summary>Its properties, once a copy that makes it is done.</summary>
    private static async Task<BlobProperties> WholeAsync(BlockBlobClient blob, CancellationToken ct)
    {
        using var tick = new PeriodicTimer(CopyLook);
        while (true)
        {
            var properties = (await blob.GetPropertiesAsync(cancellationToken: ct)).Value;
            if (properties.BlobCopyStatus != CopyStatus.Pending) return properties;
            await tick.WaitForNextTickAsync(ct);
        }
    }

    private static Task<T> IfThere<T>(Func<Task<T>> ask) => Ask<T>(async () =>
    {
        try
        {
            return await ask();
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return default!;
        }
    });

    private static Task<bool> Ask(Func<Task> ask) => Ask(async () =>
    {
        await ask();
        return true;
    });

    /// <summary>Says in the hub's words what Azure's client says in its own.</summary>
    private static async Task<T> Ask<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (RequestFailedException away) when (away.Status is 0 or 408 or 429 or >= 500)
        {
            throw new StoreAwayException("Azure Blob Storage does not answer.", away);
        }
        catch (AggregateException away) when (away.InnerExceptions.All(e => e is RequestFailedException or IOException or TaskCanceledException))
        {
            throw new StoreAwayException("Azure Blob Storage does not answer.", away);
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            throw new FileNotFoundException("There is no such upload.", gone);
        }
        catch (RequestFailedException raced) when (raced.Status is 409 or 412)
        {
            throw new IOException("Somebody else is writing into this upload.", raced);
        }
    }
}
