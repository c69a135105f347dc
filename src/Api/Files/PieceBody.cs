using System.Security.Cryptography;

namespace ResourceHub.Api.Files;

/// <summary>A request's body on its way to the store: counted, summed up where the sender gave a checksum, and known to have ended or not.</summary>
internal sealed class PieceBody(Stream inner, PieceChecksum? checksum) : Stream
{
    private readonly IncrementalHash? sum = checksum is null ? null : IncrementalHash.CreateHash(checksum.Algorithm);

    public long Count { get; private set; }

    /// <summary>The sender finished; false when it went away.</summary>
    public bool Ended { get; private set; }

    /// <summary>True too where there is no checksum to differ from.</summary>
    public bool AddsUp() => sum is null || CryptographicOperations.FixedTimeEquals(sum.GetHashAndReset(), checksum!.Expected);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Ended = read == 0;
        Count += read;
        sum?.AppendData(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => Count; set => throw new NotSupportedException(); }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A body is read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        sum?.Dispose();
        base.Dispose(disposing);
    }
}
