using Microsoft.EntityFrameworkCore;

namespace ResourceHub.Core.Duplicates;

/// <summary>Keeps a file's sketch in the transaction that keeps its text.</summary>
public static class Sketches
{
    public static async Task ReplaceAsync(HubDb db, Guid fileId, IEnumerable<string> texts, CancellationToken ct)
    {
        await db.SketchBands.Where(b => b.FileId == fileId).ExecuteDeleteAsync(ct);
        await db.FileSketches.Where(s => s.FileId == fileId).ExecuteDeleteAsync(ct);
        if (Sketching.Of(fileId, texts) is not { } sketch) return;
        db.Add(sketch);
        db.AddRange(Sketching.Bands(sketch).Distinct().Select(key => new SketchBand { Key = key, FileId = fileId }));
        await db.SaveChangesAsync(ct);
    }
}
