using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Changes;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.Schools;

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
        await MoveAsync(db, resource.Id, resource.SchoolId, kind, utcNow, ct);
        await CloseAsync(db, resource, [.. before.Except(after)], utcNow, ct);
        string[] opened = [.. after.Except(before)];
        if (before.Count > 0 && opened.Length > 0) await db.ChangeReaders.Where(r => r.ResourceId == resource.Id && opened.Contains(r.Token)).ExecuteDeleteAsync(ct);
        await TellPartnersAsync(db, resource, before, after, kind, utcNow, ct);
        await JobQueue.PromiseAsync(db, JobKinds.Index, resource.Id, JobPriority.Interactive, utcNow, ct);
    }

    /// <summary>Moves the resource's entry to the feed's end.</summary>
    public static async Task MoveAsync(HubDb db, Guid resourceId, Guid schoolId, ChangeKind kind, DateTime utcNow, CancellationToken ct)
    {
        await db.Changes.Where(c => c.ResourceId == resourceId && c.PartnershipId == null).ExecuteDeleteAsync(ct);
        await db.Database.ExecuteSqlAsync($"""INSERT INTO "Changes" ("Kind", "ResourceId", "SchoolId", "At") VALUES ({(int)kind}, {resourceId}, {schoolId}, {utcNow})""", ct);
    }

    public static string TokenOf(Guid partnership) => $"{PartnersPrefix}{partnership:n}";

    private static async Task CloseAsync(HubDb db, Resource resource, string[] lost, DateTime utcNow, CancellationToken ct)
    {
        if (lost.Length == 0) return;
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO "Narrowings" ("ResourceId", "Revision") VALUES ({resource.Id}, {resource.Revision})
            ON CONFLICT ("ResourceId") DO UPDATE SET "Revision" = excluded."Revision"
            """, ct);
        foreach (var token in lost)
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO "ChangeReaders" ("ResourceId", "Token", "Seq", "At")
                SELECT {resource.Id}, {token}, c."Seq", {utcNow} FROM "Changes" c WHERE c."ResourceId" = {resource.Id} AND c."PartnershipId" IS NULL
                ON CONFLICT DO NOTHING
                """, ct);
    }

    /// <summary>Only partnerships in force are told: what becomes of a resource after the end is no longer the members' to know.</summary>
    private static async Task TellPartnersAsync(HubDb db, Resource resource, IReadOnlyList<string> before, IReadOnlyList<string> after, ChangeKind kind, DateTime utcNow, CancellationToken ct)
    {
        Guid[] concerned = [.. PartnershipsIn(before).Union(PartnershipsIn(after))];
        if (concerned.Length == 0) return;
        foreach (var partnership in await db.Partnerships.InForceOn(SchoolDay.Of(utcNow)).Where(p => concerned.Contains(p.Id)).Select(p => p.Id).ToListAsync(ct))
        {
            var token = TokenOf(partnership);
            var told = !before.Contains(token) ? ChangeKind.Shared : after.Contains(token) ? kind : kind == ChangeKind.Withdrawn ? kind : ChangeKind.Unshared;
            db.Add(new Change { Kind = told, ResourceId = resource.Id, PartnershipId = partnership, SchoolId = resource.SchoolId, At = utcNow });
        }
    }

    private static IEnumerable<Guid> PartnershipsIn(IReadOnlyList<string> tokens)
        => tokens.Where(t => t.StartsWith(PartnersPrefix, StringComparison.Ordinal)).Select(t => Guid.ParseExact(t.AsSpan(PartnersPrefix.Length), "n"));
}
