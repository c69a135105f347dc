using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace ResourceHub.Host.Settings;

/// <summary>What <c>///</c> says of a setting, so that it is written once, beside the setting.</summary>
internal static partial class Summaries
{
    private static readonly ConcurrentDictionary<Assembly, Dictionary<string, string>> Files = new();

    /// <summary>Empty where nothing is said.</summary>
    public static string Of(PropertyInfo property)
        => Files.GetOrAdd(property.DeclaringType!.Assembly, Read).GetValueOrDefault($"P:{property.DeclaringType.FullName}.{property.Name}", "");

    private static Dictionary<string, string> Read(Assembly assembly)
    {
        Dictionary<string, string> found = [];
        var path = Path.Join(AppContext.BaseDirectory, assembly.GetName().Name + ".xml");
        if (!File.Exists(path)) return found;
        using var xml = XmlReader.Create(path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        var member = "";
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, Name: "member" }) member = xml.GetAttribute("name")!;
            else if (xml is { NodeType: XmlNodeType.Element, Name: "summary" }) found[member] = Line(xml);
        }
        return found;
    }

    private static string Line(XmlReader summary)
    {
        var text = new StringBuilder();
        using var inner = summary.ReadSubtree();
        while (inner.Read())
        {
            if (inner.NodeType is XmlNodeType.Text or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace) text.Append(inner.Value);
            else if (inner is { NodeType: XmlNodeType.Element, Name: "see" }) text.Append(inner.GetAttribute("cref")!.Split('.')[^1]);
            else if (inner is { Name: "c", NodeType: XmlNodeType.Element or XmlNodeType.EndElement }) text.Append('`');
        }
        return Blanks().Replace(text.ToString(), " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
