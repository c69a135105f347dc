using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Changes;
using ResourceHub.Core.Resources;

namespace ResourceHub.Core.Schools;

/// <summary>What the steps of a partnership leave behind in the feed of changes, in the step's own transaction.</summary>
public static class PartnershipTrail
{
    /// <summary>Adds to the partnership's activity. At its ENDED, on the day it ends, all that was shared with it is noted as gone for its members.</summary>
    /// <param name="kind">PROPOSED, ACCEPTED, DECLINED or ENDED.</param>
    /// <param name="schoolId">The school that did it; null for the hub's own office and for an end by date.</param>
    public static async Task NoteAsync(HubDb db, Guid partnershipId, ChangeKind kind, Guid? schoolId, DateTime utcNow, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"""INSERT INTO "Changes" ("Kind", "PartnershipId", "SchoolId", "At") VALUES ({(int)kind}, {partnershipId}, {schoolId}, {utcNow})""", ct);
        if (kind != ChangeKind.Ended) return;
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO "ChangeReaders" ("ResourceId", "Token", "Seq", "At")
            SELECT s."ResourceId", {ResourceTrail.TokenOf(partnershipId)}, (SELECT MAX(c."Seq") FROM "Changes" c WHERE c."PartnershipId" = {partnershipId}), {utcNow}
            FROM "ResourceShares" s JOIN "Resources" r ON r."Id" = s."ResourceId"
            WHERE s."PartnershipId" = {partnershipId} AND r."State" = {(int)ResourceState.Published} AND r."Visibility" = {(int)Visibility.Partners}
            ON CONFLICT DO NOTHING
            """, ct);
    }
}
