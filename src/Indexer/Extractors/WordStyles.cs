using System.Xml;

namespace ResourceHub.Indexer.Extractors;

/// <summary>Which paragraph styles of a Word document are headings.</summary>
internal sealed class WordStyles
{
    private readonly Dictionary<string, int> levels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> parents = new(StringComparer.Ordinal);

    public static WordStyles Of(OfficePackage package, IReadOnlyList<Relation> relations)
    {
        var styles = new WordStyles();
        if (relations.FirstOrDefault(r => r.Kind == "styles") is not { } relation) return styles;
        try
        {
            using var xml = package.Xml(relation.Target);
            if (xml is not null) styles.Read(xml);
        }
        catch (XmlException)
        {
            // Without styles a document has text but no headings.
        }
        return styles;
    }

    /// <summary>0 for a title, 1–9 for headings, null for body text.</summary>
    public int? LevelOf(string? style)
    {
        for (var step = 0; style is not null && step < 10; step++)
        {
            if (levels.TryGetValue(style, out var level)) return level;
            style = parents.GetValueOrDefault(style);
        }
        return null;
    }

    private void Read(XmlReader xml)
    {
        string? style = null;
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            var value = xml.GetAttribute("val", xml.NamespaceURI);
            switch (xml.LocalName)
            {
                case "style":
                    style = xml.GetAttribute("styleId", xml.NamespaceURI);
                    break;
                case "name" when style is not null && value is not null && LevelOfName(value) is { } level:
                    levels.TryAdd(style, level);
                    break;
                case "basedOn" when style is not null && value is not null:
                    parents[style] = value;
                    break;
                case "outlineLvl" when style is not null && int.TryParse(value, out var outline) && outline < 9:
                    levels.TryAdd(style, outline + 1);
                    break;
            }
        }
    }

    private static int? LevelOfName(string name)
    {
        var folded = name.ToLowerInvariant();
        if (folded is "title" or "标题") return 0;
        return folded.StartsWith("heading ", StringComparison.Ordinal) && int.TryParse(folded[8..], out var level) ? level
            : folded.StartsWith("标题 ", StringComparison.Ordinal) && int.TryParse(folded[3..], out level) ? level : null;
    }
}
