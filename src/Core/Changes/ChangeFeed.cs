using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;

namespace ResourceHub.Core.Changes;

/// <summary>One page of the feed, oldest first.</summary>
/// <param name="End">Where the next page starts, also when this one is empty; null only while there was never anything.</param>
/// <param name="HasMore">Whether to ask on at once. Pages may be short, or empty, before the end is reached.</param>
public sealed record FeedPage(IReadOnlyList<FeedEntry> Entries, string? End, bool HasMore);

/// <param name="Change">As this viewer may know it: WITHDRAWN says which resource and when, and nothing else.</param>
public sealed record FeedEntry(Change Change, string Cursor);

/// <summary>
/// The feed that portals follow: one entry for each resource, its latest. It is given to those who may see the resource now; to those who could once and
/// may not now, that it is gone; to others nothing. How many entries are looked at for one page is bounded, so that a reader to whom little is open costs
/// no more than others: such a page is short and its cursor goes on behind what was looked at.
/// </summary>
public sealed class ChangeFeed(IDbContextFactory<HubDb> databases, ChangeCursors cursors)
{
    public const int LargestPage = 100;
    private const string Feed = "feed";

    /// <summary>Entries looked at for one page.</summary>
    private const int Looked = 5000;

    private sealed record Found(long Seq, Guid ResourceId, ChangeKind Kind, Guid? SchoolId, DateTime At);

    public async Task<Outcome<FeedPage>> ReadAsync(Viewer viewer, string? since, int first, CancellationToken ct)
    {
        if (first is < 0 or > LargestPage) return new Problem("INVALID_FIRST", $"first 须在 0 到 {LargestPage} 之间。first must be between 0 and {LargestPage}.", "first");
        if ((since is null ? ChangePlace.Start : cursors.Open(viewer, Feed, since)) is not { } after) return ChangeCursors.Invalid;
        await using var db = await databases.CreateDbContextAsync(ct);
        // First how far, then what: an entry that moves meanwhile moves behind this and comes with the next page.
        var bound = await db.Changes.Where(c => c.PartnershipId == null && c.Seq > after.Seq).OrderBy(c => c.Seq).Skip(Looked - 1).Select(c => (long?)c.Seq).FirstOrDefaultAsync(ct);
        var end = bound ?? await db.Changes.MaxAsync(c => (long?)c.Seq, ct) ?? 0;
        var found = await OpenAsync(db, viewer, after, end, first + 1, ct);
        found.AddRange(await GoneAsync(db, viewer, after, end, first + 1, ct));
        List<FeedEntry> entries = [.. found.OrderBy(f => f.Seq).ThenBy(f => f.ResourceId).Take(first).Select(f => new FeedEntry(
            new Change { Seq = f.Seq, Kind = f.Kind, ResourceId = f.ResourceId, SchoolId = f.SchoolId, At = f.At }, cursors.Seal(viewer, Feed, new(f.Seq, f.ResourceId))))];
        var isFull = found.Count > first;
        // Nothing is said of what lies behind the last entry: a cursor that moves by itself would tell that something hidden was changed.
        var last = isFull || bound is null ? entries.LastOrDefault()?.Cursor ?? since : cursors.Seal(viewer, Feed, ChangePlace.Behind(end));
        return new FeedPage(entries, last, isFull || bound is not null);
    }

    /// <summary>How many entries there are for this viewer. It looks at everything: asked for only where it is shown.</summary>
    public async Task<int> CountAsync(Viewer viewer, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (viewer.IsHubAdmin) return await db.Resources.CountAsync(ct);
        var visible = db.Resources.VisibleTo(viewer);
        var tokens = await EverHeldAsync(db, viewer, ct);
        return await visible.CountAsync(ct) + await db.ChangeReaders.Where(r => tokens.Contains(r.Token) && !visible.Any(v => v.Id == r.ResourceId)).Select(r => r.ResourceId).Distinct().CountAsync(ct);
    }

    private static async Task<List<Found>> OpenAsync(HubDb db, Viewer viewer, ChangePlace after, long end, int most, CancellationToken ct)
    {
        // Who runs the hub sees all, and hears of all that is deleted.
        var resources = viewer.IsHubAdmin ? db.Resources : db.Resources.VisibleTo(viewer);
        return await (from c in db.Changes
                      join r in resources on c.ResourceId equals r.Id
                      where c.PartnershipId == null && c.Seq > after.Seq && c.Seq <= end
                      orderby c.Seq
                      select new Found(c.Seq, r.Id, r.State == ResourceState.Deleted ? ChangeKind.Withdrawn : c.Kind == ChangeKind.Created ? ChangeKind.Created : ChangeKind.Changed,
                          r.State == ResourceState.Deleted ? null : r.SchoolId, c.At)).Take(most).ToListAsync(ct);
    }

    /// <summary>Each token in the order of its own index, so that nothing is sorted however much one change has closed.</summary>
    private static async Task<List<Found>> GoneAsync(HubDb db, Viewer viewer, ChangePlace after, long end, int most, CancellationToken ct)
    {
        List<Found> found = [];
        if (viewer.IsHubAdmin) return found;
        var tokens = await EverHeldAsync(db, viewer, ct);
        var visible = db.Resources.VisibleTo(viewer);
        foreach (var token in tokens)
            found.AddRange(await db.ChangeReaders
                .Where(r => r.Token == token && r.Seq >= after.Seq && r.Seq <= end && (r.Seq > after.Seq || r.ResourceId > after.ResourceId))
                // Closed in two ways it is told once, at the later.
                .Where(r => !visible.Any(v => v.Id == r.ResourceId) && !db.ChangeReaders.Any(o => o.ResourceId == r.ResourceId && tokens.Contains(o.Token) && o.Seq > r.Seq))
                .OrderBy(r => r.Seq).ThenBy(r => r.ResourceId).Take(most)
                .Select(r => new Found(r.Seq, r.ResourceId, ChangeKind.Withdrawn, null, r.At)).ToListAsync(ct));
        // One change may close it in two ways at once.
        return [.. found.DistinctBy(f => f.ResourceId)];
    }

    /// <summary>What the viewer holds now, and what its school's partnerships opened until they ended.</summary>
    private static async Task<string[]> EverHeldAsync(HubDb db, Viewer viewer, CancellationToken ct)
    {
        List<Guid> partnerships = viewer.SchoolId is { } school ? await db.PartnershipMembers.Where(m => m.SchoolId == school).Select(m => m.PartnershipId).ToListAsync(ct) : [];
        return [.. (ResourceAccess.TokensOf(viewer) ?? []).Union(partnerships.Select(ResourceTrail.TokenOf))];
    }
}
