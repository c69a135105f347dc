using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Audit;
using ResourceHub.Core.Changes;
using ResourceHub.Core.People;
using ResourceHub.Core.Text;

namespace ResourceHub.Core.Schools;

/// <summary>How partnerships come about and end: made by the hub's administrators, or proposed by one school and accepted by the others.</summary>
public sealed class PartnershipDesk(ChangeDesk desk)
{
    private static readonly Problem NotFound = Problem.NotFound("结对") with { Path = ["partnershipId"] };

    public Task<Outcome<Partnership>> CreateAsync(Viewer viewer, NewPartnership input, string? key, CancellationToken ct)
        => desk.MakeAsync<Partnership>(viewer, key, "createPartnership", input, async (db, now) =>
        {
            if (!viewer.CanAdminister) return Problem.Forbidden;
            var outcome = await input.MakeAsync(db, null, now, ct);
            if (outcome.Value is not { } made) return outcome;
            db.Add(made);
            await NoteAsync(db, viewer, made, AuditActions.PartnershipMade, made.Name, now, ct);
            return made;
        }, ct);

    /// <summary>Known to its members alone until all have accepted; the school that proposes it has.</summary>
    public Task<Outcome<Partnership>> ProposeAsync(Viewer viewer, NewPartnership input, string? key, CancellationToken ct)
        => desk.MakeAsync<Partnership>(viewer, key, "proposePartnership", input, async (db, now) =>
        {
            if (viewer.SchoolId is not { } school || !viewer.CanRun(school)) return Problem.Forbidden;
            if (!input.SchoolIds.Contains(school)) return new Problem("OWN_SCHOOL_MISSING", "提出的结对须包含本校。Your own school must be one of its members.", "schoolIds");
            var outcome = await input.MakeAsync(db, school, now, ct);
            if (outcome.Value is not { } proposed) return outcome;
            if (proposed.Until < SchoolDay.Of(now)) return new Problem("INVALID_PERIOD", "结束日期已过。Its last day has passed.", "until");
            db.Add(proposed);
            await PartnershipTrail.NoteAsync(db, proposed.Id, ChangeKind.Proposed, school, now, ct);
            await NoteAsync(db, viewer, proposed, AuditActions.PartnershipProposed, proposed.Name, now, ct);
            return proposed;
        }, ct);

    public Task<Outcome<Partnership>> AcceptAsync(Viewer viewer, Guid id, string? key, CancellationToken ct)
        => desk.MakeAsync<Partnership>(viewer, key, "acceptPartnership", new { id }, async (db, now) =>
        {
            var found = await ProposalAsync(db, viewer, id, now, ct);
            if (found.Value is not { } proposal) return found;
            // Asked again, such as by a second admin of the school: it has accepted.
            if (proposal.Members.Single(m => m.SchoolId == viewer.SchoolId).AcceptedAt is not null) return proposal;
            proposal.Accept(viewer.SchoolId!.Value, now);
            await PartnershipTrail.NoteAsync(db, id, ChangeKind.Accepted, viewer.SchoolId, now, ct);
            await NoteAsync(db, viewer, proposal, AuditActions.PartnershipAccepted, proposal.Name, now, ct);
            return proposal;
        }, ct);

    /// <summary>One school is enough to end a proposal, also the one that made it.</summary>
    public Task<Outcome<Partnership>> DeclineAsync(Viewer viewer, Guid id, string? reason, string? key, CancellationToken ct)
        => desk.MakeAsync<Partnership>(viewer, key, "declinePartnership", new { id, reason }, async (db, now) =>
        {
            var found = await ProposalAsync(db, viewer, id, now, ct);
            if (found.Value is not { } proposal) return found;
            List<Problem> problems = [];
            var why = Required.Line(reason, "reason", Partnership.ReasonLimit, problems);
            if (problems.Count > 0) return problems;
            proposal.End(SchoolDay.Of(now), why);
            proposal.IsEndNoted = true;
            await PartnershipTrail.NoteAsync(db, id, ChangeKind.Declined, viewer.SchoolId, now, ct);
            await NoteAsync(db, viewer, proposal, AuditActions.PartnershipDeclined, why, now, ct);
            return proposal;
        }, ct);

