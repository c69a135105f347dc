using System.Text;
using System.Text.Json;
using ResourceHub.Core.Files;
using ResourceHub.Indexer.Sandbox;

namespace ResourceHub.Indexer.Extractors;

/// <summary>Video and sound, by ffprobe: length, size, codecs, chapters, subtitles inside the file, and a poster frame.</summary>
internal sealed class RecordingExtractor : IExtractor
{
    private const int MaxSubtitleStreams = 4;
    private static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SubtitlePatience = TimeSpan.FromSeconds(60);

    private static readonly Dictionary<string, string> Demuxers = new()
    {
        [Extractors.MediaTypes.Mp4] = "mov",
        [Extractors.MediaTypes.M4a] = "mov",
        [Extractors.MediaTypes.QuickTime] = "mov",
        [Extractors.MediaTypes.Matroska] = "matroska",
        [Extractors.MediaTypes.WebM] = "matroska",
        [Extractors.MediaTypes.Avi] = "avi",
        [Extractors.MediaTypes.Mp3] = "mp3",
        [Extractors.MediaTypes.Wav] = "wav",
        [Extractors.MediaTypes.Wmv] = "asf",
        [Extractors.MediaTypes.Flv] = "flv",
        [Extractors.MediaTypes.MpegTs] = "mpegts",
        [Extractors.MediaTypes.Mpeg] = "mpeg",
        [Extractors.MediaTypes.Ogg] = "ogg",
        [Extractors.MediaTypes.OggVideo] = "ogg",
        [Extractors.MediaTypes.Flac] = "flac",
    };

    public IReadOnlyCollection<string> MediaTypes => Demuxers.Keys;

    public Extraction Read(SourceFile file)
    {
        if (NativeTool.Find("ffprobe") is not { } ffprobe) return WithoutTool.Read(file);
        var demuxer = Demuxers[file.MediaType];
        var run = ffprobe.Run(
            ["-v", "error", .. FfInput.Safe(demuxer), "-show_format", "-show_streams", "-show_chapters", "-of", "json", FfInput.Name(file)], 4 << 20, ProbePatience);
        if (run.Output is not { Length: > 2 } output) return Reasons.Refused(file.MediaType, Reasons.Malformed);
        using var json = JsonDocument.Parse(output);
        var probe = new Probe(json.RootElement);
        if (probe.Video is null && probe.Audio is null) return Reasons.Refused(file.MediaType, Reasons.Malformed) with { DurationSeconds = probe.Duration };

        var sections = probe.Chapters.Where(c => c.Title is not null).Select(c => new Section("chapter", c.Title!, new Location(Second: c.Start), c.Title)).ToList();
        foreach (var stream in probe.TextSubtitles.Take(MaxSubtitleStreams)) sections.AddRange(Subtitles(file, demuxer, stream));
        return new Extraction
        {
            State = ExtractionState.Done,
            MediaType = MediaType(file.MediaType, probe),
            Title = probe.Tag("title"),
            Authors = (probe.Tag("artist") ?? probe.Tag("author") ?? probe.Tag("album_artist")) is { } author ? [author] : [],
            DurationSeconds = probe.Duration,
            Width = probe.Video?.Width,
            Height = probe.Video?.Height,
            VideoCodec = probe.Video?.Codec,
            AudioCodec = probe.Audio?.Codec,
            TakenAt = probe.TakenAt,
            Chapters = probe.Chapters,
            Sections = sections,
            Poster = PosterOf(file, demuxer, probe),
        };
    }

    /// <summary>The same container holds films and plain sound; only its streams tell.</summary>
    private static string MediaType(string container, Probe probe) => container switch
    {
        Extractors.MediaTypes.Mp4 when probe.Video is null => Extractors.MediaTypes.M4a,
        Extractors.MediaTypes.Wmv when probe.Video is null => Extractors.MediaTypes.Wma,
        Extractors.MediaTypes.Ogg when probe.Video is not null => Extractors.MediaTypes.OggVideo,
        _ => container,
    };

    private static byte[]? PosterOf(SourceFile file, string demuxer, Probe probe)
        // A tenth in, at most half a minute: past the black and the title card.
        => probe.Video is { Width: { } width, Height: { } height } && (long)width * height > PictureExtractor.MaxPixels ? null
            : probe.Video is { } video ? Poster.Frame(file, demuxer, video.Index, Math.Min(30, (probe.Duration ?? 0) / 10)) ?? Poster.Frame(file, demuxer, video.Index, 0)
            : probe.Cover is { } cover ? Poster.Frame(file, demuxer, cover.Index, 0) : null;

    private static IReadOnlyList<Section> Subtitles(SourceFile file, string demuxer, int stream)
    {
        if (NativeTool.Find("ffmpeg") is not { } ffmpeg) return [];
        var run = ffmpeg.Run(
            ["-v", "error", "-nostdin", .. FfInput.Safe(demuxer), "-i", FfInput.Name(file), "-map", $"0:{stream}", "-c:s", "subrip", "-f", "srt", "pipe:1"], 8 << 20, SubtitlePatience);
        if (run.Output is not { } output) return [];
        using var text = new StreamReader(new MemoryStream(output), Encoding.UTF8);
        return [.. Cues.Of(text)];
    }
}
