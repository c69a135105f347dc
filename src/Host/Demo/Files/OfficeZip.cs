using System.IO.Compression;
using System.Security;
using System.Text;

namespace ResourceHub.Host.Demo.Files;

/// <summary>
/// The zip of an Office file, part by part, as text. Written without the Open XML SDK because that stamps parts with the hour and random ids,
/// and a lesson must give the same bytes each time, so that the same bytes are stored once.
/// </summary>
internal sealed class OfficeZip(Stream to) : IDisposable
{
    public const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string PackageTypes = "http://schemas.openxmlformats.org/package/2006";

    /// <summary>The earliest time a zip can say.</summary>
    private static readonly DateTimeOffset Stamp = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive zip = new(to, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);
    private readonly List<(string Path, string Type)> parts = [];

    /// <summary>Text for an XML element or attribute.</summary>
    public static string Escape(string text) => SecurityElement.Escape(text);

    /// <param name="type">Content type behind <c>application/vnd.openxmlformats-</c>.</param>
    /// <param name="links">Targets relative to the part, in the order of their ids rId1, rId2 …, each with the last word of its relationship type.</param>
    public void Add(string path, string type, string xml, params (string Type, string Target)[] links)
    {
        parts.Add((path, $"application/vnd.openxmlformats-{type}+xml"));
        Write(path, xml);
        if (links.Length == 0) return;
        var slash = path.LastIndexOf('/');
        Write($"{path[..slash]}/_rels/{path[(slash + 1)..]}.rels", Links(links.Select(l => ($"{Relationships}/{l.Type}", l.Target))));
    }

    /// <summary>Title, author and the relationship to the main part; then the list of parts.</summary>
    public void Finish(string main, string title, string author, string appProperties)
    {
        Add("docProps/app.xml", "officedocument.extended-properties",
            $"""<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>ResourceHub</Application>{appProperties}</Properties>""");
        Add("docProps/core.xml", "package.core-properties",
            $"""
            <cp:coreProperties xmlns:cp="{PackageTypes}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{Escape(title)}</dc:title><dc:creator>{Escape(author)}</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">2025-09-01T00:00:00Z</dcterms:created></cp:coreProperties>
            """);
        Write("_rels/.rels", Links([
            ($"{Relationships}/officeDocument", main), ($"{PackageTypes}/relationships/metadata/core-properties", "docProps/core.xml"), ($"{Relationships}/extended-properties", "docProps/app.xml"),
        ]));
        var overrides = string.Concat(parts.Select(p => $"""<Override PartName="/{p.Path}" ContentType="{p.Type}"/>"""));
        Write("[Content_Types].xml", $"""<Types xmlns="{PackageTypes}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>""");
    }

    public void Dispose() => zip.Dispose();

    private static string Links(IEnumerable<(string Type, string Target)> links)
        => $"""<Relationships xmlns="{PackageTypes}/relationships">{string.Concat(links.Select((l, i) => $"""<Relationship Id="rId{i + 1}" Type="{l.Type}" Target="{l.Target}"/>"""))}</Relationships>""";

    private void Write(string path, string xml)
    {
        var entry = zip.CreateEntry(path, CompressionLevel.Optimal);
        entry.LastWriteTime = Stamp;
        using var writer = new StreamWriter(entry.Open(), new UTF8Encoding(false));
        writer.Write("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""" + "\n");
        writer.Write(xml);
    }
}
