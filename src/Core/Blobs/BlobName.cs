using System.Buffers;

namespace ResourceHub.Core.Blobs;

/// <summary>A blob's only name: the SHA-256 of its bytes, 64 lower-case hex digits. Never made of what a person typed.</summary>
public readonly record struct BlobName
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private BlobName(string hex) => Hex = hex;

    public string Hex { get; }

    public static BlobName Of(ReadOnlySpan<byte> sha256) => new(Convert.ToHexStringLower(sha256));

    public static BlobName? Parse(string? hex)
        => hex is { Length: 64 } && !hex.AsSpan().ContainsAnyExcept(HexDigits) ? new BlobName(hex) : null;

    public override string ToString() => Hex;
}
