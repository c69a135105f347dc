using System.Buffers;

namespace ResourceHub.Core.Blobs;

/// <summary>An upload's id: 32 lower-case hex digits that the server made. Stores make names of it, so nothing else is let through.</summary>
public static class UploadId
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    public static bool Is(string id) => id.Length == 32 && !id.AsSpan().ContainsAnyExcept(HexDigits);

    /// <exception cref="ArgumentException">It is not one.</exception>
    public static string Check(string id) => Is(id) ? id : throw new ArgumentException("An upload's id is 32 hex digits that the server made.", nameof(id));
}
