using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Changes;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Core.Lessons;

/// <summary>What a change of a lesson, course or collection leaves behind in the change's own transaction: what its partnerships are told.</summary>
internal static class PackTrail
{
    /// <summary>The partnerships that see it because it is shared with them. Needs the shares.</summary>
    public static IReadOnlyList<Guid> OpenThrough(Pack pack)
        => pack is { State: ResourceState.Published, Visibility: Visibility.Partners } ? pack.Shares.ConvertAll(s => s.PartnershipId) : [];

    /// <param name="before">The partnerships that saw it before the change; none for a new one.</param>
    /// <param name="kind">CREATED, CHANGED or WITHDRAWN.</param>
    public static async Task NoteAsync(HubDb db, Pack pack, IReadOnlyList<Guid> before, ChangeKind kind, DateTime utcNow, CancellationToken ct)
    {
        var after = OpenThrough(pack);
        Guid[] concerned = [.. before.Union(after)];
        if (concerned.Length == 0) return;
        // Only partnerships in force are told: what becomes of it after the end is no longer the members' to know.
        foreach (var partnership in await db.Partnerships.InForceOn(SchoolDay.Of(utcNow)).Where(p => concerned.Contains(p.Id)).Select(p => p.Id).ToListAsync(ct))
        {
            var told = !before.Contains(partnership) ? ChangeKind.Shared : after.Contains(partnership) || kind == ChangeKind.Withdrawn ? kind : ChangeKind.Unshared;
            db.Add(new Change { Kind = told, PackId = pack.Id, PartnershipId = partnership, SchoolId = pack.SchoolId, At = utcNow });
        }
    }
}
