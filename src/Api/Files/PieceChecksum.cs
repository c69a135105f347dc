using System.Collections.Frozen;
using System.Security.Cryptography;

namespace ResourceHub.Api.Files;

/// <summary>What the sender says that the piece's bytes add up to: the header Upload-Checksum, <c>algorithm base64</c>.</summary>
internal sealed record PieceChecksum(HashAlgorithmName Algorithm, byte[] Expected)
{
    private static readonly FrozenDictionary<string, (HashAlgorithmName Name, int Length)> Known = new Dictionary<string, (HashAlgorithmName, int)>
    {
        ["sha1"] = (HashAlgorithmName.SHA1, 20),
        ["sha256"] = (HashAlgorithmName.SHA256, 32),
        ["md5"] = (HashAlgorithmName.MD5, 16),
    }.ToFrozenDictionary();

    public static readonly IReadOnlyList<string> Algorithms = ["sha1", "sha256", "md5"];

    /// <summary>Null when the algorithm is not known or the value is not as long as its hashes are.</summary>
    public static PieceChecksum? Parse(string header)
    {
        var parts = header.Split(' ', 2);
        var bytes = new byte[64];
        return parts.Length == 2 && Known.TryGetValue(parts[0], out var algorithm) && parts[1].Length <= 64
            && Convert.TryFromBase64String(parts[1], bytes, out var length) && length == algorithm.Length
            ? new PieceChecksum(algorithm.Name, bytes[..length])
            : null;
    }
}
