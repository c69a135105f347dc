using System.Text.Json;
using ResourceHub.Core.Files;
using ResourceHub.Indexer.Sandbox;

namespace ResourceHub.Host.Commands;

/// <summary>Prints readings as they come: one JSON object from path to result, or a few lines for a person.</summary>
internal sealed class ExtractPrint : IAsyncDisposable
{
    private readonly Utf8JsonWriter? writer;
    private readonly TextWriter? lines;
    private readonly JsonSerializerOptions options;

    public ExtractPrint(Stream output, bool json, JsonSerializerOptions options)
    {
        this.options = options;
        if (!json)
        {
            lines = new StreamWriter(output);
            return;
        }
        writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = options.Encoder });
        writer.WriteStartObject();
    }

    public void Write(string path, Extraction read, TimeSpan took)
    {
        if (writer is not null)
        {
            writer.WritePropertyName(path);
            JsonSerializer.Serialize(writer, Result(read, took), options);
            writer.Flush();
        }
        else lines!.WriteLine(Line(path, read));
    }

    private static object Result(Extraction read, TimeSpan took) => new
    {
        Outcome = read.State is ExtractionState.Done or ExtractionState.Partial ? "extract" : "refuse",
        State = read.State.ToString().ToUpperInvariant(),
        read.Reason,
        read.Message,
        read.MediaType,
        read.Title,
        Author = read.Authors.Count == 0 ? null : string.Join("; ", read.Authors),
        read.Language,
        Pages = read.PageCount,
        Slides = read.SlideCount,
        read.DurationSeconds,
        read.Width,
        read.Height,
        read.VideoCodec,
        read.AudioCodec,
        read.TakenAt,
        read.HasMacros,
        read.Chapters,
        read.Suggestions,
        read.Warnings,
        HasPoster = read.Poster is not null,
        SubtitleText = read.Sections.Where(s => s.Kind == "cue").Select(s => s.Text),
        Text = string.Join('\n', read.Sections.Select(s => s.Text)),
        Sections = read.Sections.Select(s => new { s.Kind, s.Title, s.Location, s.Hidden, s.Text.Length }),
        ElapsedMs = Math.Round(took.TotalMilliseconds),
        Crashed = read.Reason == Reasons.Crash,
    };

    private static string Line(string path, Extraction read)
    {
        var facts = new List<string> { read.State.ToString().ToUpperInvariant(), read.MediaType };
        if (read.Title is not null) facts.Add($"“{read.Title}”");
        if (read.PageCount is { } pages) facts.Add($"{pages} 页 pages");
        if (read.SlideCount is { } slides) facts.Add($"{slides} 张 slides");
        if (read.DurationSeconds is { } seconds) facts.Add($"{seconds:F1} s");
        if (read.Sections.Count > 0) facts.Add($"{read.Sections.Sum(s => s.Text.Length)} 字 characters");
        facts.AddRange(read.Suggestions.Where(s => s.Value.Length < 30).Select(s => $"{s.Field}={s.Value}"));
        if (read.Reason is not null) facts.Add($"{read.Reason}: {read.Message}");
        return $"{path}: {string.Join(", ", facts)}";
    }

    public async ValueTask DisposeAsync()
    {
        if (writer is not null)
        {
            writer.WriteEndObject();
            await writer.DisposeAsync();
        }
        if (lines is not null) await lines.DisposeAsync();
    }
}
