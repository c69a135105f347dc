using System.Globalization;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.Audit;
using ResourceHub.Core.People;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.Audit;

/// <summary>审计日志的条件，须同时满足。Conditions on lines of the audit log; all must hold.</summary>
/// <param name="Action">其中任一动作。One of these actions.</param>
/// <param name="ActorId">操作者（人员或密钥）。Done by this person or key.</param>
/// <param name="ObjectId">对象。Done to this.</param>
/// <param name="SchoolId">涉及此校，或由此校的人所为。About this school, or done by its people.</param>
/// <param name="From">此时或之后。At this moment or later.</param>
/// <param name="Until">此时之前。Before this moment.</param>
/// <param name="Result">结果。How it ended.</param>
public sealed record AuditFilter(
    IReadOnlyList<string>? Action = null, [ID] string? ActorId = null, [ID] string? ObjectId = null, [ID<School>] Guid? SchoolId = null, DateTime? From = null, DateTime? Until = null,
    AuditResult? Result = null)
{
    public AuditWanted ToWanted() => new(Action, Read(ActorId, "actorId"), Read(ObjectId, "objectId"), SchoolId, From, Until, Result);

    private static Guid? Read(string? id, string field) => id is null ? null : (GlobalId.Parse(id) ?? throw GlobalId.Invalid(field, "Node")).Id;
}

[QueryType]
public static class AuditQueries
{
    /// <summary>审计日志，新的在前；学校管理员看到本校的，平台管理员看到全部。The audit log, the newest first: school admins read their own school's, hub admins all.</summary>
    /// <param name="filter">条件。Conditions.</param>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    /// <param name="after">从此游标之后开始。Start after this cursor.</param>
    [Cost(5)]
    public static async Task<Connection<AuditEvent>> GetAuditEventsAsync(
        [Service] AuditReading reading, [Service] AuditQueue queue, [Service] Viewer viewer, CancellationToken ct, AuditFilter? filter = null, int first = 20, string? after = null)
    {
        if (AuditReading.For(viewer, (filter ?? new()).ToWanted()) is not { } allowed) throw Refuse(viewer, queue);
        var before = Page.KeyOf<AuditEvent>(after) is not { } key ? (long?)null : long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? seq : throw Page.Invalid();
        var found = await reading.NewestAsync(allowed, before, first + 1, ct);
        return Page.Of(found, first, after, a => a.Seq.ToString(CultureInfo.InvariantCulture), Later.Do(stop => reading.CountAsync(allowed, stop)));
    }

    private static global::GraphQL.ExecutionError Refuse(Viewer viewer, AuditQueue queue)
    {
        if (!viewer.IsSignedIn) return UserError.AsError([Problem.SignInNeeded]);
        queue.Note(viewer, new AuditNote(AuditActions.Forbidden, Result: AuditResult.Refused, Detail: "auditEvents"));
        return UserError.AsError([Problem.Forbidden]);
    }
}
