using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using ResourceHub.Core.Files;
using ResourceHub.Indexer.Sandbox;

namespace ResourceHub.Indexer.Extractors;

/// <summary>Web pages: the text that a reader sees, by heading. No script runs and nothing is fetched.</summary>
internal sealed partial class HtmlExtractor : IExtractor
{
    private const int Longest = 20_000_000;

    public IReadOnlyCollection<string> MediaTypes => [Extractors.MediaTypes.Html];

    public Extraction Read(SourceFile file)
    {
        using var text = TextDecoding.Open(file, Declared(file));
        var page = new HtmlParser().ParseDocument(Take(text));
        var writer = new SectionWriter();
        if (page.Body is { } body) Write(body, writer);
        writer.End();
        var read = new Extraction
        {
            State = ExtractionState.Done,
            MediaType = file.MediaType,
            Title = OneLine(page.Title) ?? OneLine(page.QuerySelector("h1")?.TextContent),
            Authors = (Meta(page, "author") ?? Meta(page, "dc.creator")) is { } author ? [author] : [],
            Sections = writer.Sections,
        };
        return writer.IsFull ? Reasons.Partial(read, Reasons.TooLarge) : read;
    }

    private static string Take(StreamReader text)
    {
        var all = new StringBuilder();
        var buffer = new char[1 << 16];
        int read;
        while (all.Length < Longest && (read = text.Read(buffer)) > 0) all.Append(buffer, 0, read);
        return all.ToString();
    }

    /// <summary>The charset that the page claims for itself.</summary>
    private static string? Declared(SourceFile file)
    {
        using var start = file.Open();
        var head = new byte[Math.Min(4096, start.Length)];
        start.ReadExactly(head);
        return Charset().Match(Encoding.Latin1.GetString(head)) is { Success: true } found ? found.Groups[1].Value + found.Groups[2].Value : null;
    }

    /// <summary>Without recursion: pages nested ten thousand deep exist.</summary>
    private static void Write(IElement body, SectionWriter writer)
    {
        INode? node = body.FirstChild;
        while (node is not null && !writer.IsFull)
        {
            if (node is IText words) WriteWords(words.Data, writer);
            var inside = node is IElement element ? Enter(element, writer) : null;
            if (inside is not null)
            {
                node = inside;
                continue;
            }
            while (node is not null && node != body && node.NextSibling is null)
            {
                node = node.Parent;
                if (node is IElement ended) Leave(ended, writer);
            }
            if (node == body) return;
            node = node?.NextSibling;
        }
    }

    /// <summary>The first child to read; null when what is inside is not for readers.</summary>
    private static INode? Enter(IElement element, SectionWriter writer)
    {
        switch (element.LocalName)
        {
            case "script" or "style" or "noscript" or "template" or "svg" or "iframe" or "object" or "rt" or "rp":
                return null;
            case "br":
                writer.Gap('\n');
                return null;
            case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                if (OneLine(element.TextContent) is { } heading) writer.Heading(heading);
                return null;
            case "td" or "th" when element.PreviousElementSibling is not null:
                writer.Gap('\t');
                break;
            case "td" or "th": break;
            case var name when IsBlock(name):
                writer.Gap('\n');
                break;
        }
        return element.FirstChild;
    }

    private static void Leave(IElement element, SectionWriter writer)
    {
        if (IsBlock(element.LocalName)) writer.Gap('\n');
    }

    private static bool IsBlock(string name) => name is "p" or "div" or "li" or "ul" or "ol" or "dl" or "dt" or "dd" or "table" or "tr" or "section" or "article" or "header"
        or "footer" or "main" or "nav" or "aside" or "blockquote" or "pre" or "figure" or "figcaption" or "form" or "fieldset" or "hr" or "title" or "caption" or "address" or "option";

    private static void WriteWords(string words, SectionWriter writer)
    {
        var line = Space().Replace(words, " ");
        if (line != " ") writer.Write(line);
        else writer.Space();
    }

    private static string? Meta(IHtmlDocument page, string name)
        => OneLine(page.QuerySelectorAll("meta[name]").FirstOrDefault(m => string.Equals(m.GetAttribute("name"), name, StringComparison.OrdinalIgnoreCase))?.GetAttribute("content"));

    private static string? OneLine(string? value) => string.IsNullOrWhiteSpace(value) ? null : Space().Replace(value, " ").Trim();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Space();

    [GeneratedRegex("charset\\s*=\\s*[\"']?([A-Za-z0-9_:.-]{2,40})|<\\?xml[^>]{0,100}encoding=[\"']([A-Za-z0-9_-]{2,40})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Charset();
}
