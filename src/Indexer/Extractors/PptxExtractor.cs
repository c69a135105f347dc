using System.Xml;
using ResourceHub.Core.Files;
using ResourceHub.Indexer.Sandbox;

namespace ResourceHub.Indexer.Extractors;

/// <summary>Presentations: each slide in the order they are shown, its notes, hidden slides flagged.</summary>
internal sealed class PptxExtractor : IExtractor
{
    public IReadOnlyCollection<string> MediaTypes =>
        [Extractors.MediaTypes.Pptx, Extractors.MediaTypes.Pptm, Extractors.MediaTypes.Ppsx, Extractors.MediaTypes.Ppsm, Extractors.MediaTypes.Potx];

    public Extraction Read(SourceFile file)
    {
        using var package = OfficePackage.Open(file);
        if (SlideParts(package) is not { } parts) return Reasons.Refused(file.MediaType, Reasons.Malformed);
        var writer = new SectionWriter("slide");
        var damaged = 0;
        string? first = null;
        for (var number = 1; number <= parts.Count && !writer.IsFull; number++)
        {
            try
            {
                var title = Slide(package, parts[number - 1], number, writer);
                if (number == 1) first = title;
            }
            catch (XmlException)
            {
                damaged++;
            }
        }
        writer.End();
        if (parts.Count > 0 && damaged == parts.Count) return Reasons.Refused(file.MediaType, Reasons.Malformed);
        var read = new Extraction
        {
            State = ExtractionState.Done,
            MediaType = file.MediaType,
            Title = package.Title ?? first,
            Authors = package.Authors,
            SlideCount = parts.Count,
            HasMacros = package.HasMacros,
            Sections = writer.Sections,
            Warnings = package.HasMacros ? [MacroWarning.Text] : [],
        };
        return damaged > 0 ? Reasons.Partial(read, Reasons.Malformed) : writer.IsFull ? Reasons.Partial(read, Reasons.TooLarge) : read;
    }

    /// <summary>The slides' parts in the order they are shown; null without a presentation.</summary>
    private static List<string>? SlideParts(OfficePackage package)
    {
        var targets = package.Relations(package.Main).Where(r => r.Kind == "slide").ToLookup(r => r.Id, r => r.Target);
        using var xml = package.Xml(package.Main);
        if (xml is null) return null;
        var parts = new List<string>();
        while (xml.Read())
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "sldId" }) continue;
            for (var has = xml.MoveToFirstAttribute(); has; has = xml.MoveToNextAttribute())
                if (xml is { LocalName: "id", NamespaceURI.Length: > 0 } && targets[xml.Value].FirstOrDefault() is { } target) parts.Add(target);
        }
        return parts;
    }

    private static string? Slide(OfficePackage package, string part, int number, SectionWriter writer)
    {
        var place = new Location(Slide: number);
        string? title;
        bool hidden;
        var relations = package.Relations(part);
        using (var xml = package.Xml(part))
        {
            if (xml is null) return null;
            hidden = xml.GetAttribute("show") is "0" or "false";
            writer.Begin(place, "slide", hidden: hidden);
            title = new SlideText(writer, notes: false).Read(xml);
        }
        foreach (var diagram in relations.Where(r => r.Kind == "diagramData"))
        {
            using var xml = package.Xml(diagram.Target);
            if (xml is not null) new SlideText(writer, notes: false).Read(xml);
        }
        writer.EndTitled(title);
        if (relations.FirstOrDefault(r => r.Kind == "notesSlide") is { } notes)
        {
            using var xml = package.Xml(notes.Target);
            if (xml is null) return title;
            writer.Begin(place, "notes", title, hidden);
            new SlideText(writer, notes: true).Read(xml);
            writer.End();
        }
        return title;
    }
}
