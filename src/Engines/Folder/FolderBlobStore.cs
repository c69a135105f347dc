using System.Buffers;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using ResourceHub.Core.Blobs;

namespace ResourceHub.Engines.Folder;

/// <summary>
/// Blobs at <c>ab/cd/SHA-256</c> with a sidecar <c>….json</c>, uploads at <c>uploads/ID</c> in the same file system, so that becoming a blob is one rename.
/// Order of a commit: bytes flushed, name moved, folder flushed, and only then the caller may write it into the record.
/// </summary>
public sealed class FolderBlobStore : IBlobStore
{
    private const int BufferSize = 1 << 18;
    private const long RoomCheckedEvery = 16 << 20;
    private readonly string root;
    private readonly string uploads;
    private readonly long reserve;
    private readonly TimeProvider clock;
    private readonly DurableFolder folders = new();
    private readonly RunningHashes hashes = new();
    private readonly Lock naming = new();

    /// <param name="reserve">Uploads stop while less than this is free, in bytes.</param>
    public FolderBlobStore(string folder, long reserve, TimeProvider clock)
    {
        root = Path.GetFullPath(folder);
        uploads = Path.Join(root, "uploads");
        this.reserve = reserve;
        this.clock = clock;
        Directory.CreateDirectory(uploads);
        DurableFolder.Flush(root);
    }

    public long? FreeBytes => new DriveInfo(root).AvailableFreeSpace;

