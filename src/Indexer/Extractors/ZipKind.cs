using System.IO.Compression;
using System.Text;
using System.Xml;
using ResourceHub.Indexer.Sandbox;

namespace ResourceHub.Indexer.Extractors;

/// <summary>Tells office packages, OpenDocument, EPUB and plain archives apart.</summary>
internal static class ZipKind
{
    private const string MainSuffix = ".main+xml";

    public static string Of(Stream file, ReadOnlySpan<byte> head, string name)
    {
        try
        {
            file.Position = 0;
            using var zip = SafeZip.Open(file);
            if (zip.Text("mimetype", 200) is { } mimetype && mimetype.StartsWith("application/", StringComparison.Ordinal)) return Mimetype(zip, mimetype.Trim());
            if (zip.Has("[Content_Types].xml") && Office(zip) is { } office) return office;
            return zip.Has("word/document.xml") ? MediaTypes.Docx : zip.Has("ppt/presentation.xml") ? MediaTypes.Pptx : zip.Has("xl/workbook.xml") ? MediaTypes.Xlsx : MediaTypes.Zip;
        }
        catch (UnreadableException refused) when (refused.MediaType is null)
        {
            throw new UnreadableException(refused.Reason, Guess(head, name));
        }
        catch (InvalidDataException)
        {
            // Cut off: the directory at the end is gone, but the first names at the start often tell what it was.
            throw new UnreadableException(Reasons.Malformed, Guess(head, name));
        }
    }

    private static string Mimetype(SafeZip zip, string mimetype)
    {
        if (zip.Text("META-INF/manifest.xml", 1 << 20)?.Contains("encryption-data", StringComparison.Ordinal) == true)
            throw new UnreadableException(Reasons.Encrypted, mimetype);
        return mimetype;
    }

    /// <summary>The content type of the main part says what the package is, macros included.</summary>
    private static string? Office(SafeZip zip)
    {
        try
        {
            using var xml = zip.Xml("[Content_Types].xml")!;
            while (xml.Read())
            {
                if (xml is not { NodeType: XmlNodeType.Element, LocalName: "Override" or "Default" } || xml.GetAttribute("ContentType") is not { } type) continue;
                if (type.EndsWith(MainSuffix, StringComparison.OrdinalIgnoreCase) && Known(type[..^MainSuffix.Length]) is { } known) return known;
            }
        }
        catch (XmlException)
        {
            // The parts' names decide.
        }
        return null;
    }

    private static string? Known(string type)
        => new[] { MediaTypes.Docx, MediaTypes.Dotx, MediaTypes.Pptx, MediaTypes.Ppsx, MediaTypes.Potx, MediaTypes.Xlsx, MediaTypes.Xltx }
            .FirstOrDefault(t => t.Equals(type, StringComparison.OrdinalIgnoreCase)) ?? Macro(type);

    private static string? Macro(string type) => type.ToLowerInvariant() switch
    {
        "application/vnd.ms-word.document.macroenabled" => MediaTypes.Docm,
        "application/vnd.ms-word.template.macroenabledtemplate" => MediaTypes.Dotm,
        "application/vnd.ms-powerpoint.presentation.macroenabled" => MediaTypes.Pptm,
        "application/vnd.ms-powerpoint.slideshow.macroenabled" => MediaTypes.Ppsm,
        "application/vnd.ms-excel.sheet.macroenabled" => MediaTypes.Xlsm,
        _ => null,
    };

    private static string Guess(ReadOnlySpan<byte> head, string name)
    {
        var names = Encoding.Latin1.GetString(head);
        return names.Contains("word/", StringComparison.Ordinal) ? MediaTypes.Docx
            : names.Contains("ppt/", StringComparison.Ordinal) ? MediaTypes.Pptx
            : names.Contains("xl/", StringComparison.Ordinal) ? MediaTypes.Xlsx
            : names.Contains("[Content_Types].xml", StringComparison.Ordinal) && MediaTypes.OfName(name) is [var promised, ..] ? promised
            : MediaTypes.Zip;
    }
}
