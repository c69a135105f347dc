using System.Xml;
using ResourceHub.Core.Files;
using ResourceHub.Indexer.Sandbox;

namespace ResourceHub.Indexer.Extractors;

/// <summary>Word documents: text by page where the file tells its pages, and by heading.</summary>
internal sealed class DocxExtractor : IExtractor
{
    public IReadOnlyCollection<string> MediaTypes =>
        [Extractors.MediaTypes.Docx, Extractors.MediaTypes.Docm, Extractors.MediaTypes.Dotx, Extractors.MediaTypes.Dotm];

    public Extraction Read(SourceFile file)
    {
        using var package = OfficePackage.Open(file);
        using var body = package.Xml(package.Main);
        if (body is null) return Reasons.Refused(file.MediaType, Reasons.Malformed);
        var relations = package.Relations(package.Main);
        var text = new WordText(WordStyles.Of(package, relations));
        var whole = text.Read(body);
        text.EndOfBody();
        foreach (var relation in relations.Where(r => r.Kind is "footnotes" or "endnotes" or "header" or "footer").DistinctBy(r => r.Target))
        {
            using var part = package.Xml(relation.Target);
            if (part is not null) text.Read(part);
        }
        var sections = text.Finish();
        if (!whole && sections.Count == 0) return Reasons.Refused(file.MediaType, Reasons.Malformed);
        var pages = PageCount(package, text);
        var read = new Extraction
        {
            State = ExtractionState.Done,
            MediaType = file.MediaType,
            Title = package.Title ?? text.Title,
            Authors = package.Authors,
            PageCount = pages,
            HasMacros = package.HasMacros,
            Sections = text.KnowsPages || pages == 1 ? sections : [.. sections.Select(s => s with { Location = Location.None })],
            Warnings = package.HasMacros ? [MacroWarning.Text] : [],
        };
        return !whole ? Reasons.Partial(read, Reasons.Malformed) : text.IsFull ? Reasons.Partial(read, Reasons.TooLarge) : read;
    }

    /// <summary>What the program counted, unless its counts are plainly those of a template; else what breaks were met.</summary>
    private static int? PageCount(OfficePackage package, WordText text)
    {
        var counted = text.KnowsPages ? text.Pages : (int?)null;
        if (package.Pages is not { } said || package.Characters * 2 < text.Characters) return counted;
        return Math.Max(said, counted ?? 1);
    }
}
