using System.Text;
using UtfUnknown;

namespace ResourceHub.Indexer.Extractors;

/// <summary>
/// Finds the encoding of text. Statistics over bytes need hundreds of them; here each possible reading is judged by whether it gives text that people write,
/// which decides from some sixteen characters on.
/// </summary>
internal static class TextDecoding
{
    private const int Sample = 1 << 16;

    public static Encoding Gb18030 { get; } = Strict("gb18030");
    public static Encoding Big5 { get; } = Strict("big5");
    /// <summary>For asking where a character stands; one that Big5 does not have gives "?".</summary>
    public static Encoding Big5Lenient { get; } = Lenient("big5");

    private static Encoding Utf8 { get; } = Encoding.GetEncoding("utf-8", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
    private static Encoding Utf16Le { get; } = Strict("utf-16");
    private static Encoding Utf16Be { get; } = Strict("utf-16BE");
    private static Encoding Western { get; } = Lenient("windows-1252");

    /// <summary>Opens a file as text in the encoding that was found for it. Bytes that do not fit become U+FFFD.</summary>
    public static StreamReader Open(SourceFile file, string? declared = null)
    {
        using var start = file.Open();
        var head = new byte[Math.Min(Sample, start.Length)];
        start.ReadExactly(head);
        var encoding = Find(head, cut: start.Length > head.Length, declared) ?? Western;
        return new StreamReader(file.Open(), Encoding.GetEncoding(encoding.CodePage), detectEncodingFromByteOrderMarks: true);
    }

    /// <summary>The encoding that makes text of these bytes; null when none does.</summary>
    /// <param name="declared">What the text says of itself: believed only where the bytes do not speak clearly.</param>
    /// <param name="cut">More bytes follow, so the last character may be incomplete.</param>
    public static Encoding? Find(ReadOnlySpan<byte> bytes, bool cut = false, string? declared = null)
    {
        if (Mark(bytes) is { } marked) return marked;
        if (Decode(Utf8, bytes, cut) is { } utf8) return bytes.Contains((byte)0) ? Wide(bytes, cut) : IsText(utf8) ? Utf8 : null;
        if (bytes.Contains((byte)0)) return Wide(bytes, cut);

        var best = Best([(Gb18030, Judge(Gb18030, bytes, cut)), (Big5, Judge(Big5, bytes, cut)), (Utf16Le, Judge(Utf16Le, bytes, cut)), (Utf16Be, Judge(Utf16Be, bytes, cut))]);
        if (best is { Score: > 1.9 }) return best.Value.Encoding;
        if (Claimed(declared) is { } claimed && Decode(claimed, bytes, cut) is { } fits && IsText(fits)) return claimed;
        var guess = CharsetDetector.DetectFromBytes(bytes.ToArray()).Detected;
        if (guess is { Confidence: > 0.4f, Encoding: { } other } && Decode(Strict(other.WebName), bytes, cut) is { } text && IsText(text)) return other;
        if (best is { Score: > 0.5 }) return best.Value.Encoding;
        return IsText(Western.GetString(bytes)) ? Western : null;
    }

    /// <summary>These bytes as Chinese text; null when they plainly are none.</summary>
    public static string? AsChinese(ReadOnlySpan<byte> bytes)
        => Best([(Gb18030, Judge(Gb18030, bytes, false)), (Big5, Judge(Big5, bytes, false))]) is { Score: > 1.9 } best ? best.Encoding.GetString(bytes) : null;

    private static Encoding? Claimed(string? declared) => declared?.ToLowerInvariant() switch
    {
        null or "utf-8" or "utf8" or "utf-16" or "unicode" => null,
        "gb2312" or "gbk" or "gb18030" or "x-gbk" => Gb18030,
        "big5" or "big5-hkscs" => Big5,
        var name => Known(name),
    };

    private static Encoding? Known(string name)
    {
        try
        {
            // Browsers read what calls itself Latin-1 as windows-1252, and so do we.
            return Strict(name is "iso-8859-1" or "latin1" or "us-ascii" or "ascii" ? "windows-1252" : name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static Encoding? Mark(ReadOnlySpan<byte> bytes)
        => bytes.StartsWith(Encoding.UTF8.Preamble) ? Utf8
            : bytes.StartsWith(Encoding.UTF32.Preamble) ? Encoding.UTF32
            : bytes.StartsWith(Encoding.Unicode.Preamble) ? Utf16Le
            : bytes.StartsWith(Encoding.BigEndianUnicode.Preamble) ? Utf16Be
            : bytes.StartsWith((ReadOnlySpan<byte>)[0x84, 0x31, 0x95, 0x33]) ? Gb18030
            : null;

    /// <summary>With NUL bytes it is UTF-16 or no text at all.</summary>
    private static Encoding? Wide(ReadOnlySpan<byte> bytes, bool cut)
        => Best([(Utf16Le, Judge(Utf16Le, bytes, cut)), (Utf16Be, Judge(Utf16Be, bytes, cut))]) is { Score: > 0.5 } best ? best.Encoding : null;

    private static (Encoding Encoding, double Score)? Best(ReadOnlySpan<(Encoding Encoding, double Score)> candidates)
    {
        (Encoding Encoding, double Score)? best = null;
        foreach (var candidate in candidates)
            if (best is null || candidate.Score > best.Value.Score) best = candidate;
        return best;
    }

    private static double Judge(Encoding encoding, ReadOnlySpan<byte> bytes, bool cut)
        => Decode(encoding, bytes, cut) is { Length: > 0 } text ? TextLikeness.Of(text, wide: encoding == Utf16Le || encoding == Utf16Be) : double.NegativeInfinity;

    /// <summary>Null when the bytes are not of this encoding.</summary>
    private static string? Decode(Encoding encoding, ReadOnlySpan<byte> bytes, bool cut)
    {
        try
        {
            // Without a flush the decoder keeps an incomplete last character instead of refusing it.
            var decoder = encoding.GetDecoder();
            var chars = new char[encoding.GetMaxCharCount(bytes.Length)];
            return new string(chars, 0, decoder.GetChars(bytes, chars, flush: !cut));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static bool IsText(string text)
    {
        var odd = 0;
        foreach (var c in text)
            if (TextLikeness.IsOddControl(c)) odd++;
        return odd * 200 <= text.Length;
    }

    private static Encoding Strict(string name) => Encoding.GetEncoding(Lenient(name).CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    private static Encoding Lenient(string name)
    {
        // .NET brings the Chinese encodings, but only to those who ask.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding(name);
    }
}
