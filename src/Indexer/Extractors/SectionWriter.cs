using System.Text;
using ResourceHub.Core.Files;

namespace ResourceHub.Indexer.Extractors;

/// <summary>
/// Collects a file's text into sections. Lines end with \n, cells of a table row are parted by \t: what <see cref="LessonPlanReader"/> and the
/// index later see of tables.
/// </summary>
internal sealed class SectionWriter(string kind = "text")
{
    /// <summary>A file's whole text: some ten thick books.</summary>
    public const int TextLimit = 5_000_000;

    /// <summary>A section without pages or headings ends at the next line after this.</summary>
    private const int LongSection = 4_000;

    private readonly StringBuilder text = new();
    private char gap;
    private int written;

    public List<Section> Sections { get; } = [];
    public Location Place { get; private set; } = Location.None;
    public string Kind { get; private set; } = kind;
    public string? Title { get; private set; }
    public bool Hidden { get; private set; }

    /// <summary>True when the file held more text than is kept.</summary>
    public bool IsFull => written >= TextLimit;

    /// <summary>Ends the section; what follows stands at another place.</summary>
    public void Begin(Location place, string? kind = null, string? title = null, bool hidden = false)
    {
        End();
        (Place, Kind, Title, Hidden) = (place, kind ?? Kind, title, hidden);
    }

    /// <summary>Ends the section at a heading, which is the first line of the next one.</summary>
    public void Heading(string title)
    {
        End();
        Title = title;
        Line(title);
    }

    public void Write(ReadOnlySpan<char> piece)
    {
        if (piece.IsEmpty || IsFull) return;
        if (gap != 0 && text.Length > 0)
        {
            text.Append(gap);
            written++;
        }
        gap = '\0';
        if (piece.Length > TextLimit - written) piece = piece[..(TextLimit - written)];
        text.Append(piece);
        written += piece.Length;
    }

    /// <summary>Parts what was written from what comes: '\n' between lines, '\t' between cells.</summary>
    public void Gap(char between)
    {
        gap = between;
        if (between == '\n' && text.Length > LongSection) End();
    }

    /// <summary>A space between words of one line; none where a line or cell has just ended.</summary>
    public void Space()
    {
        if (gap == 0 && text.Length > 0 && text[^1] is not (' ' or '\n' or '\t')) text.Append(' ');
    }

    public void Line(ReadOnlySpan<char> line)
    {
        Write(line.Trim());
        Gap('\n');
    }

    public void End()
    {
        gap = '\0';
        var clean = Tidy(text);
        text.Clear();
        if (clean.Length > 0) Sections.Add(new Section(Kind, clean, Place, Title, Hidden));
    }

    /// <summary>Ends a section whose title was only found while it was read.</summary>
    public void EndTitled(string? title)
    {
        Title = title;
        End();
    }

    private static string Tidy(StringBuilder text)
    {
        text.Replace('\0', ' ').Replace("\r", "");
        return text.ToString().Trim();
    }
}