    public Task<Stream?> OpenAsync(BlobName name, CancellationToken ct)
    {
        try
        {
            return Task.FromResult<Stream?>(new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 4096, FileOptions.Asynchronous));
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    public Task<long?> SizeAsync(BlobName name, CancellationToken ct) => Task.FromResult(LengthOf(PathOf(name)));

    public Task<LocalCopy?> LocalCopyAsync(BlobName name, CancellationToken ct)
        => Task.FromResult(File.Exists(PathOf(name)) ? new LocalCopy(PathOf(name)) : null);

    public Task StageAsync(string uploadId, CancellationToken ct)
    {
        NeedRoom();
        File.OpenHandle(StagedPath(uploadId), FileMode.CreateNew, FileAccess.Write).Dispose();
        return Task.Run(() => DurableFolder.Flush(uploads), CancellationToken.None);
    }

    public async Task<long?> StagedLengthAsync(string uploadId, CancellationToken ct)
        => LengthOf(StagedPath(uploadId)) ?? (CommittedAs(uploadId) is { } name ? await SizeAsync(name, ct) : null);

    public async Task<long> AppendAsync(string uploadId, long offset, Stream body, long limit, CancellationToken ct)
    {
        NeedRoom();
        using var file = File.OpenHandle(StagedPath(uploadId), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        if (RandomAccess.GetLength(file) != offset) throw new ArgumentException($"Upload {uploadId} does not end at {offset}.", nameof(offset));
        var hash = await hashes.TakeAsync(uploadId, file, offset, ct);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var more = true;
            var checkAt = offset + RoomCheckedEvery;
            while (more && hash.Length - offset < limit)
            {
                (var filled, more) = await SenderBody.FillAsync(body, buffer.AsMemory(0, (int)Math.Min(BufferSize, limit - (hash.Length - offset))), ct);
                // The disk works on these bytes while this thread hashes them.
                var write = RandomAccess.WriteAsync(file, buffer.AsMemory(0, filled), hash.Length, CancellationToken.None);
                hash.Add(buffer.AsSpan(0, filled));
                await write;
                if (hash.Length < checkAt) continue;
                checkAt += RoomCheckedEvery;
                NeedRoom();
            }
            // Only a length that a power cut cannot take back is told to the sender.
            await FlushAsync(uploadId, file);
            hashes.Keep(uploadId, hash);
            return hash.Length;
        }
        catch (IOException full) when (DiskFull.Is(full))
        {
            hash.Dispose();
            throw new StorageFullException("The disk of the blobs is full.", full);
        }
        catch
        {
            hash.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public async Task TruncateAsync(string uploadId, long length, CancellationToken ct)
    {
        hashes.Forget(uploadId);
        using var file = File.OpenHandle(StagedPath(uploadId), FileMode.Open, FileAccess.Write, FileShare.None);
        RandomAccess.SetLength(file, length);
        await FlushAsync(uploadId, file);
    }

    public async Task<BlobName> CommitAsync(string uploadId, BlobInfo info, CancellationToken ct)
    {
        var staged = StagedPath(uploadId);
        if (!File.Exists(staged)) return await CommitAgainAsync(uploadId);
        BlobName name;
        long size;
        using (var file = File.OpenHandle(staged, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            size = RandomAccess.GetLength(file);
            using var hash = await hashes.TakeAsync(uploadId, file, size, ct);
            await FlushAsync(uploadId, file);
            name = BlobName.Of(hash.Finish());
        }
        try
        {
            await Task.Run(() => GiveName(uploadId, name, size, info), CancellationToken.None);
        }
        catch (IOException full) when (DiskFull.Is(full))
        {
            throw new StorageFullException("The disk of the blobs is full.", full);
        }
        return name;
    }

    public Task DiscardAsync(string uploadId, CancellationToken ct)
    {
        hashes.Forget(uploadId);
        File.Delete(StagedPath(uploadId));
        File.Delete(MarkPath(uploadId));
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> StagedBeforeAsync(DateTime utc, CancellationToken ct)
        => Task.FromResult<IReadOnlyList<string>>([.. new DirectoryInfo(uploads).EnumerateFiles()
            .Where(f => f.LastWriteTimeUtc < utc).Select(f => f.Name.Split('.')[0]).Where(UploadId.Is).Distinct()]);

    public Task<bool> DeleteAsync(BlobName name, DateTime unusedSince, CancellationToken ct)
    {
        lock (naming)
        {
            var blob = new FileInfo(PathOf(name));
            if (!blob.Exists || blob.LastWriteTimeUtc >= unusedSince) return Task.FromResult(false);
            blob.Delete();
            File.Delete(SidecarPath(name));
            return Task.FromResult(true);
        }
    }

    private void GiveName(string uploadId, BlobName name, long size, BlobInfo info)
    {
        folders.Ensure(root, name.Hex[..2], name.Hex[2..4]);
        // Should the process die between the rename and the caller's own record, the mark still tells what became of the upload.
        File.WriteAllText(MarkPath(uploadId), name.Hex);
        var blob = PathOf(name);
        lock (naming)
        {
            WriteSidecar(uploadId, name, size, info);
            if (LengthOf(blob) == size) File.Delete(StagedPath(uploadId));
            else File.Move(StagedPath(uploadId), blob, overwrite: true);
            // Fresh again, so that a sweep that is about to delete it for want of use leaves it.
            File.SetLastWriteTimeUtc(blob, clock.GetUtcNow().UtcDateTime);
        }
        DurableFolder.Flush(Path.GetDirectoryName(blob)!);
    }

    /// <summary>The first commit got as far as the mark; whether it got as far as the folder's flush is not known.</summary>
    private async Task<BlobName> CommitAgainAsync(string uploadId)
    {
        if (CommittedAs(uploadId) is not { } name || LengthOf(PathOf(name)) is null) throw new FileNotFoundException($"There is no upload {uploadId}.");
        await Task.Run(() => DurableFolder.Flush(Path.GetDirectoryName(PathOf(name))!), CancellationToken.None);
        return name;
    }

    private void WriteSidecar(string uploadId, BlobName name, long size, BlobInfo info)
    {
        if (File.Exists(SidecarPath(name))) return;
        var draft = Path.Join(uploads, uploadId + ".json");
        using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(file, new { sha256 = name.Hex, size, info.FileName, info.StoredAt }, JsonSerializerOptions.Web);
            file.Flush(flushToDisk: true);
        }
        File.Move(draft, SidecarPath(name), overwrite: true);
    }

    private async Task FlushAsync(string uploadId, SafeFileHandle file)
    {
        try
        {
            await Task.Run(() => RandomAccess.FlushToDisk(file));
        }
        catch (IOException)
        {
            // After a failed fsync the kernel forgets which pages are not on disk, and the next fsync succeeds: nothing of this upload can be trusted.
            await DiscardAsync(uploadId, CancellationToken.None);
            throw;
        }
    }

    private void NeedRoom()
    {
        if (FreeBytes < reserve) throw new StorageFullException($"Less than {reserve} bytes are free for blobs.");
    }

    private BlobName? CommittedAs(string uploadId)
    {
        try
        {
            return BlobName.Parse(File.ReadAllText(MarkPath(uploadId)));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static long? LengthOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : null;

    private string PathOf(BlobName name) => Path.Join(root, name.Hex.AsSpan(0, 2), name.Hex.AsSpan(2, 2), name.Hex);

    private string SidecarPath(BlobName name) => PathOf(name) + ".json";

    private string MarkPath(string uploadId) => StagedPath(uploadId) + ".done";

    private string StagedPath(string uploadId) => Path.Join(uploads, UploadId.Check(uploadId));
}
