using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Audit;
using ResourceHub.Core.People;

namespace ResourceHub.Core.Resources;

/// <summary>
/// Who sees a resource once it is reviewed. Its author may share it with the school's partnerships and narrow it at any time; opening it to all members or to
/// everybody needs the review to have said so, or an admin. Hub admins publish and share without review.
/// </summary>
public sealed class ResourceSharing(ResourceDesk desk)
{
    public Task<Outcome<Resource>> PublishAsync(Viewer viewer, Guid id, Visibility visibility, string? key, CancellationToken ct)
        => desk.ChangeAsync(viewer, id, key, "publishResource", new { id, visibility }, async (db, resource, now, problems) =>
        {
            if (!await MayPublishAsync(db, viewer, resource, visibility, ct))
                problems.Add(new Problem("REVIEW_REQUIRED", "发布前需经本校审核。It must be reviewed by the school before it is published."));
            if (problems.Count > 0) return null;
            OpeningRules.NeedLicence(resource, problems);
            if (visibility == Visibility.Partners)
                problems.Add(new Problem("PARTNERS_NEEDED", "共享给结对学校请用 shareResource 并指明结对。Use shareResource and name the partnerships.", "visibility"));
            else await OpeningRules.CheckAsync(db, resource, Opening.To(visibility), now, problems, ct);
            if (!viewer.IsHubAdmin) ReviewNeeds.Check(resource, await ReviewDesk.HasFilesAsync(db, id, ct), problems);
            if (problems.Count > 0) return null;
            await ReviewDesk.ApproveOpenAsync(db, id, viewer, now, ct);
            if (!viewer.IsHubAdmin) resource.ReviewedVersion = resource.Version;
            resource.Publish(visibility, now);
            await ResourceDesk.AuditAsync(db, viewer, AuditActions.Published, resource, visibility.ToString(), now, ct);
            return null;
        }, ct);

    /// <summary>Shares with exactly these partnerships; by a hub admin it also publishes.</summary>
    public Task<Outcome<Resource>> ShareAsync(Viewer viewer, Guid id, IReadOnlyList<Guid> partnershipIds, string? key, CancellationToken ct)
        => desk.ChangeAsync(viewer, id, key, "shareResource", new { id, partnershipIds }, async (db, resource, now, problems) =>
        {
            if (!viewer.IsHubAdmin && !await IsReviewedForAsync(db, viewer, resource, ct))
                problems.Add(new Problem("REVIEW_REQUIRED", "共享前需经本校审核。It must be reviewed by the school before it is shared."));
            if (problems.Count > 0) return null;
            var wanted = Opening.Through(partnershipIds);
            OpeningRules.NeedLicence(resource, problems);
            await OpeningRules.CheckAsync(db, resource, wanted, now, problems, ct);
            if (problems.Count > 0) return null;
            await ReviewDesk.ApproveOpenAsync(db, id, viewer, now, ct);
            resource.ShareWith(wanted.Partnerships, now);
            resource.Publish(Visibility.Partners, now);
            await ResourceDesk.AuditAsync(db, viewer, AuditActions.Shared, resource, await SayAsync(db, wanted, ct), now, ct);
            return null;
        }, ct);

    /// <summary>Takes it out of these partnerships; out of the last one, it stays at the school.</summary>
    public Task<Outcome<Resource>> UnshareAsync(Viewer viewer, Guid id, IReadOnlyList<Guid> partnershipIds, string? key, CancellationToken ct)
        => desk.ChangeAsync(viewer, id, key, "unshareResource", new { id, partnershipIds }, async (db, resource, now, problems) =>
        {
            if (!viewer.AnswersFor(resource)) problems.Add(Problem.Forbidden);
            if (partnershipIds.Count == 0) problems.Add(new Problem("REQUIRED", "请指明结对。Name the partnerships.", "partnershipIds"));
            var left = resource.Shares.Where(s => partnershipIds.Contains(s.PartnershipId)).Select(s => s.PartnershipId).ToList();
            if (problems.Count > 0 || left.Count == 0) return null;
            resource.ShareWith([.. resource.Shares.Select(s => s.PartnershipId).Except(left)], now);
            if (resource.Visibility == Visibility.Partners && resource.Shares.Count == 0) resource.Narrow(Visibility.School, now);
            else resource.Touch(now);
            await ResourceDesk.AuditAsync(db, viewer, AuditActions.Unshared, resource, await SayAsync(db, Opening.Through(left), ct), now, ct);
            return null;
        }, ct);

