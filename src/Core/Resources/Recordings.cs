namespace ResourceHub.Core.Resources;

/// <summary>Subtitles lie beside the recording whose words they have: who finds the words wants to hear them.</summary>
public static class Recordings
{
    public static bool IsRecording(string mediaType)
        => mediaType.StartsWith("video/", StringComparison.Ordinal) || mediaType.StartsWith("audio/", StringComparison.Ordinal);

    public static bool IsSubtitles(string mediaType) => mediaType is "application/x-subrip" or "text/vtt";

    /// <summary>The recording to play for a place in a file: itself, or for subtitles the one of the same name, or the only one there is. Null where there is none.</summary>
    /// <param name="beside">The current files of the same resource.</param>
    public static ResourceFile? RecordingFor(this ResourceFile file, IReadOnlyList<ResourceFile> beside)
    {
        if (IsRecording(file.MediaType)) return file;
        if (!IsSubtitles(file.MediaType)) return null;
        List<ResourceFile> recordings = [.. beside.Where(f => IsRecording(f.MediaType))];
        return recordings.Find(r => NameOf(file).StartsWith(NameOf(r), StringComparison.OrdinalIgnoreCase)) ?? (recordings is [var only] ? only : null);
    }

    private static string NameOf(ResourceFile file) => Path.GetFileNameWithoutExtension(file.Name);
}
