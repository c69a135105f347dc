using ResourceHub.Core.Audit;
using ResourceHub.Core.People;

namespace ResourceHub.Core.Resources;

/// <summary>Taking back, for a time or for good. What others made of it stays theirs, with its lineage.</summary>
public sealed class Withdrawals(ResourceDesk desk)
{
    public Task<Outcome<Resource>> WithdrawAsync(Viewer viewer, Guid id, string? key, CancellationToken ct)
        => desk.ChangeAsync(viewer, id, key, "withdrawResource", new { id }, async (db, resource, now, problems) =>
        {
            if (!viewer.AnswersFor(resource)) problems.Add(Problem.Forbidden);
            else if (resource.State is ResourceState.Draft or ResourceState.InReview)
                problems.Add(new Problem("INVALID_STATE", "还没有发布，无需撤回；送审中的请从审核中取回。It is not published; what is being reviewed is recalled instead."));
            if (problems.Count > 0 || resource.State == ResourceState.Withdrawn) return null;
            resource.Withdraw(now);
            await ResourceDesk.AuditAsync(db, viewer, AuditActions.Withdrawn, resource, null, now, ct);
            return null;
        }, ct);

    /// <summary>A draft again: to be seen by others it is reviewed again.</summary>
    public Task<Outcome<Resource>> RestoreAsync(Viewer viewer, Guid id, string? key, CancellationToken ct)
        => desk.ChangeAsync(viewer, id, key, "restoreResource", new { id }, async (db, resource, now, problems) =>
        {
            if (!viewer.AnswersFor(resource)) problems.Add(Problem.Forbidden);
            else if (resource.State != ResourceState.Withdrawn) problems.Add(new Problem("INVALID_STATE", "只有已撤回的资源可以恢复为草稿。Only what was withdrawn is made a draft again."));
            if (problems.Count > 0) return null;
            resource.Return(now);
            await ResourceDesk.AuditAsync(db, viewer, AuditActions.Restored, resource, null, now, ct);
            return null;
        }, ct);

    /// <summary>For good, and for everybody. What was never published its author may delete; what was belongs to the school, so its admins do.</summary>
    public Task<Outcome<Resource>> DeleteAsync(Viewer viewer, Guid id, string? key, CancellationToken ct)
        => desk.ChangeAsync(viewer, id, key, "deleteResource", new { id }, async (db, resource, now, problems) =>
        {
            if (!viewer.IsAdminOf(resource) && !(viewer.AnswersFor(resource) && resource.PublishedAt is null)) problems.Add(Problem.Forbidden);
            if (problems.Count > 0) return null;
            await ReviewDesk.CancelAsync(db, id, ct);
            resource.Delete(now);
            await ResourceDesk.AuditAsync(db, viewer, AuditActions.Deleted, resource, resource.Title, now, ct);
            return null;
        }, ct);
}
