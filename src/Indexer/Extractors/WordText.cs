using System.Text;
using System.Xml;
using ResourceHub.Core.Files;

namespace ResourceHub.Indexer.Extractors;

/// <summary>
/// Walks through WordprocessingML once and writes its text. Elements are known by their local names, which the transitional and strict standards share.
/// </summary>
internal sealed class WordText(WordStyles styles)
{
    private readonly SectionWriter writer = new();
    private readonly StringBuilder heading = new();
    private int page = 1;

    /// <summary>A page ended and nothing was written since: a rendered break right after a wanted one is the same break.</summary>
    private bool atTop;
    private bool inBody = true;

    public int Pages => page;
    public bool KnowsPages { get; private set; }
    public string? Title { get; private set; }
    public int Characters { get; private set; }
    public bool IsFull => writer.IsFull;

    /// <summary>What follows are notes, headers and footers: of all pages, so of none.</summary>
    public void EndOfBody()
    {
        writer.Begin(Location.None);
        inBody = false;
    }

    public IReadOnlyList<Section> Finish()
    {
        writer.End();
        return writer.Sections;
    }

    /// <summary>False when the part ends in the middle: what came before was written.</summary>
    public bool Read(XmlReader xml)
    {
        if (inBody) writer.Begin(new Location(Page: page));
        try
        {
            while (!xml.EOF && !writer.IsFull)
            {
                if (xml.NodeType == XmlNodeType.Element)
                {
                    // Deleted or moved-away text, pinyin over characters, the second form of the same drawing, and hidden runs are not what a reader sees.
                    if (xml.LocalName is "moveFrom" or "del" or "rt" or "Fallback" or "instrText" or "pPrChange" or "sdtPr" or "tblPr" or "trPr" or "tcPr")
                    {
                        xml.Skip();
                        continue;
                    }
                    if (xml.LocalName == "rPr" && depthOfProperties == 0)
                    {
                        if (IsHidden(xml)) SkipRun(xml);
                        continue;
                    }
                    Start(xml);
                }
                else if (xml.NodeType == XmlNodeType.EndElement) End(xml.LocalName);
                else if (inText && xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace) Write(xml.Value);
                xml.Read();
            }
            return true;
        }
        catch (XmlException)
        {
            return false;
        }
        catch (InvalidDataException)
        {
            return false;
        }
        finally
        {
            EndParagraph();
        }
    }

    private bool inText;
    private int depthOfProperties;
    private int? level;
    private int cell;
    private bool breakAfter;
    private readonly Stack<int> cells = new();

    private void Start(XmlReader xml)
    {
        var value = xml.GetAttribute("val", xml.NamespaceURI);
        switch (xml.LocalName)
        {
            case "pPr" when !xml.IsEmptyElement: depthOfProperties++; break;
            case "pStyle": level = styles.LevelOf(value); break;
            case "outlineLvl" when int.TryParse(value, out var outline) && outline < 9: level = outline + 1; break;
            case "pageBreakBefore" when value is not ("0" or "false" or "off"): Break(rendered: false); break;
            case "sectPr" when depthOfProperties > 0: breakAfter = true; break;
            case "type" when depthOfProperties > 0 && value is "continuous": breakAfter = false; break;
            case "t": inText = !xml.IsEmptyElement; break;
            case "tab" when depthOfProperties == 0: Write(" "); break;
            case "noBreakHyphen": Write("-"); break;
            case "br" when xml.GetAttribute("type", xml.NamespaceURI) == "page": Break(rendered: false); break;
            case "br" or "cr": EndLine(); break;
            case "lastRenderedPageBreak": Break(rendered: true); break;
            case "tr":
                cells.Push(cell);
                cell = 0;
                break;
            case "tc" when cell++ > 0: writer.Gap('\t'); break;
        }
    }

    private void End(string name)
    {
        switch (name)
        {
            case "t": inText = false; break;
            case "pPr": depthOfProperties = Math.Max(0, depthOfProperties - 1); break;
            case "p": EndParagraph(); break;
            case "tr":
                cells.TryPop(out cell);
                writer.Gap('\n');
                break;
        }
    }

    private void Write(string piece)
    {
        Characters += piece.Length;
        atTop = atTop && string.IsNullOrWhiteSpace(piece);
        if (level is not null) heading.Append(piece);
        else writer.Write(piece);
    }

    private void EndLine()
    {
        if (level is not null) heading.Append(' ');
        else writer.Gap('\n');
    }

    private void EndParagraph()
    {
        var line = heading.ToString().Trim();
        heading.Clear();
        if (line.Length > 0)
        {
            if (inBody) Title ??= line;
            // A heading inside a table is a cell like others: a section for each would tear the row apart.
            if (cells.Count > 0) writer.Write(line);
            else writer.Heading(line);
        }
        writer.Gap('\n');
        level = null;
        if (breakAfter) Break(rendered: false);
        breakAfter = false;
    }

    private void Break(bool rendered)
    {
        if (!inBody) return;
        KnowsPages = true;
        if (rendered && atTop) return;
        page++;
        atTop = true;
        writer.Begin(new Location(Page: page), title: writer.Title);
    }

    private static bool IsHidden(XmlReader xml)
    {
        var hidden = false;
        if (xml.IsEmptyElement)
        {
            xml.Read();
            return false;
        }
        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "vanish" }) hidden = xml.GetAttribute("val", xml.NamespaceURI) is not ("0" or "false" or "off");
        xml.Read();
        return hidden;
    }

    /// <summary>Leaves the run whose properties were just read.</summary>
    private static void SkipRun(XmlReader xml)
    {
        while (!xml.EOF && !(xml is { NodeType: XmlNodeType.EndElement, LocalName: "r" })) xml.Skip();
    }
}
