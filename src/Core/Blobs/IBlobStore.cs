namespace ResourceHub.Core.Blobs;

/// <summary>Bytes by content hash, and uploads that grow until they are whole. Implementations keep the promise of <see cref="CommitAsync"/> through a power cut.</summary>
public interface IBlobStore
{
    /// <summary>Opens a seekable stream at its start; null when the blob is not there. The caller disposes it.</summary>
    Task<Stream?> OpenAsync(BlobName name, CancellationToken ct);

    /// <summary>Size in bytes; null when the blob is not there.</summary>
    Task<long?> SizeAsync(BlobName name, CancellationToken ct);

    /// <summary>A path of a local file with these bytes, for tools that need one, valid until disposed. Null when the blob is not there.</summary>
    Task<LocalCopy?> LocalCopyAsync(BlobName name, CancellationToken ct);

    /// <summary>Makes an empty upload under a name that the server made (32 hex digits).</summary>
    Task StageAsync(string uploadId, CancellationToken ct);

    /// <summary>Bytes stored so far; null when there is no such upload.</summary>
    Task<long?> StagedLengthAsync(string uploadId, CancellationToken ct);

    /// <summary>
    /// Appends what <paramref name="body"/> gives, at most <paramref name="limit"/> bytes, at <paramref name="offset"/>, and returns the new length.
    /// When the sender goes away, what had arrived stays stored and its length is returned: the upload resumes there.
    /// </summary>
    /// <exception cref="StorageFullException">No room; what had arrived stays.</exception>
    Task<long> AppendAsync(string uploadId, long offset, Stream body, long limit, CancellationToken ct);

    /// <summary>Cuts an upload back to a length, so that a piece with a wrong checksum leaves nothing behind.</summary>
    Task TruncateAsync(string uploadId, long length, CancellationToken ct);

    /// <summary>
    /// Makes the whole upload a blob and returns its name. When it returns, bytes and name survive a power cut. The same bytes are stored once.
    /// Asked again before <see cref="DiscardAsync"/> it gives the same name: the caller's process may have died before it could note it.
    /// </summary>
    /// <param name="info">Written beside the blob, so that the folder alone says what it holds.</param>
    Task<BlobName> CommitAsync(string uploadId, BlobInfo info, CancellationToken ct);

    /// <summary>Throws an upload away, also what is left of it after it was committed; nothing happens when it is not there.</summary>
    Task DiscardAsync(string uploadId, CancellationToken ct);

    /// <summary>Ids of uploads that nothing was written to since then: what a crash left behind can be told by it.</summary>
    Task<IReadOnlyList<string>> StagedBeforeAsync(DateTime utc, CancellationToken ct);

    /// <summary>
    /// Deletes a blob that no commit gave or confirmed since <paramref name="unusedSince"/>, and says whether it did. A commit of the same bytes makes it fresh,
    /// so a caller that waits an hour cannot take it from under an upload that is being recorded.
    /// </summary>
    Task<bool> DeleteAsync(BlobName name, DateTime unusedSince, CancellationToken ct);

    /// <summary>Bytes free for blobs; null when the store does not know.</summary>
    long? FreeBytes { get; }
}

/// <summary>What is kept beside a blob.</summary>
/// <param name="FileName">The name it was first uploaded with.</param>
public sealed record BlobInfo(string FileName, DateTime StoredAt);

/// <summary>A local path for tools; disposing gives it back (and deletes it where it was a temporary copy).</summary>
public sealed class LocalCopy(string path, Action? giveBack = null) : IDisposable
{
    public string Path => path;

    public void Dispose() => giveBack?.Invoke();
}

/// <summary>The store does not answer: what was told to the sender as stored is stored, and asking again later goes on from there.</summary>
public sealed class StoreAwayException(string message, Exception? cause = null) : IOException(message, cause);

/// <summary>A store that can give a link to a blob which opens by itself for a short time, so that bytes need not pass through the hub.</summary>
public interface ITemporaryLinks
{
    /// <summary>A link for reading, or null where the store may not make one: then the bytes are streamed.</summary>
    /// <param name="disposition">Content-Disposition that the link answers with.</param>
    /// <param name="mediaType">Content-Type that the link answers with.</param>
    Task<Uri?> LinkAsync(BlobName name, string disposition, string mediaType, CancellationToken ct);
}

/// <summary>The store has no room left. Reading goes on.</summary>
public sealed class StorageFullException(string message, Exception? cause = null) : IOException(message, cause);
