using System.Text;
using System.Xml;

namespace ResourceHub.Indexer.Extractors;

/// <summary>Walks through one sheet and writes its rows.</summary>
internal sealed class SheetText(SectionWriter writer, List<string> strings, SheetDates dates)
{
    private readonly StringBuilder value = new();

    public void Read(XmlReader xml)
    {
        string? type = null, style = null;
        var inValue = false;
        var cell = 0;
        while (!xml.EOF && !writer.IsFull)
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                switch (xml.LocalName)
                {
                    case "row":
                        cell = 0;
                        writer.Gap('\n');
                        break;
                    case "c":
                        (type, style) = (xml.GetAttribute("t"), xml.GetAttribute("s"));
                        break;
                    case "rPh" or "f":
                        xml.Skip();
                        continue;
                    case "v" or "t": inValue = !xml.IsEmptyElement; break;
                }
            }
            else if (inValue && xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace) value.Append(xml.Value);
            else if (xml.NodeType == XmlNodeType.EndElement)
            {
                if (xml.LocalName is "v" or "t") inValue = false;
                if (xml.LocalName == "c")
                {
                    if (value.Length > 0)
                    {
                        if (cell++ > 0) writer.Gap('\t');
                        writer.Write(Shown(value.ToString(), type, style));
                    }
                    value.Clear();
                }
            }
            xml.Read();
        }
    }

    private string Shown(string raw, string? type, string? style) => type switch
    {
        "s" => int.TryParse(raw, out var index) && index >= 0 && index < strings.Count ? strings[index].Trim() : "",
        "str" or "inlineStr" or "e" or "d" => raw.Trim(),
        "b" => raw == "1" ? "TRUE" : "FALSE",
        _ => dates.Show(raw, style),
    };
}
