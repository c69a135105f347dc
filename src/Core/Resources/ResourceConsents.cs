using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Audit;
using ResourceHub.Core.Changes;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.People;
using ResourceHub.Core.Schools;
using ResourceHub.Core.Text;

namespace ResourceHub.Core.Resources;

/// <param name="Scope">PARTNERS, MEMBERS or PUBLIC.</param>
public sealed record NewConsent(string Holder, Visibility Scope, DateOnly? Until);

/// <summary>Whether pupils can be seen, and the statements that their consent is held. What loses its cover is closed to the school in the same transaction.</summary>
public sealed class ResourceConsents(ResourceDesk desk, IDbContextFactory<HubDb> databases, JobQueue jobs, ChangeSignal changes, TimeProvider clock)
{
    private const int AtOnce = 500;

    /// <summary>Says whether pupils can be seen. Taking the mark off what is published or in review is for admins: it would lift what the review relied on.</summary>
    public Task<Outcome<Resource>> MarkPupilsAsync(Viewer viewer, Guid id, bool showsPupils, string? key, CancellationToken ct)
        => desk.ChangeAsync(viewer, id, key, "markPupils", new { id, showsPupils }, async (db, resource, now, problems) =>
        {
            if (!viewer.AnswersFor(resource)) problems.Add(Problem.Forbidden);
            else if (!viewer.MayEdit(resource)) problems.Add(ResourceRights.InReview);
            else if (resource.ShowsPupils == true && !showsPupils && resource.State == ResourceState.Published && !viewer.IsAdminOf(resource))
                problems.Add(new Problem("REVIEW_REQUIRED", "已发布的资源取消出镜标记，须由本校管理员操作。Only the school's admins take this mark off what is published."));
            if (problems.Count > 0 || resource.ShowsPupils == showsPupils) return null;
            resource.ShowsPupils = showsPupils;
            resource.Touch(now);
            Cover(resource, showsPupils ? await ConsentRules.NewestAsync(db, id, ct) : null, now);
            await ResourceDesk.AuditAsync(db, viewer, AuditActions.PupilsMarked, resource, showsPupils ? "yes" : "no", now, ct);
            return null;
        }, ct);

    /// <summary>A new statement takes the place of the one before, also when it covers less.</summary>
    public Task<Outcome<Resource>> RecordAsync(Viewer viewer, Guid id, NewConsent input, string? key, CancellationToken ct)
        => desk.ChangeAsync(viewer, id, key, "recordConsent", new { id, input }, async (db, resource, now, problems) =>
        {
            if (!viewer.AnswersFor(resource)) problems.Add(Problem.Forbidden);
            var holder = Required.Line(input.Holder, "holder", Consent.HolderLimit, problems);
            if (input.Scope <= Visibility.School)
                problems.Add(new Problem("INVALID_SCOPE", "同意的范围须为 PARTNERS、MEMBERS 或 PUBLIC；本校内不需要登记。The scope is PARTNERS, MEMBERS or PUBLIC; within the school no statement is needed.", "scope"));
            if (input.Until < SchoolDay.Of(now)) problems.Add(new Problem("INVALID_PERIOD", "同意书已经到期。That consent has ended already.", "until"));
            if (problems.Count > 0) return null;
            var consent = new Consent { ResourceId = id, Holder = holder!, Scope = input.Scope, Until = input.Until, RecordedBy = viewer.ActorId!.Value, RecordedAt = now };
            db.Add(consent);
            resource.Touch(now);
            Cover(resource, consent, now);
            await ResourceDesk.AuditAsync(db, viewer, AuditActions.ConsentRecorded, resource, $"{consent.Scope} {consent.Until:yyyy-MM-dd}".TrimEnd(), now, ct);
            return null;
        }, ct);

    /// <summary>Closes at once what the consent opened.</summary>
    public Task<Outcome<Resource>> WithdrawAsync(Viewer viewer, Guid id, string? key, CancellationToken ct)
        => desk.ChangeAsync(viewer, id, key, "withdrawConsent", new { id }, async (db, resource, now, problems) =>
        {
            if (!viewer.AnswersFor(resource)) problems.Add(Problem.Forbidden);
            var consent = await ConsentRules.NewestAsync(db, id, ct);
            if (consent is not { WithdrawnAt: null }) problems.Add(Problem.NotFound("同意书") with { Path = ["resourceId"] });
            if (problems.Count > 0) return null;
            (consent!.WithdrawnAt, consent.WithdrawnBy) = (now, viewer.ActorId);
            resource.Touch(now);
            Cover(resource, consent, now);
            await ResourceDesk.AuditAsync(db, viewer, AuditActions.ConsentWithdrawn, resource, null, now, ct);
            return null;
        }, ct);

    /// <summary>Closes to the school what was open until now, and returns how many. Run by the clock, by as many processes as there are.</summary>
    public async Task<int> CloseExpiredAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        List<Guid> due;
        await using (var db = await databases.CreateDbContextAsync(ct))
            due = await db.Resources.Where(r => r.OpenUntil <= now).OrderBy(r => r.OpenUntil).Select(r => r.Id).Take(AtOnce).ToListAsync(ct);
        var closed = 0;
        foreach (var id in due)
            if (await CloseAsync(id, now, ct)) closed++;
        if (closed > 0)
        {
            jobs.Wake();
            changes.Raise();
        }
        return closed;
    }

    private async Task<bool> CloseAsync(Guid id, DateTime now, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginWriteAsync(ct);
        if (await db.Resources.Include(r => r.Shares).FirstOrDefaultAsync(r => r.Id == id && r.OpenUntil <= now, ct) is not { } resource) return false;
        var before = ResourceAccess.TokensOf(resource);
        var open = Words.Zh(resource.Visibility);
        resource.CloseToSchool(now);
        await ResourceDesk.NoteAsync(db, resource, before, now, ct);
        await ResourceDesk.AuditAsync(db, Viewer.Hub, AuditActions.ConsentExpired, resource, open, now, ct);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException)
        {
            // Somebody changed it in between, or another process closed it. If it is still due, the next round finds it.
            return false;
        }
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>Opened no wider and no longer than the statement says; nothing is bounded where no pupils can be seen.</summary>
    private static void Cover(Resource resource, Consent? consent, DateTime now)
    {
        resource.OpenUntil = null;
        if (resource.ShowsPupils != true) return;
        var isInForce = consent?.IsInForceOn(SchoolDay.Of(now)) == true;
        if (!isInForce || resource.Visibility > consent!.Scope) resource.CloseToSchool(now);
        if (isInForce && consent!.Until is { } until) resource.OpenUntil = SchoolDay.EndOf(until);
    }
}
