using System.Buffers.Binary;
using System.Text;
using ResourceHub.Indexer.Sandbox;

namespace ResourceHub.Indexer.Extractors;

/// <summary>Tells what a file is by its bytes. Its name only settles what bytes cannot: which kind of plain text.</summary>
internal static class MediaTypeOf
{
    private const int Sample = 1 << 16;

    /// <exception cref="UnreadableException">Empty, or encrypted as a whole.</exception>
    public static string File(string path, string name)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        if (file.Length == 0) throw new UnreadableException(Reasons.Empty, MediaTypes.PromisedBy(name));
        var head = new byte[Math.Min(Sample, file.Length)];
        file.ReadExactly(head);
        if (Signature(head) is { } known) return known;
        if (StartsWith(head, "PK\x03\x04"u8) || StartsWith(head, "PK\x05\x06"u8)) return ZipKind.Of(file, head, name);
        if (StartsWith(head, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])) return CompoundFile.KindOf(file, name);
        return TextKind.Of(head, file.Length > head.Length, name) ?? (IsMp3(head) ? MediaTypes.Mp3 : MediaTypes.Unknown);
    }

    private static string? Signature(ReadOnlySpan<byte> head)
    {
        if (head[..Math.Min(1024, head.Length)].IndexOf("%PDF-"u8) >= 0) return MediaTypes.Pdf;
        if (StartsWith(head, "{\\rtf"u8)) return MediaTypes.Rtf;
        if (StartsWith(head, [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10])) return MediaTypes.Png;
        if (StartsWith(head, [0xFF, 0xD8, 0xFF])) return MediaTypes.Jpeg;
        if (StartsWith(head, "GIF87a"u8) || StartsWith(head, "GIF89a"u8)) return MediaTypes.Gif;
        if (StartsWith(head, "RIFF"u8) && head.Length >= 12) return Riff(head[8..12]);
        if (head.Length >= 12 && Iso(head) is { } iso) return iso;
        if (StartsWith(head, [0x1A, 0x45, 0xDF, 0xA3])) return head[..Math.Min(128, head.Length)].IndexOf("webm"u8) >= 0 ? MediaTypes.WebM : MediaTypes.Matroska;
        if (StartsWith(head, "ID3"u8)) return MediaTypes.Mp3;
        if (StartsWith(head, "OggS"u8)) return head[..Math.Min(256, head.Length)].IndexOf("theora"u8) >= 0 ? MediaTypes.OggVideo : MediaTypes.Ogg;
        if (StartsWith(head, "fLaC"u8)) return MediaTypes.Flac;
        if (StartsWith(head, [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11])) return MediaTypes.Wmv;
        if (StartsWith(head, "FLV\x01"u8)) return MediaTypes.Flv;
        if (StartsWith(head, [0, 0, 1, 0xBA]) || StartsWith(head, [0, 0, 1, 0xB3])) return MediaTypes.Mpeg;
        if (head.Length > 376 && head[0] == 0x47 && head[188] == 0x47 && head[376] == 0x47) return MediaTypes.MpegTs;
        if (StartsWith(head, [(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C])) return "application/x-7z-compressed";
        if (StartsWith(head, "Rar!\x1A\x07"u8)) return "application/vnd.rar";
        if (StartsWith(head, [0x1F, 0x8B])) return "application/gzip";
        if (StartsWith(head, "BM"u8) && head.Length > 30 && BinaryPrimitives.ReadInt32LittleEndian(head[6..]) == 0) return "image/bmp";
        if (StartsWith(head, "II*\0"u8) || StartsWith(head, "MM\0*"u8)) return "image/tiff";
        return null;
    }

    private static string Riff(ReadOnlySpan<byte> form)
        => form.SequenceEqual("WEBP"u8) ? MediaTypes.WebP : form.SequenceEqual("AVI "u8) ? MediaTypes.Avi : form.SequenceEqual("WAVE"u8) ? MediaTypes.Wav : MediaTypes.Unknown;

    /// <summary>The ISO media family (mp4, mov, m4a): a box length, then a box name.</summary>
    private static string? Iso(ReadOnlySpan<byte> head)
    {
        var box = Encoding.ASCII.GetString(head[4..8]);
        if (box is "moov" or "mdat" or "wide" or "pnot") return MediaTypes.QuickTime;
        if (box is "free" or "skip" && head[..Math.Min(4096, head.Length)].IndexOf("moov"u8) >= 0) return MediaTypes.QuickTime;
        if (box != "ftyp") return null;
        return Encoding.ASCII.GetString(head[8..12]) switch
        {
            "qt  " => MediaTypes.QuickTime,
            "M4A " or "M4B " or "F4A " => MediaTypes.M4a,
            "heic" or "heix" or "mif1" or "msf1" => "image/heic",
            "avif" or "avis" => "image/avif",
            _ => MediaTypes.Mp4,
        };
    }

    /// <summary>An MPEG audio frame at the start and another one where the first says it ends: two chances in a million for other bytes.</summary>
    private static bool IsMp3(ReadOnlySpan<byte> head)
    {
        if (FrameLength(head) is not { } length || length >= head.Length - 4) return false;
        return FrameLength(head[length..]) is not null;
    }

    private static int? FrameLength(ReadOnlySpan<byte> frame)
    {
        ReadOnlySpan<int> rates1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0];
        ReadOnlySpan<int> rates2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0];
        ReadOnlySpan<int> samples = [44100, 48000, 32000, 0];
        if (frame.Length < 4 || frame[0] != 0xFF || (frame[1] & 0xE0) != 0xE0) return null;
        var version = (frame[1] >> 3) & 3;
        var layer = (frame[1] >> 1) & 3;
        var rate = (version == 3 ? rates1 : rates2)[frame[2] >> 4];
        var hertz = samples[(frame[2] >> 2) & 3] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
        // Only layer III: what people call mp3.
        if (version == 1 || layer != 1 || rate == 0 || hertz == 0) return null;
        return (version == 3 ? 144 : 72) * rate * 1000 / hertz + ((frame[2] >> 1) & 1);
    }

    internal static bool StartsWith(ReadOnlySpan<byte> head, ReadOnlySpan<byte> signature) => head.StartsWith(signature);
}
