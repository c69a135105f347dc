using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Files;
using ResourceHub.Core.Resources;

namespace ResourceHub.Core.Search;

/// <summary>Marks what was found in the originals: title and description from the row, passages from the kept sections, all of a page's in one statement.</summary>
public sealed class FoundTexts(IHighlighter highlighter)
{
    private const int DescriptionWindow = 160;
    private const int PassageWindow = 160;

    public async Task<Dictionary<Guid, IReadOnlyList<FoundHighlight>>> MarkAsync(HubDb db, string query, IReadOnlyList<SearchHit> hits, Dictionary<Guid, Resource> rows, CancellationToken ct)
    {
        var sections = await ReadAsync(db, hits, ct);
        return hits.ToDictionary(h => h.Id, h => (IReadOnlyList<FoundHighlight>)[.. Mark(query, h, rows[h.Id], sections)]);
    }

    private IEnumerable<FoundHighlight> Mark(string query, SearchHit hit, Resource row, Dictionary<(Guid, int), PassageText> sections)
    {
        if (highlighter.Mark(query, row.Title, Resource.TitleLimit) is { Ranges.Count: > 0 } title) yield return new FoundHighlight("title", title);
        if (row.Description is { } words && highlighter.Mark(query, words, DescriptionWindow) is { Ranges.Count: > 0 } description) yield return new FoundHighlight("description", description);
        foreach (var passage in hit.Passages)
        {
            if (passage.Source is not { FileId: { } file } source || !sections.TryGetValue((file, source.Section), out var section)) continue;
            // The record may be newer than the index: then the place may lie behind the text's end, or the words may be gone.
            if (source.Start >= section.Text.Length) continue;
            var text = section.Text.Substring(source.Start, Math.Min(source.Length, section.Text.Length - source.Start));
            if (highlighter.Mark(query, text, PassageWindow) is { Ranges.Count: > 0 } marked)
                yield return new FoundHighlight("text", marked with { Start = source.Start + marked.Start }, section.Location, file);
        }
    }

    /// <summary>
    /// A passage's place is counted in UTF-16 units and SQL counts code points, which are never more: the first Start + Length code points hold the passage.
    /// </summary>
    private static async Task<Dictionary<(Guid, int), PassageText>> ReadAsync(HubDb db, IReadOnlyList<SearchHit> hits, CancellationToken ct)
    {
        var wanted = new Dictionary<(Guid File, int Section), int>();
        foreach (var source in hits.SelectMany(h => h.Passages).Select(p => p.Source))
            if (source.FileId is { } file)
                wanted[(file, source.Section)] = Math.Max(source.Start + source.Length, wanted.GetValueOrDefault((file, source.Section)));
        if (wanted.Count == 0) return [];
        var files = wanted.Keys.Select(k => k.File).Distinct().ToList();
        var ordinals = wanted.Keys.Select(k => k.Section).Distinct().ToList();
        var longest = wanted.Values.Max();
        var read = await db.Sections.AsNoTracking()
            .Where(s => files.Contains(s.FileId) && ordinals.Contains(s.Ordinal))
            .Select(s => new PassageText(s.FileId, s.Ordinal, s.Text.Substring(0, longest), s.Page, s.Slide, s.Second, s.Sheet))
            .ToListAsync(ct);
        return read.ToDictionary(s => (s.FileId, s.Ordinal));
    }

    private sealed record PassageText(Guid FileId, int Ordinal, string Text, int? Page, int? Slide, double? Second, string? Sheet)
    {
        public Location Location => new(Page, Slide, Second, Sheet);
    }
}
