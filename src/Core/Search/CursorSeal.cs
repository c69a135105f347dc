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
    private const int TagLength = 16;
    private const int IdLength = 16;
    private const int LongestCursor = 2000;

    private readonly Lazy<byte[]> tagKey;
    private readonly Lazy<byte[]> cipherKey;

    /// <param name="key">The hub's; asked for when the first cursor is made or opened.</param>
    public CursorSeal(Func<byte[]> key)
    {
        // What fails, such as a record that does not answer, is tried again by the next one.
        var known = new Lazy<byte[]>(key, LazyThreadSafetyMode.PublicationOnly);
        tagKey = new(() => HMACSHA256.HashData(known.Value, "cursor tag"u8), LazyThreadSafetyMode.PublicationOnly);
        cipherKey = new(() => HMACSHA256.HashData(known.Value, "cursor cipher"u8), LazyThreadSafetyMode.PublicationOnly);
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
        return HMACSHA256.HashData(tagKey.Value, message)[..TagLength];
    }

    private void Cipher(ReadOnlySpan<byte> tag, Span<byte> text)
    {
        Span<byte> block = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> seed = stackalloc byte[TagLength + sizeof(int)];
        tag.CopyTo(seed);
        for (var start = 0; start < text.Length; start += block.Length)
        {
            BinaryPrimitives.WriteInt32BigEndian(seed[TagLength..], start);
            HMACSHA256.HashData(cipherKey.Value, seed, block);
            for (var i = start; i < Math.Min(text.Length, start + block.Length); i++) text[i] ^= block[i - start];
        }
    }
}
