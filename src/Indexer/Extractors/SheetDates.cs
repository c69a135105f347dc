using System.Globalization;
using System.Xml;

namespace ResourceHub.Indexer.Extractors;

/// <summary>A workbook keeps dates as numbers of days; only the cell's style tells that a date is meant.</summary>
internal sealed class SheetDates
{
    private readonly HashSet<int> dateStyles = [];

    public static SheetDates Of(OfficePackage package, IReadOnlyList<Relation> relations)
    {
        var dates = new SheetDates();
        if (relations.FirstOrDefault(r => r.Kind == "styles") is not { } relation) return dates;
        try
        {
            using var xml = package.Xml(relation.Target);
            if (xml is not null) dates.Read(xml);
        }
        catch (XmlException)
        {
            // Numbers stay numbers.
        }
        return dates;
    }

    /// <summary>A number as people read it: a date where its style says so, else without the noise of binary fractions.</summary>
    public string Show(string raw, string? style)
    {
        if (!double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return raw.Trim();
        if (int.TryParse(style, out var index) && dateStyles.Contains(index) && number is > 0 and < 2_958_466)
        {
            var day = DateTime.FromOADate(number);
            return day.ToString(number % 1 == 0 ? "yyyy-MM-dd" : number < 1 ? "HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        }
        return number.ToString("G15", CultureInfo.InvariantCulture);
    }

    private void Read(XmlReader xml)
    {
        var custom = new HashSet<int>();
        var inFormats = false;
        var index = 0;
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "cellXfs") inFormats = false;
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "numFmt" && int.TryParse(xml.GetAttribute("numFmtId"), out var id) && IsDate(xml.GetAttribute("formatCode") ?? "")) custom.Add(id);
            if (xml.LocalName == "cellXfs") inFormats = !xml.IsEmptyElement;
            if (xml.LocalName != "xf" || !inFormats) continue;
            if (int.TryParse(xml.GetAttribute("numFmtId"), out var format) && (format is >= 14 and <= 22 or >= 27 and <= 36 or >= 45 and <= 47 or >= 50 and <= 58 || custom.Contains(format))) dateStyles.Add(index);
            index++;
        }
    }

    private static bool IsDate(string code)
    {
        var quoted = false;
        var bracketed = false;
        foreach (var c in code)
        {
            if (c == '"') quoted = !quoted;
            else if (c is '[' or ']') bracketed = c == '[';
            else if (!quoted && !bracketed && c is 'y' or 'Y' or 'd' or 'D' or 'h' or 'H') return true;
        }
        return false;
    }
}
