using ResourceHub.Core.Files;
using ResourceHub.Core.Text;
using ResourceHub.Indexer.Sandbox;

namespace ResourceHub.Indexer.Extractors;

/// <summary>Reads one file with the extractor of its kind. All kinds that can be read are listed here.</summary>
public static class FileReading
{
    private const int LineLimit = 300;

    private static readonly IExtractor[] Extractors =
    [
        new DocxExtractor(),
        new PptxExtractor(),
        new XlsxExtractor(),
        new PdfExtractor(),
        new HtmlExtractor(),
        new SubtitleExtractor(),
        new TextExtractor(),
        new PictureExtractor(),
        new RecordingExtractor(),
    ];

    private static readonly Dictionary<string, IExtractor> ByMediaType =
        Extractors.SelectMany(e => e.MediaTypes.Select(t => (t, e))).ToDictionary(x => x.t, x => x.e, StringComparer.OrdinalIgnoreCase);

    public static Extraction Read(string path, string name)
    {
        var kind = MediaTypes.Unknown;
        try
        {
            kind = MediaTypeOf.File(path, name);
            var read = ReadKind(new SourceFile(path, name, kind));
            return NameWarning.Add(LessonPlanReader.Suggest(Tidy(read), name), name);
        }
        catch (UnreadableException reason)
        {
            return Reasons.Refused(reason.MediaType ?? kind, reason.Reason);
        }
        catch (OutOfMemoryException)
        {
            return Reasons.Refused(kind, Reasons.TooLarge);
        }
        // Parsers of damaged files throw whatever their authors did not expect. This is the child: the file is damaged, and the next one is read.
        catch (Exception damaged) when (damaged is not OutOfMemoryException)
        {
            Console.Error.WriteLine(damaged);
            return Reasons.Refused(kind, Reasons.Malformed);
        }
    }

    /// <summary>What files say of themselves is data from strangers: one clean line each, of sensible length.</summary>
    private static Extraction Tidy(Extraction read) => read with
    {
        Title = Line(read.Title),
        Authors = [.. read.Authors.Select(Line).OfType<string>().Take(20)],
        Language = read.Language ?? LanguageOf.Sections(read.Sections),
    };

    private static string? Line(string? words) => CleanText.Line(words) is { } line ? line.Length <= LineLimit ? line : line[..LineLimit] + "…" : null;

    private static Extraction ReadKind(SourceFile file)
        => ByMediaType.TryGetValue(file.MediaType, out var extractor) ? extractor.Read(file)
            : MediaTypes.ComesLater(file.MediaType) ? Reasons.Partial(new Extraction { State = ExtractionState.Partial, MediaType = file.MediaType }, Reasons.Unsupported)
            : Reasons.Refused(file.MediaType, Reasons.Unsupported);
}
