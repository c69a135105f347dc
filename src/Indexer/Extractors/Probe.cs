using System.Globalization;
using System.Text.Json;
using ResourceHub.Core.Files;

namespace ResourceHub.Indexer.Extractors;

internal sealed record ProbedStream(int Index, string? Codec, int? Width, int? Height);

/// <summary>ffprobe's answer in our words.</summary>
internal sealed class Probe
{
    private static readonly string[] TextCodecs = ["mov_text", "subrip", "srt", "ass", "ssa", "webvtt", "text"];
    private readonly List<JsonElement> tags = [];

    public Probe(JsonElement root)
    {
        if (root.TryGetProperty("format", out var format))
        {
            Duration = Number(format, "duration");
            if (format.TryGetProperty("tags", out var named)) tags.Add(named);
        }
        foreach (var stream in Items(root, "streams")) Take(stream);
        Chapters = [.. Items(root, "chapters").Select(c => new Chapter(Number(c, "start_time") ?? 0, c.TryGetProperty("tags", out var t) ? Find(t, "title") : null))];
    }

    public double? Duration { get; private set; }
    public ProbedStream? Video { get; private set; }
    public ProbedStream? Audio { get; private set; }

    /// <summary>A picture kept in a sound file.</summary>
    public ProbedStream? Cover { get; private set; }

    public List<int> TextSubtitles { get; } = [];
    public IReadOnlyList<Chapter> Chapters { get; }

    public DateTime? TakenAt
        => DateTime.TryParse(Tag("creation_time"), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var taken) && taken.Year > 1970 ? taken : null;

    public string? Tag(string name) => tags.Select(t => Find(t, name)).FirstOrDefault(v => v is not null);

    private void Take(JsonElement stream)
    {
        var codec = Text(stream, "codec_name");
        var read = new ProbedStream((int)(Number(stream, "index") ?? 0), codec, (int?)Number(stream, "width"), (int?)Number(stream, "height"));
        switch (Text(stream, "codec_type"))
        {
            case "video" when stream.TryGetProperty("disposition", out var role) && Number(role, "attached_pic") == 1: Cover ??= read; break;
            case "video": Video ??= read; break;
            case "audio":
                Audio ??= read;
                // Ogg names the song in the stream, not in the file.
                if (stream.TryGetProperty("tags", out var named)) tags.Add(named);
                break;
            case "subtitle" when TextCodecs.Contains(codec): TextSubtitles.Add(read.Index); break;
        }
        Duration ??= Number(stream, "duration");
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement root, string name) => root.TryGetProperty(name, out var items) ? items.EnumerateArray() : default;

    private static string? Find(JsonElement tags, string name)
    {
        foreach (var tag in tags.EnumerateObject())
            if (tag.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && tag.Value.GetString() is { } value && !string.IsNullOrWhiteSpace(value)) return TagText.Repair(value.Trim());
        return null;
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Number(JsonElement element, string name)
        => !element.TryGetProperty(name, out var value) ? null
            : value.ValueKind == JsonValueKind.Number ? value.GetDouble()
            : double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
