using System.Xml;

namespace ResourceHub.Indexer.Extractors;

/// <summary>An office package: parts, the relations between them, and what it says about itself.</summary>
internal sealed class OfficePackage : IDisposable
{
    private readonly FileStream file;
    private readonly SafeZip zip;

    private OfficePackage(FileStream file, SafeZip zip)
    {
        this.file = file;
        this.zip = zip;
        // Some programs hang a second main part beside the first; the relation that names a part which is there wins.
        Main = Relations("").FirstOrDefault(r => r.Kind == "officeDocument" && zip.Has(r.Target))?.Target ?? "";
        ReadProperties();
    }

    /// <exception cref="InvalidDataException">No usable package.</exception>
    public static OfficePackage Open(SourceFile source)
    {
        var file = source.Open();
        return new OfficePackage(file, SafeZip.Open(file));
    }

    /// <summary>Name of the main part; one that does not exist when the package has none.</summary>
    public string Main { get; }

    public string? Title { get; private set; }
    public IReadOnlyList<string> Authors { get; private set; } = [];

    /// <summary>Pages as the program that saved it last counted them; null when it did not.</summary>
    public int? Pages { get; private set; }

    /// <summary>Characters as that program counted them: tells whether its counts are of this text.</summary>
    public int Characters { get; private set; }

    public bool HasMacros => zip.Names.Any(n => n.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase));

    public XmlReader? Xml(string part) => zip.Xml(part);

    /// <summary>The relations of a part, in file order. Those that lead out of the package are left away: nothing outside is ever read.</summary>
    public IReadOnlyList<Relation> Relations(string part)
    {
        var slash = part.LastIndexOf('/') + 1;
        var relations = new List<Relation>();
        using var xml = zip.Xml($"{part[..slash]}_rels/{part[slash..]}.rels");
        while (xml is not null && xml.Read())
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "Relationship" } || xml.GetAttribute("TargetMode") == "External") continue;
            if (xml.GetAttribute("Id") is not { } id || xml.GetAttribute("Type") is not { } type || xml.GetAttribute("Target") is not { } target) continue;
            relations.Add(new Relation(id, type[(type.LastIndexOf('/') + 1)..], Resolve(part[..slash], target)));
        }
        return relations;
    }

    private static string Resolve(string folder, string target)
    {
        if (target.StartsWith('/')) return target.TrimStart('/');
        var parts = new List<string>();
        foreach (var step in (folder + target).Replace('\\', '/').Split('/'))
        {
            if (step is "" or ".") continue;
            if (step != "..") parts.Add(step);
            else if (parts.Count > 0) parts.RemoveAt(parts.Count - 1);
        }
        return string.Join('/', parts);
    }

    private void ReadProperties()
    {
        var core = Relations("").FirstOrDefault(r => r.Kind == "core-properties")?.Target ?? "docProps/core.xml";
        foreach (var (name, value) in Values(core))
        {
            if (name == "title") Title = value;
            if (name == "creator") Authors = [.. value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        }
        foreach (var (name, value) in Values("docProps/app.xml"))
        {
            if (name == "Pages" && int.TryParse(value, out var pages) && pages > 0) Pages = pages;
            if (name == "Characters" && int.TryParse(value, out var characters)) Characters = characters;
        }
    }

    /// <summary>Element names and their texts. A damaged properties part costs the properties, not the document.</summary>
    private List<(string Name, string Value)> Values(string part)
    {
        var values = new List<(string, string)>();
        try
        {
            using var xml = zip.Xml(part);
            var name = "";
            while (xml is not null && xml.Read())
            {
                if (xml.NodeType == XmlNodeType.Element) name = xml.LocalName;
                else if (xml.NodeType == XmlNodeType.Text && xml.Value.Trim() is { Length: > 0 } value) values.Add((name, value));
            }
        }
        catch (XmlException)
        {
            // What was read before the damage stands.
        }
        return values;
    }

    public void Dispose()
    {
        zip.Dispose();
        file.Dispose();
    }
}

/// <summary>A relation of one part to another.</summary>
/// <param name="Kind">Last word of the relation's type: slide, notesSlide, styles …; the same in the transitional and strict standards.</param>
internal sealed record Relation(string Id, string Kind, string Target);
