using System.Text;
using System.Xml;
using ResourceHub.Core.Files;
using ResourceHub.Indexer.Sandbox;

namespace ResourceHub.Indexer.Extractors;

/// <summary>Workbooks: each sheet's cells row by row, hidden sheets flagged.</summary>
internal sealed class XlsxExtractor : IExtractor
{
    public IReadOnlyCollection<string> MediaTypes => [Extractors.MediaTypes.Xlsx, Extractors.MediaTypes.Xlsm, Extractors.MediaTypes.Xltx];

    public Extraction Read(SourceFile file)
    {
        using var package = OfficePackage.Open(file);
        var relations = package.Relations(package.Main);
        if (Sheets(package) is not { } sheets) return Reasons.Refused(file.MediaType, Reasons.Malformed);
        var strings = SharedStrings(package, relations);
        var dates = SheetDates.Of(package, relations);
        var writer = new SectionWriter("sheet");
        var damaged = false;
        foreach (var (name, id, hidden) in sheets)
        {
            if (relations.FirstOrDefault(r => r.Id == id && r.Kind is "worksheet" or "dialogsheet" or "chartsheet") is not { } relation) continue;
            writer.Begin(new Location(Sheet: name), "sheet", name, hidden);
            try
            {
                using var xml = package.Xml(relation.Target);
                if (xml is not null) new SheetText(writer, strings, dates).Read(xml);
                ReadDrawings(package, relation.Target, writer);
            }
            catch (XmlException)
            {
                damaged = true;
            }
        }
        writer.End();
        if (damaged && writer.Sections.Count == 0) return Reasons.Refused(file.MediaType, Reasons.Malformed);
        var read = new Extraction
        {
            State = ExtractionState.Done,
            MediaType = file.MediaType,
            Title = package.Title,
            Authors = package.Authors,
            HasMacros = package.HasMacros,
            Sections = writer.Sections,
            Warnings = package.HasMacros ? [MacroWarning.Text] : [],
        };
        return damaged ? Reasons.Partial(read, Reasons.Malformed) : writer.IsFull ? Reasons.Partial(read, Reasons.TooLarge) : read;
    }

    private static List<(string Name, string Id, bool Hidden)>? Sheets(OfficePackage package)
    {
        using var xml = package.Xml(package.Main);
        if (xml is null) return null;
        var sheets = new List<(string, string, bool)>();
        while (xml.Read())
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "sheet" }) continue;
            var name = xml.GetAttribute("name") ?? "";
            var hidden = xml.GetAttribute("state") is "hidden" or "veryHidden";
            for (var has = xml.MoveToFirstAttribute(); has; has = xml.MoveToNextAttribute())
                if (xml is { LocalName: "id", NamespaceURI.Length: > 0 }) sheets.Add((name, xml.Value, hidden));
        }
        return sheets;
    }

    private static List<string> SharedStrings(OfficePackage package, IReadOnlyList<Relation> relations)
    {
        var strings = new List<string>();
        if (relations.FirstOrDefault(r => r.Kind == "sharedStrings") is not { } relation) return strings;
        using var xml = package.Xml(relation.Target);
        var text = new StringBuilder();
        var inText = false;
        while (xml is not null && !xml.EOF)
        {
            // Reading aids over East Asian words would double them.
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "rPh" })
            {
                xml.Skip();
                continue;
            }
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "t" }) inText = !xml.IsEmptyElement;
            else if (xml is { NodeType: XmlNodeType.EndElement, LocalName: "t" }) inText = false;
            else if (inText && xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace) text.Append(xml.Value);
            else if (xml.LocalName == "si" && (xml.NodeType == XmlNodeType.EndElement || xml.IsEmptyElement))
            {
                strings.Add(text.ToString());
                text.Clear();
            }
            xml.Read();
        }
        return strings;
    }

    /// <summary>Text boxes over the cells.</summary>
    private static void ReadDrawings(OfficePackage package, string sheet, SectionWriter writer)
    {
        foreach (var relation in package.Relations(sheet).Where(r => r.Kind == "drawing"))
        {
            using var xml = package.Xml(relation.Target);
            if (xml is not null) new SlideText(writer, notes: true).Read(xml);
        }
    }
}
