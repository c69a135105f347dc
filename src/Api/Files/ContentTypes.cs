using System.Collections.Frozen;

namespace ResourceHub.Api.Files;

/// <summary>Which media types a browser may be told. All others, and above all those that carry script (html, svg, xml), go as plain bytes.</summary>
internal static class ContentTypes
{
    private const string Bytes = "application/octet-stream";

    /// <summary>
    /// Pictures and recordings have no script in them, so they may be shown in place. A pdf may have, but what is sent with it (a sandbox) leaves that nothing to act
    /// on; browsers show it nevertheless, at the page that is asked for.
    /// </summary>
    private static readonly FrozenSet<string> Shown = FrozenSet.Create(
        "image/jpeg", "image/png", "image/gif", "image/webp",
        "video/mp4", "video/webm", "video/quicktime", "video/x-matroska",
        "audio/mpeg", "audio/mp4", "audio/wav", "audio/x-wav", "audio/ogg",
        "application/pdf");

    private static readonly FrozenSet<string> Named = FrozenSet.Create(
        "text/plain", "text/csv", "text/markdown", "text/vtt", "application/x-subrip", "application/zip", "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    public static bool CanShow(string mediaType) => Shown.Contains(mediaType);

    public static string Safe(string mediaType) => Shown.Contains(mediaType) || Named.Contains(mediaType) ? mediaType : Bytes;
}
