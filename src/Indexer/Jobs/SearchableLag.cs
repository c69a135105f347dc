using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;
using ResourceHub.Core.Files;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.Telemetry;

namespace ResourceHub.Indexer.Jobs;

/// <summary>How long it took from a file's arrival until its words are found: noted when the index has what was last read from it.</summary>
internal static class SearchableLag
{
    /// <param name="jobs">Index jobs whose documents were just written.</param>
    public static async Task NoteAsync(HubDb db, IReadOnlyList<Job> jobs, DateTime utcNow, CancellationToken ct)
    {
        if (!HubMeter.Lag.Enabled) return;
        Guid[] resources = [.. jobs.Select(j => j.Subject)];
        var since = jobs.Min(j => j.CreatedAt);
        // A reading promises its index job in its own transaction, with its own time: what was read since the promise is what the job brought in.
        // Asked for again meanwhile, the job is still there, and its next run notes it.
        var read = await db.Files.AsNoTracking().Where(f => resources.Contains(f.ResourceId) && f.RemovedIn == null && f.Extraction!.UpdatedAt >= since)
            .Where(f => f.Extraction!.State != ExtractionState.Pending && f.Extraction.State != ExtractionState.Running)
            .Where(f => !db.Jobs.Any(j => j.Kind == JobKinds.Index && j.Subject == f.ResourceId))
            .Select(f => new { f.ResourceId, f.AddedAt, f.Extraction!.UpdatedAt }).ToListAsync(ct);
        var promised = jobs.ToLookup(j => j.Subject, j => j.CreatedAt);
        foreach (var file in read.Where(f => promised[f.ResourceId].Any(p => f.UpdatedAt >= p)))
            HubMeter.Lag.Record(Math.Max(0, (utcNow - file.AddedAt).TotalSeconds));
    }
}
