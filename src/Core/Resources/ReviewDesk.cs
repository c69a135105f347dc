using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Audit;
using ResourceHub.Core.People;
using ResourceHub.Core.Text;

namespace ResourceHub.Core.Resources;

/// <summary>A school's review: handed in by the author, decided by an admin who is not the author. Approval opens it as far as was asked for.</summary>
public sealed class ReviewDesk(ResourceDesk desk)
{
    public const int NoteLimit = 1000;

    private static readonly Problem NotInReview = new("NOT_IN_REVIEW", "这个资源不在审核中。It is not being reviewed.");

    public Task<Outcome<Resource>> SubmitAsync(Viewer viewer, Guid id, Opening wanted, string? note, string? key, CancellationToken ct)
        => desk.ChangeAsync(viewer, id, key, "submitForReview", new { id, wanted, note }, async (db, resource, now, problems) =>
        {
            if (!viewer.AnswersFor(resource)) problems.Add(Problem.Forbidden);
            else if (resource.State != ResourceState.Draft)
                problems.Add(new Problem("INVALID_STATE", "只有草稿可以送审。Only a draft is submitted."));
            if (problems.Count > 0) return null;
            if (note?.Length > NoteLimit) problems.Add(Required.TooLong("note", NoteLimit));
            if (wanted.Visibility == Visibility.Private)
                problems.Add(new Problem("INVALID_VISIBILITY", "送审时请选择本校或更宽的可见范围。Ask for SCHOOL or wider.", "visibility"));
            ReviewNeeds.Check(resource, await HasFilesAsync(db, id, ct), problems);
            await OpeningRules.CheckAsync(db, resource, wanted, now, problems, ct);
            if (problems.Count > 0) return null;
            db.Add(new Review
            {
                ResourceId = id,
                SchoolId = resource.SchoolId,
                Version = resource.Version,
                SubmittedBy = viewer.ActorId!.Value,
                SubmittedAt = now,
                Visibility = wanted.Visibility,
                Partnerships = [.. wanted.Partnerships],
                Note = CleanText.Lines(note),
            });
            resource.Submit(now);
            await ResourceDesk.AuditAsync(db, viewer, AuditActions.Submitted, resource, wanted.Visibility.ToString(), now, ct);
            return null;
        }, ct);

    /// <summary>Takes it back to work on it: the open round is as if it had not been, but for the audit log.</summary>
    public Task<Outcome<Resource>> RecallAsync(Viewer viewer, Guid id, string? key, CancellationToken ct)
        => desk.ChangeAsync(viewer, id, key, "recallFromReview", new { id }, async (db, resource, now, problems) =>
        {
            if (!viewer.AnswersFor(resource)) problems.Add(Problem.Forbidden);
            else if (resource.State != ResourceState.InReview) problems.Add(NotInReview);
            if (problems.Count > 0) return null;
            await CancelAsync(db, id, ct);
            resource.Return(now);
            await ResourceDesk.AuditAsync(db, viewer, AuditActions.Recalled, resource, null, now, ct);
            return null;
        }, ct);

    public Task<Outcome<Resource>> ApproveAsync(Viewer viewer, Guid id, string? comment, string? key, CancellationToken ct)
        => desk.ChangeAsync(viewer, id, key, "approveResource", new { id, comment }, async (db, resource, now, problems) =>
        {
            if (await OpenForAsync(db, viewer, resource, comment, problems, ct) is not { } review) return null;
            if ((resource.CreatedBy == viewer.ActorId || review.SubmittedBy == viewer.ActorId) && !await MayApproveOwnAsync(db, resource.SchoolId, ct))
                problems.Add(new Problem("OWN_UPLOAD", "不能审核通过自己上传或送审的资源，请由另一位管理员审核。You cannot approve what you uploaded or submitted yourself; ask another admin."));
            var wanted = new Opening(review.Visibility, review.Partnerships);
            ReviewNeeds.Check(resource, await HasFilesAsync(db, id, ct), problems);
            await OpeningRules.CheckAsync(db, resource, wanted, now, problems, ct);
            if (problems.Count > 0) return null;
            review.Decide(true, viewer.ActorId!.Value, now, [], CleanText.Lines(comment));
            resource.ReviewedVersion = resource.Version;
            resource.ShareWith(wanted.Partnerships, now);
            resource.Publish(wanted.Visibility, now);
            await ResourceDesk.AuditAsync(db, viewer, AuditActions.Approved, resource, await ResourceSharing.SayAsync(db, wanted, ct), now, ct);
            return null;
        }, ct);

    public Task<Outcome<Resource>> ReturnAsync(Viewer viewer, Guid id, IReadOnlyList<ReturnReason> reasons, string? comment, string? key, CancellationToken ct)
        => desk.ChangeAsync(viewer, id, key, "returnResource", new { id, reasons, comment }, async (db, resource, now, problems) =>
        {
            if (await OpenForAsync(db, viewer, resource, comment, problems, ct) is not { } review) return null;
            var said = CleanText.Lines(comment);
            if (reasons.Count == 0) problems.Add(new Problem("REQUIRED", "请至少选一个退回的原因。Give at least one reason.", "reasons"));
            if (reasons.Contains(ReturnReason.Other) && said is null)
                problems.Add(new Problem("REQUIRED", "选择“其他”时请写明意见。With OTHER say in the comment what it is.", "comment"));
            if (problems.Count > 0) return null;
            review.Decide(false, viewer.ActorId!.Value, now, [.. reasons.Distinct()], said);
            resource.Return(now);
            await ResourceDesk.AuditAsync(db, viewer, AuditActions.Returned, resource, string.Join(", ", review.Reasons), now, ct);
            return null;
        }, ct);

    /// <summary>The open round, for whom may decide on it.</summary>
    private static async Task<Review?> OpenForAsync(HubDb db, Viewer viewer, Resource resource, string? comment, List<Problem> problems, CancellationToken ct)
    {
        var review = resource.State == ResourceState.InReview ? await OpenAsync(db, resource.Id, ct) : null;
        if (!viewer.CanRun(resource.SchoolId)) problems.Add(Problem.Forbidden);
        else if (review is null) problems.Add(NotInReview);
        else if (comment?.Length > NoteLimit) problems.Add(Required.TooLong("comment", NoteLimit));
        return problems.Count > 0 ? null : review;
    }

    /// <summary>Ends an open round without a decision.</summary>
    internal static async Task CancelAsync(HubDb db, Guid resourceId, CancellationToken ct)
    {
        if (await OpenAsync(db, resourceId, ct) is { } open) db.Remove(open);
    }

    /// <summary>Ends an open round with the decision of somebody who published it without one.</summary>
    internal static async Task ApproveOpenAsync(HubDb db, Guid resourceId, Viewer by, DateTime now, CancellationToken ct)
    {
        if (await OpenAsync(db, resourceId, ct) is { } open) open.Decide(true, by.ActorId!.Value, now, [], null);
    }

    internal static Task<bool> MayApproveOwnAsync(HubDb db, Guid schoolId, CancellationToken ct) => db.Schools.AnyAsync(s => s.Id == schoolId && s.MayApproveOwn, ct);

    internal static Task<bool> HasFilesAsync(HubDb db, Guid resourceId, CancellationToken ct) => db.Files.AnyAsync(f => f.ResourceId == resourceId && f.RemovedIn == null, ct);

    private static Task<Review?> OpenAsync(HubDb db, Guid resourceId, CancellationToken ct) => db.Reviews.FirstOrDefaultAsync(r => r.ResourceId == resourceId && r.DecidedAt == null, ct);
}
