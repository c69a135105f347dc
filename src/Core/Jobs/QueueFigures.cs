using Microsoft.EntityFrameworkCore;

namespace ResourceHub.Core.Jobs;

/// <summary>How the work of one kind stands.</summary>
/// <param name="OldestSeconds">How long the oldest that is not done has been waited for; null when there is none.</param>
public sealed record QueueFigures(string Kind, int Waiting, int Running, int Failed, double? OldestSeconds)
{
    private static readonly string[] Kinds = [JobKinds.Extract, JobKinds.Index];

    /// <summary>One entry for each kind, in one look at the table.</summary>
    public static async Task<IReadOnlyList<QueueFigures>> ReadAsync(HubDb db, DateTime utcNow, CancellationToken ct)
    {
        var rows = await db.Jobs.GroupBy(j => new { j.Kind, j.State }).Select(g => new { g.Key.Kind, g.Key.State, Count = g.Count(), Oldest = g.Min(j => j.CreatedAt) }).ToListAsync(ct);
        return [.. Kinds.Union(rows.Select(r => r.Kind)).Select(kind =>
        {
            var ofKind = rows.Where(r => r.Kind == kind).ToList();
            var open = ofKind.Where(r => r.State != JobState.Failed).Select(r => r.Oldest).ToList();
            int Count(JobState state) => ofKind.FirstOrDefault(r => r.State == state)?.Count ?? 0;
            return new QueueFigures(kind, Count(JobState.Waiting), Count(JobState.Running), Count(JobState.Failed), open.Count == 0 ? null : Math.Max(0, (utcNow - open.Min()).TotalSeconds));
        })];
    }
}
