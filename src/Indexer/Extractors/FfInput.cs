namespace ResourceHub.Indexer.Extractors;

/// <summary>
/// How ffmpeg is let near a file. Left to itself it would take a text file for a playlist and read the files named in it, other schools' blobs among them:
/// so the demuxer is forced, no other may open, and no protocol but local files.
/// </summary>
internal static class FfInput
{
    public static string[] Safe(string demuxer) => ["-protocol_whitelist", "file", "-format_whitelist", demuxer, "-f", demuxer];

    public static string Name(SourceFile file) => "file:" + file.Path;
}
