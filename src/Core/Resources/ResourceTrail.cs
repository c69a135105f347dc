using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Changes;
using ResourceHub.Core.Jobs;

namespace ResourceHub.Core.Resources;

/// <summary>
/// What every change of a resource leaves behind, in the change's own transaction: its entry in the feed, what its partnerships are told, who is to hear
/// that it is gone, and the promise to the index.
/// </summary>
public static class ResourceTrail
{
    private const string PartnersPrefix = "partners:";

    /// <param name="before">What opened it before the change (<see cref="ResourceAccess.TokensOf(Resource)"/>); empty for a new one. Needs the shares.</param>
    /// <param name="kind">CREATED, CHANGED or WITHDRAWN.</param>
    public static async Task NoteAsync(HubDb db, Resource resource, IReadOnlyList<string> before, ChangeKind kind, DateTime utcNow, CancellationToken ct)
    {
        var after = ResourceAccess.TokensOf(resource);
        string[] lost = [.. before.Except(after)];
        if (lost.Length > 0)
        {
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO "Narrowings" ("ResourceId", "Revision") VALUES ({resource.Id}, {resource.Revision})
                ON CONFLICT ("ResourceId") DO UPDATE SET "Revision" = excluded."Revision"
                """, ct);
            foreach (var token in lost)
                await db.Database.ExecuteSqlAsync($"""INSERT INTO "ChangeReaders" ("ResourceId", "Token") VALUES ({resource.Id}, {token}) ON CONFLICT DO NOTHING""", ct);
        }
        await db.Changes.Where(c => c.ResourceId == resource.Id && c.PartnershipId == null).ExecuteDeleteAsync(ct);
        db.Add(new Change { Kind = kind, ResourceId = resource.Id, SchoolId = resource.SchoolId, At = utcNow });
        foreach (var partnership in PartnershipsIn(before).Union(PartnershipsIn(after)))
        {
            var told = !before.Contains(TokenOf(partnership)) ? ChangeKind.Shared : after.Contains(TokenOf(partnership)) ? kind : kind == ChangeKind.Withdrawn ? kind : ChangeKind.Unshared;
            db.Add(new Change { Kind = told, ResourceId = resource.Id, PartnershipId = partnership, SchoolId = resource.SchoolId, At = utcNow });
        }
        await JobQueue.PromiseAsync(db, JobKinds.Index, resource.Id, JobPriority.Interactive, utcNow, ct);
    }

    public static string TokenOf(Guid partnership) => $"{PartnersPrefix}{partnership:n}";

    private static IEnumerable<Guid> PartnershipsIn(IReadOnlyList<string> tokens)
        => tokens.Where(t => t.StartsWith(PartnersPrefix, StringComparison.Ordinal)).Select(t => Guid.ParseExact(t.AsSpan(PartnersPrefix.Length), "n"));
}
