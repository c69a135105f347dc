using System.Text;
using System.Text.RegularExpressions;

namespace ResourceHub.Indexer.Extractors;

/// <summary>Which kind of text a text is.</summary>
internal static partial class TextKind
{
    /// <summary>Null when the bytes are no text in any encoding.</summary>
    public static string? Of(ReadOnlySpan<byte> head, bool cut, string name)
    {
        if (TextDecoding.Find(head, cut) is not { } encoding) return null;
        var text = Encoding.GetEncoding(encoding.CodePage).GetString(head).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (text.StartsWith("WEBVTT", StringComparison.Ordinal)) return MediaTypes.Vtt;
        if (SubripStart().IsMatch(text)) return MediaTypes.Srt;
        if (HtmlStart().IsMatch(text)) return MediaTypes.Html;
        if (text.StartsWith("<?xml", StringComparison.Ordinal) || text.StartsWith("<svg", StringComparison.Ordinal)) return OfXml(text);
        return MediaTypes.OfName(name) is [MediaTypes.Markdown or MediaTypes.Csv, ..] named ? named[0]
            // A fragment without <html> that says it is HTML, and has tags.
            : MediaTypes.OfName(name) is [MediaTypes.Html, ..] && Tag().IsMatch(text) ? MediaTypes.Html
            : MediaTypes.Text;
    }

    private static string OfXml(string text)
        => text.Contains("<svg", StringComparison.Ordinal) ? MediaTypes.Svg : HtmlInside().IsMatch(text) ? MediaTypes.Html : MediaTypes.Xml;

    [GeneratedRegex(@"\A\d{1,6}\s*\r?\n\d{1,3}:\d\d:\d\d[,.]\d{1,3}\s*-->", RegexOptions.CultureInvariant)]
    private static partial Regex SubripStart();

    [GeneratedRegex(@"\A(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|h1|div|p|table)[\s>]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex HtmlStart();

    [GeneratedRegex(@"<html[\s>]|<!doctype\s+html", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HtmlInside();

    [GeneratedRegex(@"</?[a-zA-Z][a-zA-Z0-9]{0,15}[\s>/]", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
