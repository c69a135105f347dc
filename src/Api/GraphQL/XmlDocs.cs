using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace ResourceHub.Api.GraphQL;

/// <summary>The portal's manual is written once, as <c>///</c> beside the code; the schema takes its descriptions from there, as HotChocolate does.</summary>
internal static partial class XmlDocs
{
    private static readonly FrozenDictionary<string, string> All = Read(typeof(XmlDocs).Assembly, typeof(Core.HubDb).Assembly);

    public static string? Of(Type type) => All.GetValueOrDefault("T:" + NameOf(type));

    public static string? Of(MethodInfo method) => All.GetValueOrDefault($"M:{NameOf(method.DeclaringType!)}.{method.Name}");

    public static string? Of(ParameterInfo parameter) => All.GetValueOrDefault($"M:{NameOf(parameter.Member.DeclaringType!)}.{parameter.Member.Name}#{parameter.Name}");

    /// <summary>A property's own summary, or the line about the record's parameter of that name.</summary>
    public static string? Of(PropertyInfo property)
        => All.GetValueOrDefault($"P:{NameOf(property.DeclaringType!)}.{property.Name}") ?? All.GetValueOrDefault($"T:{NameOf(property.DeclaringType!)}#{property.Name}");

    public static string? Of(FieldInfo field) => All.GetValueOrDefault($"F:{NameOf(field.DeclaringType!)}.{field.Name}");

    private static string NameOf(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static FrozenDictionary<string, string> Read(params Assembly[] assemblies)
    {
        var found = new Dictionary<string, string>();
        foreach (var assembly in assemblies)
        {
            var path = Path.Join(AppContext.BaseDirectory, assembly.GetName().Name + ".xml");
            if (File.Exists(path)) ReadFile(path, found);
        }
        return found.ToFrozenDictionary();
    }

    private static void ReadFile(string path, Dictionary<string, string> found)
    {
        using var xml = XmlReader.Create(path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, IgnoreWhitespace = false });
        var member = "";
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            // A method's name ends where its parameters begin: no two resolvers of a class share one.
            if (xml.Name == "member") member = xml.GetAttribute("name")!.Split('(')[0];
            else if (xml.Name == "summary") Add(found, member, xml);
            else if (xml.Name == "param") Add(found, $"{member}#{xml.GetAttribute("name")}", xml);
        }
    }

    private static void Add(Dictionary<string, string> found, string key, XmlReader xml)
    {
        var text = new StringBuilder();
        using var inner = xml.ReadSubtree();
        while (inner.Read())
        {
            if (inner.NodeType is XmlNodeType.Text or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace) text.Append(inner.Value);
            else if (inner.NodeType == XmlNodeType.Element && (inner.GetAttribute("cref") ?? inner.GetAttribute("name")) is { } named && inner.Depth > 0) text.Append(named.Split('.')[^1]);
        }
        var line = WhiteSpace().Replace(text.ToString(), " ").Trim();
        if (line.Length > 0) found[key] = line;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
