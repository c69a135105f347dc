using ResourceHub.Core.Text;

namespace ResourceHub.Core.Resources;

/// <summary>A file's name is data that a person reads: cleaned, cut to a length, never used as a path.</summary>
public static class FileNames
{
    /// <summary>On one line, without folders, at most <see cref="ResourceFile.NameLimit"/> characters with its extension kept. Null when nothing is left.</summary>
    public static string? Clean(string? name)
    {
        var clean = CleanText.Line(name);
        if (clean is null) return null;
        clean = clean[(clean.LastIndexOfAny(['/', '\\']) + 1)..].Trim();
        if (clean.Trim('.').Length == 0) return null;
        if (clean.Length <= ResourceFile.NameLimit) return clean;
        var extension = Path.GetExtension(clean);
        if (extension.Length > 16) extension = "";
        var stem = clean[..(ResourceFile.NameLimit - extension.Length)];
        return (char.IsHighSurrogate(stem[^1]) ? stem[..^1] : stem) + extension;
    }

    /// <summary>A first guess until the content has been read.</summary>
    public static string MediaTypeOf(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ".pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ".xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".pdf" => "application/pdf",
        ".mp4" or ".m4v" => "video/mp4",
        ".mp3" => "audio/mpeg",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".png" => "image/png",
        ".srt" => "application/x-subrip",
        ".txt" => "text/plain",
        _ => "application/octet-stream",
    };
}
