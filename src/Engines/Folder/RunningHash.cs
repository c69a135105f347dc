using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace ResourceHub.Engines.Folder;

/// <summary>The SHA-256 of an upload so far, so that two gigabytes need not be read again at the end.</summary>
internal sealed class RunningHash : IDisposable
{
    private readonly IncrementalHash sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public long Length { get; private set; }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        sha256.AppendData(bytes);
        Length += bytes.Length;
    }

    public byte[] Finish() => sha256.GetHashAndReset();

    public void Dispose() => sha256.Dispose();
}

/// <summary>Running hashes between two requests. Whoever works on an upload takes its hash out and puts it back: never two at once.</summary>
internal sealed class RunningHashes
{
    private const int BufferSize = 1 << 18;

    // Each holds under a kilobyte. One that is let go costs a reading of what is stored, nothing more.
    private const int Limit = 4096;
    private readonly ConcurrentDictionary<string, RunningHash> waiting = new();

    /// <summary>The hash of the first <paramref name="length"/> bytes: the one kept, or made anew by reading them (after a restart).</summary>
    public async Task<RunningHash> TakeAsync(string uploadId, SafeFileHandle file, long length, CancellationToken ct)
    {
        if (waiting.TryRemove(uploadId, out var kept))
        {
            if (kept.Length == length) return kept;
            kept.Dispose();
        }
        var hash = new RunningHash();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (hash.Length < length)
            {
                var read = await RandomAccess.ReadAsync(file, buffer.AsMemory(0, (int)Math.Min(buffer.Length, length - hash.Length)), hash.Length, ct);
                if (read == 0) throw new EndOfStreamException($"Upload {uploadId} is shorter than it was a moment ago.");
                hash.Add(buffer.AsSpan(0, read));
            }
            return hash;
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

    public void Keep(string uploadId, RunningHash hash)
    {
        if (waiting.Count >= Limit) Forget(waiting.Keys.First());
        waiting[uploadId] = hash;
    }

    public void Forget(string uploadId)
    {
        if (waiting.TryRemove(uploadId, out var hash)) hash.Dispose();
    }
}