    /// <summary>Narrower always; wider as far as the review allowed, and by admins as far as the rules do.</summary>
    public Task<Outcome<Resource>> SetVisibilityAsync(Viewer viewer, Guid id, Visibility visibility, string? key, CancellationToken ct)
        => desk.ChangeAsync(viewer, id, key, "setVisibility", new { id, visibility }, async (db, resource, now, problems) =>
        {
            if (!viewer.AnswersFor(resource)) problems.Add(Problem.Forbidden);
            else if (resource.State != ResourceState.Published) problems.Add(new Problem("INVALID_STATE", "资源还没有发布，请先送审。It is not published; submit it for review."));
            if (problems.Count > 0 || visibility == resource.Visibility) return null;
            var wanted = visibility == Visibility.Partners ? Opening.Through(resource.Shares.Select(s => s.PartnershipId)) : Opening.To(visibility);
            if (visibility < resource.Visibility)
            {
                if (visibility == Visibility.Partners && wanted.Partnerships.Count == 0) await OpeningRules.CheckAsync(db, resource, wanted, now, problems, ct);
                if (problems.Count == 0) resource.Narrow(visibility, now);
            }
            else
            {
                if (!viewer.IsHubAdmin && !(await IsReviewedForAsync(db, viewer, resource, ct) && await MayWidenAsync(db, viewer, resource, visibility, ct)))
                    problems.Add(new Problem("REVIEW_REQUIRED", "比审核通过的范围更宽，须由本校管理员操作。Wider than the review approved: an admin of the school must do this.", "visibility"));
                OpeningRules.NeedLicence(resource, problems);
                await OpeningRules.CheckAsync(db, resource, wanted, now, problems, ct);
                if (problems.Count == 0) resource.Publish(visibility, now);
            }
            if (problems.Count == 0) await ResourceDesk.AuditAsync(db, viewer, AuditActions.VisibilityChanged, resource, visibility.ToString(), now, ct);
            return null;
        }, ct);

    /// <summary>Hub admins; of the school's admins those who have it reviewed as it is now, as far as that review went, or may decide on it alone.</summary>
    private static async Task<bool> MayPublishAsync(HubDb db, Viewer viewer, Resource resource, Visibility visibility, CancellationToken ct)
        => viewer.IsHubAdmin || viewer.IsAdminOf(resource)
        && (resource.ReviewedVersion == resource.Version ? await MayWidenAsync(db, viewer, resource, visibility, ct)
            : resource.CreatedBy == viewer.ActorId && await ReviewDesk.MayApproveOwnAsync(db, resource.SchoolId, ct));

    /// <summary>Published after a review; what the hub's admins published without one, an admin of the school who may decide on it takes up.</summary>
    private static async Task<bool> IsReviewedForAsync(HubDb db, Viewer viewer, Resource resource, CancellationToken ct)
        => viewer.AnswersFor(resource) && resource.State == ResourceState.Published && (resource.ReviewedVersion is not null || await MayDecideAsync(db, viewer, resource, ct));

    private static async Task<bool> MayWidenAsync(HubDb db, Viewer viewer, Resource resource, Visibility visibility, CancellationToken ct)
        => visibility <= Visibility.Partners || await MayDecideAsync(db, viewer, resource, ct)
        || await db.Reviews.Where(r => r.ResourceId == resource.Id && r.IsApproved == true).OrderByDescending(r => r.DecidedAt).Select(r => r.Visibility).FirstOrDefaultAsync(ct) >= visibility;

    /// <summary>An admin decides alone on what others made, and on their own where the school allows it.</summary>
    private static async Task<bool> MayDecideAsync(HubDb db, Viewer viewer, Resource resource, CancellationToken ct)
        => viewer.IsAdminOf(resource) && (resource.CreatedBy != viewer.ActorId || await ReviewDesk.MayApproveOwnAsync(db, resource.SchoolId, ct));

    /// <summary>For the audit log: the visibility, and the partnerships by name.</summary>
    internal static async Task<string> SayAsync(HubDb db, Opening opening, CancellationToken ct)
        => opening.Partnerships.Count == 0 ? opening.Visibility.ToString()
         : $"{opening.Visibility}: {string.Join("、", await db.Partnerships.Where(p => opening.Partnerships.Contains(p.Id)).OrderBy(p => p.Name).Select(p => p.Name).ToListAsync(ct))}";
}
