using System.Text;
using System.Xml;

namespace ResourceHub.Indexer.Extractors;

/// <summary>Walks through a slide, its notes or a diagram of it and writes the text of its shapes.</summary>
internal sealed class SlideText(SectionWriter writer, bool notes)
{
    private readonly StringBuilder title = new();
    private bool inText;
    private bool inTitle;
    private int cell;

    /// <summary>Returns the slide's title, where it has one.</summary>
    public string? Read(XmlReader xml)
    {
        while (!xml.EOF)
        {
            // Slide numbers and dates fill themselves in; the second form of the same drawing is no text of its own.
            if (xml.NodeType == XmlNodeType.Element && (xml.LocalName == "Fallback" || xml.LocalName == "fld" && xml.GetAttribute("type") is "slidenum"))
            {
                xml.Skip();
                continue;
            }
            if (xml.NodeType == XmlNodeType.Element) Start(xml);
            else if (xml.NodeType == XmlNodeType.EndElement) End(xml.LocalName);
            else if (inText && xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace) Write(xml.Value);
            xml.Read();
        }
        return title.Length == 0 ? null : title.ToString().Trim();
    }

    private void Start(XmlReader xml)
    {
        switch (xml.LocalName)
        {
            case "sp" or "graphicFrame" or "pic" or "cxnSp": inTitle = false; break;
            case "ph": inTitle = !notes && title.Length == 0 && xml.GetAttribute("type") is "title" or "ctrTitle"; break;
            case "t": inText = !xml.IsEmptyElement; break;
            case "br": writer.Gap('\n'); break;
            case "tr": cell = 0; break;
            case "tc" when cell++ > 0: writer.Gap('\t'); break;
        }
    }

    private void End(string name)
    {
        switch (name)
        {
            case "t": inText = false; break;
            case "p" or "tr":
                if (inTitle && title.Length > 0) title.Append(' ');
                writer.Gap('\n');
                break;
        }
    }

    private void Write(string piece)
    {
        if (inTitle) title.Append(piece);
        writer.Write(piece);
    }
}
