using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.People;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.Schools;

public sealed record PartnershipsPage(Guid SchoolId, int First, Guid? Before);

/// <summary>The partnerships of schools as far as the viewer may know of them, the newest first: two statements for each different page size and start.</summary>
public sealed class PartnershipsOfSchool(IDbContextFactory<HubDb> databases, Viewer viewer) : BatchLoader<PartnershipsPage, IReadOnlyList<Partnership>>
{
    public IDataLoaderResult<int> Count(Guid schoolId) => databases.Count((db, ct) => db.Partnerships.VisibleTo(viewer).CountAsync(p => p.Members.Any(m => m.SchoolId == schoolId), ct));

    protected override async Task<IReadOnlyDictionary<PartnershipsPage, IReadOnlyList<Partnership>>> LoadBatchAsync(IReadOnlyList<PartnershipsPage> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var visible = db.Partnerships.VisibleTo(viewer);
        var found = new Dictionary<PartnershipsPage, IReadOnlyList<Partnership>>();
        foreach (var alike in keys.GroupBy(k => k with { SchoolId = default }))
        {
            var (_, first, before) = alike.Key;
            var schools = alike.Select(k => k.SchoolId).ToList();
            var places = await db.Schools.Where(s => schools.Contains(s.Id))
                .SelectMany(s => db.PartnershipMembers.Where(m => m.SchoolId == s.Id && (before == null || m.PartnershipId < before) && visible.Any(p => p.Id == m.PartnershipId))
                    .OrderByDescending(m => m.PartnershipId).Take(first + 1))
                .Select(m => new { m.SchoolId, m.PartnershipId }).ToListAsync(ct);
            var ids = places.Select(p => p.PartnershipId).Distinct().ToList();
            var partnerships = await db.Partnerships.AsNoTracking().Include(p => p.Members).Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
            foreach (var ofOne in places.GroupBy(p => p.SchoolId))
                found[alike.Key with { SchoolId = ofOne.Key }] = [.. ofOne.Select(p => partnerships[p.PartnershipId]).OrderByDescending(p => p.Id.ToString("n"), StringComparer.Ordinal)];
        }
        return found;
    }
}