    /// <summary>By a hub admin on any day; by an admin of a member school, for all members, from today on and with a reason.</summary>
    public Task<Outcome<Partnership>> EndAsync(Viewer viewer, Guid id, DateOnly on, string? reason, string? key, CancellationToken ct)
        => desk.MakeAsync<Partnership>(viewer, key, "endPartnership", new { id, on, reason }, async (db, now) =>
        {
            var today = SchoolDay.Of(now);
            if (await FindAsync(db, viewer, id, ct) is not { } partnership) return NotFound;
            if (!viewer.CanAdminister && !IsRunBy(viewer, partnership)) return Problem.Forbidden;
            if (partnership.StateOn(today) == PartnershipState.Ended) return new Problem("INVALID_STATE", "这项结对已经结束。It has ended already.", "partnershipId");
            if (!viewer.CanAdminister && partnership.AcceptedAt is null)
                return new Problem("INVALID_STATE", "这还是一项提议，请用 declinePartnership 谢绝。It is a proposal still; decline it with declinePartnership.", "partnershipId");
            List<Problem> problems = [];
            var why = viewer.CanAdminister && string.IsNullOrWhiteSpace(reason) ? null : Required.Line(reason, "reason", Partnership.ReasonLimit, problems);
            if (on < partnership.From && partnership.AcceptedAt is not null) problems.Add(new Problem("INVALID_PERIOD", "结束日期早于开始日期。It would end before it began.", "on"));
            else if (on < today && !viewer.CanAdminister) problems.Add(new Problem("INVALID_PERIOD", "最早自今天起结束。It can end from today on.", "on"));
            if (problems.Count > 0) return problems;
            partnership.End(on, why);
            // An end that lies ahead is noted on its day.
            if (partnership.StateOn(today) == PartnershipState.Ended)
            {
                partnership.IsEndNoted = true;
                await PartnershipTrail.NoteAsync(db, id, ChangeKind.Ended, viewer.SchoolId, now, ct);
            }
            await NoteAsync(db, viewer, partnership, AuditActions.PartnershipEnded, why is null ? $"{on:yyyy-MM-dd}" : $"{on:yyyy-MM-dd} {why}", now, ct);
            return partnership;
        }, ct);

    /// <summary>A proposal that waits for an answer of the viewer's school.</summary>
    private static async Task<Outcome<Partnership>> ProposalAsync(HubDb db, Viewer viewer, Guid id, DateTime utcNow, CancellationToken ct)
    {
        if (await FindAsync(db, viewer, id, ct) is not { } partnership) return NotFound;
        if (!IsRunBy(viewer, partnership)) return Problem.Forbidden;
        if (partnership.StateOn(SchoolDay.Of(utcNow)) == PartnershipState.Ended) return new Problem("INVALID_STATE", "这项提议已被谢绝或已过期。The proposal was declined or is out of date.", "partnershipId");
        return partnership.AcceptedAt is null ? partnership : new Problem("INVALID_STATE", "这项结对各校都已同意。All schools have accepted it.", "partnershipId");
    }

    private static Task<Partnership?> FindAsync(HubDb db, Viewer viewer, Guid id, CancellationToken ct)
        => db.Partnerships.Include(p => p.Members).VisibleTo(viewer).FirstOrDefaultAsync(p => p.Id == id, ct);

    private static bool IsRunBy(Viewer viewer, Partnership partnership) => partnership.Includes(viewer.SchoolId) && viewer.CanRun(viewer.SchoolId);

    private static Task NoteAsync(HubDb db, Viewer viewer, Partnership partnership, string action, string? detail, DateTime utcNow, CancellationToken ct)
        => AuditLog.AddAsync(db, viewer, new AuditNote(action, nameof(Partnership), partnership.Id, viewer.SchoolId, Detail: detail), utcNow, ct);
}
