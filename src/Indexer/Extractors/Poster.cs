using System.Globalization;

namespace ResourceHub.Indexer.Extractors;

/// <summary>A small JPEG that stands for a recording or picture. None is no misfortune: cards show a plain tile.</summary>
internal static class Poster
{
    private const int MaxBytes = 512 << 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static byte[]? OfPicture(SourceFile file) => file.MediaType switch
    {
        MediaTypes.Png => Frame(file, "png_pipe", 0, 0),
        MediaTypes.Jpeg => Frame(file, "jpeg_pipe", 0, 0),
        MediaTypes.Gif => Frame(file, "gif", 0, 0),
        MediaTypes.WebP => Frame(file, "webp_pipe", 0, 0),
        _ => null,
    };

    /// <param name="demuxer">Forced: what the file is was decided by its first bytes, and nothing else may open it.</param>
    public static byte[]? Frame(SourceFile file, string demuxer, int stream, double second)
    {
        if (NativeTool.Find("ffmpeg") is not { } ffmpeg) return null;
        string[] seek = second > 0 ? ["-ss", second.ToString("F2", CultureInfo.InvariantCulture)] : [];
        var run = ffmpeg.Run(
            [
                "-v", "error", "-nostdin", "-threads", "1", .. FfInput.Safe(demuxer), .. seek, "-i", FfInput.Name(file), "-map", $"0:{stream}", "-frames:v", "1", "-an", "-sn", "-dn",
                "-vf", "scale=w='min(640,iw)':h=-2", "-pix_fmt", "yuvj420p", "-q:v", "5", "-threads", "1", "-f", "mjpeg", "pipe:1",
            ], MaxBytes, Patience);
        return run is { Output: [0xFF, 0xD8, ..] output } ? output : null;
    }
}
