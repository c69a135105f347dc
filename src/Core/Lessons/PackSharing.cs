using ResourceHub.Core.Audit;
using ResourceHub.Core.Courses;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;

namespace ResourceHub.Core.Lessons;

/// <summary>Who sees a lesson, course or collection: publishing, sharing, taking back, deleting.</summary>
public sealed class PackSharing(PackDesk desk)
{
    /// <summary>Publishes it, or opens what is published wider or narrower.</summary>
    public Task<Outcome<T>> PublishAsync<T>(Viewer viewer, Guid id, Opening wanted, string? key, CancellationToken ct) where T : Pack
        => OpenAsync<T>(viewer, id, "publish", wanted, AuditActions.Published, key, ct);

    /// <summary>Shares with exactly these partnerships, and publishes it.</summary>
    public Task<Outcome<T>> ShareAsync<T>(Viewer viewer, Guid id, IReadOnlyList<Guid> partnershipIds, string? key, CancellationToken ct) where T : Pack
        => OpenAsync<T>(viewer, id, "share", Opening.Through(partnershipIds), AuditActions.Shared, key, ct);

    /// <summary>Takes it out of these partnerships; out of the last one, it stays at the school.</summary>
    public Task<Outcome<T>> UnshareAsync<T>(Viewer viewer, Guid id, IReadOnlyList<Guid> partnershipIds, string? key, CancellationToken ct) where T : Pack
        => desk.ChangeAsync<T>(viewer, id, key, Named<T>("unshare"), new { id, partnershipIds }, null, async (db, pack, now, problems) =>
        {
            if (!viewer.AnswersFor(pack)) problems.Add(Problem.Forbidden);
            if (partnershipIds.Count == 0) problems.Add(new Problem("REQUIRED", "请指明结对。Name the partnerships.", "partnershipIds"));
            var left = pack.Shares.Select(s => s.PartnershipId).Intersect(partnershipIds).ToList();
            if (problems.Count > 0 || left.Count == 0) return null;
            pack.ShareWith([.. pack.Shares.Select(s => s.PartnershipId).Except(left)], now);
            if (pack is { State: ResourceState.Published, Visibility: Visibility.Partners, Shares.Count: 0 }) pack.Publish(Visibility.School, now);
            else pack.Touch(now);
            await PackDesk.AuditAsync(db, viewer, AuditActions.Unshared, pack, await ResourceSharing.SayAsync(db, Opening.Through(left), ct), now, ct);
            return null;
        }, ct);

    /// <summary>Others see it no more; copies stay with their schools.</summary>
    public Task<Outcome<T>> WithdrawAsync<T>(Viewer viewer, Guid id, string? key, CancellationToken ct) where T : Pack
        => desk.ChangeAsync<T>(viewer, id, key, Named<T>("withdraw"), new { id }, null, async (db, pack, now, problems) =>
        {
            if (!viewer.AnswersFor(pack)) problems.Add(Problem.Forbidden);
            else if (pack.State == ResourceState.Draft) problems.Add(new Problem("INVALID_STATE", "还没有发布，无需撤回。It is not published."));
            if (problems.Count > 0 || pack.State == ResourceState.Withdrawn) return null;
            pack.Withdraw(now);
            await PackDesk.AuditAsync(db, viewer, AuditActions.Withdrawn, pack, null, now, ct);
            return null;
        }, ct);

    /// <summary>For good, and for everybody. What was never published its creator may delete; what was belongs to the school, so its admins do.</summary>
    public Task<Outcome<T>> DeleteAsync<T>(Viewer viewer, Guid id, string? key, CancellationToken ct) where T : Pack
        => desk.ChangeAsync<T>(viewer, id, key, Named<T>("delete"), new { id }, null, async (db, pack, now, problems) =>
        {
            if (!viewer.IsAdminOf(pack) && !(viewer.AnswersFor(pack) && pack.PublishedAt is null)) problems.Add(Problem.Forbidden);
            if (problems.Count > 0) return null;
            pack.Delete(now);
            // Its lessons are free for another course.
            if (pack is Course course) course.Lessons.Clear();
            await PackDesk.AuditAsync(db, viewer, AuditActions.Deleted, pack, pack.Title, now, ct);
            return null;
        }, ct);

    private Task<Outcome<T>> OpenAsync<T>(Viewer viewer, Guid id, string verb, Opening wanted, string action, string? key, CancellationToken ct) where T : Pack
        => desk.ChangeAsync<T>(viewer, id, key, Named<T>(verb), new { id, wanted }, null, async (db, pack, now, problems) =>
        {
            if (!viewer.AnswersFor(pack)) problems.Add(Problem.Forbidden);
            else if (!await PackOpening.MayOpenAsync(db, viewer, pack, wanted, ct))
                problems.Add(new Problem("REVIEW_REQUIRED", "向校外开放须由本校另一位管理员操作。Opening it beyond the school is done by another admin of the school.", "visibility"));
            if (problems.Count > 0) return null;
            await PackOpening.CheckAsync(db, pack, wanted, now, problems, ct);
            if (problems.Count > 0 || pack.State == ResourceState.Published && IsSame(PackOpening.Of(pack), wanted)) return null;
            pack.ShareWith(wanted.Partnerships, now);
            pack.Publish(wanted.Visibility, now);
            await PackDesk.AuditAsync(db, viewer, action, pack, await ResourceSharing.SayAsync(db, wanted, ct), now, ct);
            return null;
        }, ct);

    private static bool IsSame(Opening one, Opening other) => one.Visibility == other.Visibility && one.Partnerships.ToHashSet().SetEquals(other.Partnerships);

    /// <summary>As the mutation is called, such as publishLesson.</summary>
    private static string Named<T>(string verb) => verb + typeof(T).Name;
}
