using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;
using ResourceHub.Core.Files;
using ResourceHub.Core.Text;

namespace ResourceHub.Indexer.Jobs;

/// <summary>The text of files as kept in the record: a bounded number of sections of a bounded length, whatever a reader gave.</summary>
internal static class KeptText
{
    private const int MostSections = 50_000;
    private const int MostText = 6_000_000;

    /// <summary>Sections that are written together, so that the change tracker stays small.</summary>
    private const int AtOnce = 500;

    /// <summary>The reader has limits of its own; these hold also against one that went mad.</summary>
    public static Extraction Limit(Extraction read) => Shorten(read with
    {
        Title = Storable(read.Title),
        Authors = [.. read.Authors.Select(StorableText.Of)],
        Language = Storable(read.Language),
        VideoCodec = Storable(read.VideoCodec),
        AudioCodec = Storable(read.AudioCodec),
        Warnings = [.. read.Warnings.Select(StorableText.Of)],
        Sections = [.. read.Sections.Select(s => s with { Text = StorableText.Of(s.Text), Title = Storable(s.Title), Location = s.Location with { Sheet = Storable(s.Location.Sheet) } })],
    });

    private static string? Storable(string? text) => text is null ? null : StorableText.Of(text);

    private static Extraction Shorten(Extraction read)
    {
        var left = MostText;
        var kept = read.Sections.Take(MostSections).TakeWhile(s => (left -= s.Text.Length) >= 0).ToList();
        return kept.Count == read.Sections.Count ? read : read with
        {
            Sections = kept,
            State = ExtractionState.Partial,
            Reason = read.Reason ?? "too-large",
            Message = read.Message ?? "文件内容过大，只保留了前面的部分。The file holds more than is kept; its beginning is.",
        };
    }

    /// <summary>Puts these sections in the place of what was kept of the file before.</summary>
    public static async Task ReplaceAsync(HubDb db, Guid fileId, IReadOnlyList<Section> sections, CancellationToken ct)
    {
        await db.Sections.Where(s => s.FileId == fileId).ExecuteDeleteAsync(ct);
        foreach (var part in sections.Select((section, ordinal) => FileSection.Of(fileId, ordinal, section)).Chunk(AtOnce))
        {
            db.ChangeTracker.Clear();
            db.AddRange(part.AsEnumerable());
            await db.SaveChangesAsync(ct);
        }
        db.ChangeTracker.Clear();
    }
}
