using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.Changes;
using ResourceHub.Core.People;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.Changes;

public sealed record ActivityPage(Guid PartnershipId, int First, long? Before);

/// <summary>What happened in partnerships, the newest first: one statement for each different page size and start.</summary>
public sealed class ActivityOfPartnership(IDbContextFactory<HubDb> databases) : BatchLoader<ActivityPage, IReadOnlyList<Change>>
{
    protected override async Task<IReadOnlyDictionary<ActivityPage, IReadOnlyList<Change>>> LoadBatchAsync(IReadOnlyList<ActivityPage> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = new Dictionary<ActivityPage, IReadOnlyList<Change>>();
        foreach (var alike in keys.GroupBy(k => k with { PartnershipId = default }))
        {
            var (_, first, before) = alike.Key;
            var partnerships = alike.Select(k => k.PartnershipId).ToList();
            var changes = await db.Partnerships.Where(p => partnerships.Contains(p.Id))
                .SelectMany(p => db.Changes.Where(c => c.PartnershipId == p.Id && (before == null || c.Seq < before)).OrderByDescending(c => c.Seq).Take(first + 1))
                .AsNoTracking().ToListAsync(ct);
            foreach (var ofOne in changes.GroupBy(c => c.PartnershipId!.Value)) found[alike.Key with { PartnershipId = ofOne.Key }] = [.. ofOne.OrderByDescending(c => c.Seq)];
        }
        return found;
    }
}

/// <summary>The page of a partnership's activity that its members see.</summary>
public sealed class ActivityDesk(ActivityOfPartnership activity, ChangeCursors cursors, IDbContextFactory<HubDb> databases, Viewer viewer)
{
    public IDataLoaderResult<Connection<Change>> Read(Partnership partnership, int first, string? after)
    {
        if (!partnership.OpensAgreementTo(viewer)) return Later.Given(new Connection<Change>([], new PageInfo(false, false, null, null), Later.Given(0)));
        var of = partnership.Id.ToString("n");
        var before = after is null ? (long?)null : cursors.Open(viewer, of, after)?.Seq ?? throw UserError.AsError([ChangeCursors.Invalid]);
        return activity.LoadAsync(new ActivityPage(partnership.Id, first, before)).Then(found => PageOf(found ?? [], of, partnership.Id, first, after));
    }

    private Connection<Change> PageOf(IReadOnlyList<Change> found, string of, Guid partnership, int first, string? after)
    {
        List<Edge<Change>> edges = [.. found.Take(first).Select(c => new Edge<Change>(cursors.Seal(viewer, of, ChangePlace.Behind(c.Seq)), c))];
        return new Connection<Change>(edges, new PageInfo(found.Count > first, after is not null, edges.FirstOrDefault()?.Cursor, edges.LastOrDefault()?.Cursor),
            databases.Count((db, ct) => db.Changes.CountAsync(c => c.PartnershipId == partnership, ct)));
    }
}
