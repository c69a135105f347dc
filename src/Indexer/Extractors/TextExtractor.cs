using ResourceHub.Core.Files;
using ResourceHub.Indexer.Sandbox;

namespace ResourceHub.Indexer.Extractors;

/// <summary>Plain text, Markdown and CSV, in whatever encoding.</summary>
internal sealed class TextExtractor : IExtractor
{
    public IReadOnlyCollection<string> MediaTypes => [Extractors.MediaTypes.Text, Extractors.MediaTypes.Markdown, Extractors.MediaTypes.Csv];

    public Extraction Read(SourceFile file)
    {
        var writer = new SectionWriter();
        string? title = null;
        var markdown = file.MediaType == Extractors.MediaTypes.Markdown;
        using (var text = TextDecoding.Open(file))
        {
            foreach (var line in TextLines.Of(text))
            {
                if (markdown && HeadingOf(line) is { } heading)
                {
                    title ??= heading;
                    writer.Heading(heading);
                }
                else writer.Line(file.MediaType == Extractors.MediaTypes.Csv ? CsvRow(line) : line);
                if (writer.IsFull) break;
            }
        }
        writer.End();
        if (writer.Sections.Count == 0) return Reasons.Refused(file.MediaType, Reasons.Empty);
        var read = new Extraction { State = ExtractionState.Done, MediaType = file.MediaType, Title = title, Sections = writer.Sections };
        return writer.IsFull ? Reasons.Partial(read, Reasons.TooLarge) : read;
    }

    /// <summary>Commas part cells, except between quotes.</summary>
    private static string CsvRow(string line)
    {
        var quoted = false;
        return string.Create(line.Length, line, (row, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                if (source[i] == '"') quoted = !quoted;
                row[i] = source[i] switch { ',' when !quoted => '\t', '"' => ' ', var c => c };
            }
        });
    }

    private static string? HeadingOf(string line)
    {
        var level = line.AsSpan().IndexOfAnyExcept('#');
        return level is >= 1 and <= 6 && line[level] == ' ' ? line[level..].Trim(' ', '#') : null;
    }
}
