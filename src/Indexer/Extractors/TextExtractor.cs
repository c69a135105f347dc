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
                else writer.Line(file.MediaType == Extractors.MediaTypes.Csv ? line.Replace(',', '\t') : line);
                if (writer.IsFull) break;
            }
        }
        writer.End();
        if (writer.Sections.Count == 0) return Reasons.Refused(file.MediaType, Reasons.Empty);
        var read = new Extraction { State = ExtractionState.Done, MediaType = file.MediaType, Title = title, Sections = writer.Sections };
        return writer.IsFull ? Reasons.Partial(read, Reasons.TooLarge) : read;
    }

    private static string? HeadingOf(string line)
    {
        var level = line.AsSpan().IndexOfAnyExcept('#');
        return level is >= 1 and <= 6 && line[level] == ' ' ? line[level..].Trim(' ', '#') : null;
    }
}
