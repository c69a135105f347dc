using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Search;

namespace ResourceHub.Core.Files;

/// <summary>What stands at one place of a file, and where one can turn to from there.</summary>
public sealed record FilePassage(IReadOnlyList<PassageSection> Sections, Location? Before, Location? Next);

/// <summary>One section of the place with the words to mark in it.</summary>
public sealed record PassageSection(FileSection Section, IReadOnlyList<TextRange> Ranges);

/// <summary>Opens a read file at a place, as a hit names it: the slide with its notes, the page, the cue.</summary>
public sealed class FilePassages(IDbContextFactory<HubDb> databases, IHighlighter highlighter)
{
    /// <summary>A file without places, such as plain text, has everything at one; its beginning is shown.</summary>
    private const int MostSections = 50;

    /// <summary>One subtitle says too little: from a second on, this many are read together.</summary>
    private const double Moment = 60;

    /// <param name="words">What to mark; null marks nothing.</param>
    /// <returns>Null when nothing stands there that may be shown.</returns>
    public async Task<FilePassage?> OpenAsync(Guid fileId, Location at, string? words, bool withHidden, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var shown = db.Sections.AsNoTracking().Where(s => s.FileId == fileId && (withHidden || !s.Hidden));
        var here = await shown.Where(IsAt(at)).OrderBy(s => s.Ordinal).Take(MostSections).ToListAsync(ct);
        if (here.Count == 0) return null;
        var elsewhere = shown.Where(s => s.Page != at.Page || s.Slide != at.Slide || s.Second != at.Second || s.Sheet != at.Sheet);
        var (first, last) = (here[0].Ordinal, here[^1].Ordinal);
        var before = at.Second is { } second ? await elsewhere.Where(s => s.Ordinal < first && s.Second >= second - Moment).OrderBy(s => s.Ordinal).FirstOrDefaultAsync(ct) : null;
        before ??= await elsewhere.Where(s => s.Ordinal < first).OrderByDescending(s => s.Ordinal).FirstOrDefaultAsync(ct);
        var next = await elsewhere.Where(s => s.Ordinal > last).OrderBy(s => s.Ordinal).FirstOrDefaultAsync(ct);
        return new FilePassage(here.ConvertAll(s => new PassageSection(s, Mark(words, s.Text))), before?.Location, next?.Location);
    }

    private static Expression<Func<FileSection, bool>> IsAt(Location at) => at.Second is { } second
        ? s => s.Second >= second && s.Second < second + Moment
        : s => s.Page == at.Page && s.Slide == at.Slide && s.Second == at.Second && s.Sheet == at.Sheet;

    private IReadOnlyList<TextRange> Mark(string? words, string text) => string.IsNullOrWhiteSpace(words) ? [] : highlighter.Mark(words, text, text.Length).Ranges;
}
