using System.IO.MemoryMappedFiles;
using System.Text.RegularExpressions;
using ResourceHub.Core.Files;
using ResourceHub.Indexer.Sandbox;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;
using UglyToad.PdfPig.Exceptions;

namespace ResourceHub.Indexer.Extractors;

/// <summary>PDF: text of each page. Files that open without a password are read; a wish not to have text copied out does not keep a library from indexing its own files.</summary>
internal sealed partial class PdfExtractor : IExtractor
{
    private const int MaxPages = 2_000;

    public IReadOnlyCollection<string> MediaTypes => [Extractors.MediaTypes.Pdf];

    public Extraction Read(SourceFile file)
    {
        // PdfPig jumps about in the file: mapped memory makes that cheap and takes no heap.
        using var map = MemoryMappedFile.CreateFromFile(file.Path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        using var bytes = map.CreateViewStream(0, new FileInfo(file.Path).Length, MemoryMappedFileAccess.Read);
        PdfDocument pdf;
        try
        {
            pdf = PdfDocument.Open(bytes, new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true });
        }
        catch (PdfDocumentEncryptedException)
        {
            return Reasons.Refused(file.MediaType, Reasons.Encrypted);
        }
        using (pdf)
            return pdf.NumberOfPages > MaxPages ? Reasons.Refused(file.MediaType, Reasons.TooLarge) with { PageCount = pdf.NumberOfPages } : Read(pdf, file.MediaType);
    }

    private static Extraction Read(PdfDocument pdf, string mediaType)
    {
        var writer = new SectionWriter("page");
        var damaged = 0;
        for (var number = 1; number <= pdf.NumberOfPages && !writer.IsFull; number++)
        {
            writer.Begin(new Location(Page: number));
            try
            {
                writer.Write(TextOf(pdf.GetPage(number)));
            }
            // PdfPig throws many kinds over damaged pages, and one bad page must not cost the others.
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                damaged++;
            }
        }
        writer.End();
        if (damaged == pdf.NumberOfPages && damaged > 0) return Reasons.Refused(mediaType, Reasons.Malformed) with { PageCount = damaged };
        var read = new Extraction
        {
            State = ExtractionState.Done,
            MediaType = mediaType,
            Title = Clean(pdf.Information.Title),
            Authors = Clean(pdf.Information.Author) is { } author ? [author] : [],
            PageCount = pdf.NumberOfPages,
            Sections = writer.Sections,
            Warnings = writer.Sections.Count == 0 ? ["没有可搜索的文字，可能是扫描件。There is no text in it; it may be a scan."] : [],
        };
        return damaged > 0 ? Reasons.Partial(read, Reasons.Malformed) : writer.IsFull ? Reasons.Partial(read, Reasons.TooLarge) : read;
    }

    private static string TextOf(Page page)
    {
        var text = ContentOrderTextExtractor.GetText(page);
        // The gap between a digit and a Chinese character is typesetting, not a space.
        return BetweenHan().Replace(text, "");
    }

    private static string? Clean(string? value) => string.IsNullOrWhiteSpace(value?.Replace("\0", "")) ? null : value.Replace("\0", "").Trim();

    [GeneratedRegex(@"(?<=[\u3000-\u303F\u4E00-\u9FFF\uFF00-\uFF5E]) +(?=[\u3000-\u303F\u4E00-\u9FFF\uFF00-\uFF5E0-9])|(?<=[0-9]) +(?=[\u4E00-\u9FFF])", RegexOptions.CultureInvariant)]
    private static partial Regex BetweenHan();
}
