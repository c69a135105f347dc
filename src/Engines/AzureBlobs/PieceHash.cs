using System.Security.Cryptography;

namespace ResourceHub.Engines.AzureBlobs;

/// <summary>The SHA-256 of an upload whose every piece came through this process.</summary>
internal sealed class PieceHash
{
    private readonly IncrementalHash sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public long Length { get; private set; }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        sha256.AppendData(bytes);
        Length += bytes.Length;
    }

    public byte[] Finish()
    {
        using (sha256) return sha256.GetHashAndReset();
    }
}
