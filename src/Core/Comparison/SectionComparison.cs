using ResourceHub.Core.Files;

namespace ResourceHub.Core.Comparison;

/// <summary>How the kept text of two files differs: by slides, by paragraphs, by subtitles. The stored sections are compared; no file is read again.</summary>
public static class SectionComparison
{
    /// <summary>Grows when the same sections would be compared otherwise: what was kept of before is no longer used.</summary>
    public const int Edition = 1;

    /// <summary>UTF-16 units of text on one side; more is compared as far as this.</summary>
    private const int MostText = 2_000_000;

    public static ContentChanges Compare(IReadOnlyList<FileSection> before, IReadOnlyList<FileSection> after, double? secondsBefore = null, double? secondsAfter = null)
    {
        var (a, wholeA) = Bounded(before);
        var (b, wholeB) = Bounded(after);
        var slides = PieceComparison.Compare(Slides(a), Slides(b), out var wholeSlides);
        var paragraphs = PieceComparison.Compare(Paragraphs(a), Paragraphs(b), out var wholeParagraphs);
        var cues = PieceComparison.Compare(Cues(a), Cues(b), out var wholeCues);
        var isWhole = wholeA && wholeB && wholeSlides && wholeParagraphs && wholeCues;
        var hasText = before.Count + after.Count > 0 || secondsBefore is not null || secondsAfter is not null;
        return new ContentChanges(!hasText ? ComparisonState.NoText : isWhole ? ComparisonState.Done : ComparisonState.Partial, slides, paragraphs, cues, secondsBefore, secondsAfter);
    }

    private static (List<FileSection>, bool IsWhole) Bounded(IReadOnlyList<FileSection> sections)
    {
        var (kept, length) = (new List<FileSection>(sections.Count), 0);
        foreach (var section in sections.OrderBy(s => s.Ordinal))
        {
            length += section.Text.Length;
            if (length > MostText) return (kept, false);
            kept.Add(section);
        }
        return (kept, true);
    }

    /// <summary>A slide with its notes is one piece.</summary>
    private static List<Piece> Slides(List<FileSection> sections)
        => [.. sections.Where(s => s.Kind is "slide" or "notes" && s.Slide is not null).GroupBy(s => s.Slide).OrderBy(g => g.Key).Select(g => new Piece(string.Join('\n', g.Select(s => s.Text)), new Location(Slide: g.Key)))];

    private static List<Piece> Cues(List<FileSection> sections) => [.. sections.Where(s => s.Kind == "cue").Select(s => new Piece(s.Text, s.Location))];

    private static List<Piece> Paragraphs(List<FileSection> sections)
        => [.. sections.Where(s => s.Kind is not ("slide" or "notes" or "cue")).SelectMany(s => s.Text.Split('\n').Where(p => !string.IsNullOrWhiteSpace(p)).Select(p => new Piece(p.Trim(), s.Location)))];
}
