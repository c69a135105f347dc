using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ResourceHub.Core.Search;

/// <summary>
/// Makes cursors that say nothing and fit one question by one viewer only. A position holds a raw score, which depends on resources the viewer may
/// not see, so it is enciphered and not only signed. The same position gives the same cursor: answers can be compared byte by byte.
/// </summary>
public sealed class CursorSeal
{
    private const int KeyLength = 32;
    private const int TagLength = 16;
    private const int IdLength = 16;
    private const int LongestCursor = 2000;

    private readonly byte[] tagKey;
    private readonly byte[] cipherKey;

    public CursorSeal(ReadOnlySpan<byte> key)
    {
        tagKey = HMACSHA256.HashData(key, "cursor tag"u8);
        cipherKey = HMACSHA256.HashData(key, "cursor cipher"u8);
    }

    /// <summary>The seal of this hub: its key is made once and kept in the data folder, so that cursors outlive a restart.</summary>
    public static CursorSeal InFolder(string folder)
    {
        var file = Path.Join(folder, "cursor.key");
        if (File.Exists(file) && File.ReadAllBytes(file) is { Length: KeyLength } kept) return new(kept);
        Directory.CreateDirectory(folder);
        var key = RandomNumberGenerator.GetBytes(KeyLength);
        var fresh = Path.Join(folder, $"cursor.key.{Guid.CreateVersion7():n}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(fresh, options))
        {
            stream.Write(key);
            stream.Flush(flushToDisk: true);
        }
        File.Move(fresh, file, overwrite: true);
        return new(key);
    }

    /// <param name="question">A digest of everything the cursor is bound to.</param>
    public string Seal(SearchPosition position, ReadOnlySpan<byte> question)
    {
        var sealedBytes = new byte[TagLength + IdLength + Encoding.UTF8.GetByteCount(position.Key)];
        var plain = sealedBytes.AsSpan(TagLength);
        position.Id.TryWriteBytes(plain, bigEndian: true, out _);
        Encoding.UTF8.GetBytes(position.Key, plain[IdLength..]);
        Tag(question, plain).CopyTo(sealedBytes, 0);
        Cipher(sealedBytes.AsSpan(0, TagLength), plain);
        return Base64Url.EncodeToString(sealedBytes);
    }

    /// <summary>Null for anything this hub did not make for this very question.</summary>
    public SearchPosition? Open(string cursor, ReadOnlySpan<byte> question)
    {
        if (cursor.Length > LongestCursor || !Base64Url.IsValid(cursor, out var length) || length < TagLength + IdLength) return null;
        var opened = Base64Url.DecodeFromChars(cursor);
        // One spelling only: white space and unused bits would make others.
        if (Base64Url.EncodeToString(opened) != cursor) return null;
        var tag = opened.AsSpan(0, TagLength);
        var plain = opened.AsSpan(TagLength);
        Cipher(tag, plain);
        if (!CryptographicOperations.FixedTimeEquals(tag, Tag(question, plain))) return null;
        return new(Encoding.UTF8.GetString(plain[IdLength..]), new Guid(plain[..IdLength], bigEndian: true));
    }

    private byte[] Tag(ReadOnlySpan<byte> question, ReadOnlySpan<byte> plain)
    {
        byte[] message = [.. question, .. plain];
        return HMACSHA256.HashData(tagKey, message)[..TagLength];
    }

    private void Cipher(ReadOnlySpan<byte> tag, Span<byte> text)
    {
        Span<byte> block = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> seed = stackalloc byte[TagLength + sizeof(int)];
        tag.CopyTo(seed);
        for (var start = 0; start < text.Length; start += block.Length)
        {
            BinaryPrimitives.WriteInt32BigEndian(seed[TagLength..], start);
            HMACSHA256.HashData(cipherKey, seed, block);
            for (var i = start; i < Math.Min(text.Length, start + block.Length); i++) text[i] ^= block[i - start];
        }
    }
}
