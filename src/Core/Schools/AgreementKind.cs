namespace ResourceHub.Core.Schools;

/// <summary>
/// Tells by its bytes whether a file can be a signed agreement: a PDF, a picture of the pages, or a Word document without macros. Nothing in it is opened:
/// it goes out again as it came, to its members, as a file to save.
/// </summary>
internal static class AgreementKind
{
    private const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    private const int Head = 1024;

    /// <summary>A package's directory of parts stands at its end; this much holds some thousand names.</summary>
    private const int Tail = 1 << 18;

    /// <summary>Null for anything else. Reads the start and the end only.</summary>
    public static async Task<string?> OfAsync(Stream content, CancellationToken ct)
    {
        var head = await ReadAsync(content, 0, Head, ct);
        if (head.AsSpan().IndexOf("%PDF-"u8) >= 0) return "application/pdf";
        if (head.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10])) return "image/png";
        if (head.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return "image/jpeg";
        if (!head.AsSpan().StartsWith("PK\x03\x04"u8)) return null;
        var directory = await ReadAsync(content, Math.Max(0, content.Length - Tail), Tail, ct);
        return directory.AsSpan().IndexOf("word/document.xml"u8) >= 0 && directory.AsSpan().IndexOf("vbaProject.bin"u8) < 0 ? Docx : null;
    }

    private static async Task<byte[]> ReadAsync(Stream content, long from, int most, CancellationToken ct)
    {
        content.Position = from;
        var bytes = new byte[Math.Min(most, content.Length - from)];
        await content.ReadExactlyAsync(bytes, ct);
        return bytes;
    }
}
