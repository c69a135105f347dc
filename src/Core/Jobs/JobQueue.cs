using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Text;

namespace ResourceHub.Core.Jobs;

/// <summary>
/// The table of promised work. Statements are SQL that SQLite and PostgreSQL both take; leases are compared on the one clock that is injected.
/// Many jobs cost as many statements as one.
/// </summary>
public sealed class JobQueue(IDbContextFactory<HubDb> databases, JobSignal signal, TimeProvider clock, HubSettings? settings = null)
{
    /// <summary>How long a claim holds unless the settings say otherwise.</summary>
    public static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(60);

    /// <summary>How often it is renewed then.</summary>
    public static readonly TimeSpan Renewal = LeaseTime / Renewals;

    /// <summary>How many renewals fit into a lease: four may be missed.</summary>
    private const int Renewals = 5;

    private const int ReasonLimit = 1000;

    private readonly TimeSpan lease = settings is null ? LeaseTime : TimeSpan.FromSeconds(settings.LeaseSeconds);

    public TimeSpan RenewEvery => lease / Renewals;

    /// <summary>Promises work inside the caller's transaction. Call <see cref="Wake"/> after the commit.</summary>
    public static Task PromiseAsync(HubDb db, string kind, Guid subject, int priority, DateTime utcNow, CancellationToken ct)
        => db.Database.ExecuteSqlAsync($"""
            INSERT INTO "Jobs" ("Kind", "Subject", "State", "Priority", "Attempts", "MaxAttempts", "RunAfter", "Again", "CreatedAt")
            VALUES ({kind}, {subject}, {(int)JobState.Waiting}, {priority}, 0, {JobKinds.MaxAttempts(kind)}, {utcNow}, {false}, {utcNow})
            ON CONFLICT ("Kind", "Subject") DO UPDATE SET
                "Priority" = CASE WHEN excluded."Priority" < "Jobs"."Priority" THEN excluded."Priority" ELSE "Jobs"."Priority" END,
                "Again" = CASE WHEN "Jobs"."State" = {(int)JobState.Running} THEN {true} ELSE {false} END,
                "Attempts" = CASE WHEN "Jobs"."State" = {(int)JobState.Running} THEN "Jobs"."Attempts" ELSE 0 END,
                "RunAfter" = CASE WHEN excluded."RunAfter" < "Jobs"."RunAfter" THEN excluded."RunAfter" ELSE "Jobs"."RunAfter" END,
                "Reason" = CASE WHEN "Jobs"."State" = {(int)JobState.Running} THEN "Jobs"."Reason" ELSE NULL END,
                "CreatedAt" = CASE WHEN "Jobs"."State" = {(int)JobState.Failed} THEN excluded."CreatedAt" ELSE "Jobs"."CreatedAt" END,
                "State" = CASE WHEN "Jobs"."State" = {(int)JobState.Running} THEN "Jobs"."State" ELSE excluded."State" END
            """, ct);

    public void Wake() => signal.Raise();

    /// <summary>
    /// Leases up to <paramref name="count"/> jobs of a kind, interactive ones first. The attempt is counted here, before any work starts: a job whose
    /// worker died in the last one comes back with more attempts than it may have, to be given up.
    /// </summary>
    public async Task<IReadOnlyList<Job>> ClaimAsync(string kind, int count, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow().UtcDateTime;
        var ofKind = db.Jobs.Where(j => j.Kind == kind);
        var orphans = ofKind.Where(j => j.State == JobState.Running && j.LeasedUntil < now);
        // Looking first keeps idle workers from taking SQLite's one write lock every second. With the priorities named it is one look in the index, however
        // many wait for their next attempt.
        if (!await ofKind.AnyAsync(j => j.State == JobState.Waiting && JobPriority.All.Contains(j.Priority) && j.RunAfter <= now, ct) && !await orphans.AnyAsync(ct)) return [];
        // From here on no cancellation: a claim cut off half-way would leave jobs leased to nobody.
        await orphans.ExecuteUpdateAsync(set => set.SetProperty(j => j.State, JobState.Waiting).SetProperty(j => j.Lease, (Guid?)null), CancellationToken.None);
        var claimed = await db.Jobs.FromSql(Claim(db, kind, count, now)).AsNoTracking().ToListAsync(CancellationToken.None);
        return [.. claimed.OrderBy(j => j.Priority).ThenBy(j => j.RunAfter).ThenBy(j => j.Id)];
    }

    /// <summary>The next jobs are chosen once, apart from the update: planned as one, PostgreSQL may choose anew for each row and take more than were asked for.</summary>
    private FormattableString Claim(HubDb db, string kind, int count, DateTime now) => FormattableStringFactory.Create(
        """
        WITH "Next" AS MATERIALIZED (
            SELECT "Id" FROM "Jobs" WHERE "Kind" = {0} AND "State" = {1} AND "RunAfter" <= {2} ORDER BY "Priority", "RunAfter", "Id" LIMIT {3}
        """ + $" {db.PassOverHeld})" +
        """
        UPDATE "Jobs" SET "State" = {4}, "Attempts" = "Attempts" + 1, "Lease" = {5}, "LeasedUntil" = {6}, "Again" = {7}
        WHERE "State" = {1} AND "Id" IN (SELECT "Id" FROM "Next")
        RETURNING *
        """, kind, (int)JobState.Waiting, now, count, (int)JobState.Running, Guid.CreateVersion7(), now + lease, false);

    /// <summary>Keeps the leases of jobs that are still being worked on. Returns how many are still held.</summary>
    public async Task<int> RenewAsync(IReadOnlyCollection<Job> jobs, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await RenewAsync(db, jobs, ct);
    }

    /// <summary>The same as the first statement of the caller's transaction: until its end nobody else can take those that are still held.</summary>
    public async Task<int> RenewAsync(HubDb db, IReadOnlyCollection<Job> jobs, CancellationToken ct)
    {
        var until = clock.GetUtcNow().UtcDateTime + lease;
        return await Held(db, jobs).ExecuteUpdateAsync(set => set.SetProperty(j => j.LeasedUntil, until), ct);
    }

    /// <summary>
    /// Ends jobs of one claim inside the caller's transaction: their rows go, unless the work was asked for again meanwhile. Returns how many were
    /// still held; with fewer than all the caller rolls back, because another worker owns the rest.
    /// </summary>
    public static async Task<int> CompleteAsync(HubDb db, IReadOnlyCollection<Job> jobs, CancellationToken ct)
        => await Held(db, jobs).Where(j => !j.Again).ExecuteDeleteAsync(ct)
         + await Held(db, jobs).ExecuteUpdateAsync(set => set
            .SetProperty(j => j.State, JobState.Waiting).SetProperty(j => j.Attempts, 0).SetProperty(j => j.Reason, (string?)null)
            .SetProperty(j => j.Lease, (Guid?)null).SetProperty(j => j.LeasedUntil, (DateTime?)null), ct);

    /// <summary>
    /// Gives a job back after a failed attempt: WAITING again for later, or FAILED after the last one, with a reason that an admin can read.
    /// Null when the lease was lost.
    /// </summary>
    /// <param name="giveUp">What the record must say when the job is given up, inside the same transaction.</param>
    public Task<JobState?> FailAsync(Job job, string reason, Func<HubDb, Task> giveUp, CancellationToken ct) => FailAsync(job, reason, giveUp, isLast: job.Attempts >= job.MaxAttempts, ct);

    /// <summary>The same for one that would fail in every attempt: FAILED at once.</summary>
    public Task<JobState?> RefuseAsync(Job job, string reason, Func<HubDb, Task> giveUp, CancellationToken ct) => FailAsync(job, reason, giveUp, isLast: true, ct);

    private async Task<JobState?> FailAsync(Job job, string reason, Func<HubDb, Task> giveUp, bool isLast, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginWriteAsync(ct);
        var again = clock.GetUtcNow().UtcDateTime + BackOff(job.Attempts);
        var brief = StorableText.Cut(reason, ReasonLimit);
        // Asked for again meanwhile, it has all its attempts before it: what failed was the work as it stood before.
        var held = await Held(db, [job]).ExecuteUpdateAsync(set => set
            .SetProperty(j => j.State, j => isLast && !j.Again ? JobState.Failed : JobState.Waiting).SetProperty(j => j.Attempts, j => j.Again ? 0 : j.Attempts)
            .SetProperty(j => j.RunAfter, again).SetProperty(j => j.Reason, brief).SetProperty(j => j.LeasedUntil, (DateTime?)null), ct);
        if (held == 0) return null;
        var state = await db.Jobs.Where(j => j.Id == job.Id).Select(j => j.State).SingleAsync(ct);
        if (state == JobState.Failed) await giveUp(db);
        await transaction.CommitAsync(ct);
        return state;
    }

    /// <summary>Gives jobs back that were not begun, were cut short by a shutdown or met a broken machine: the attempt does not count.</summary>
    public async Task ReturnAsync(IReadOnlyCollection<Job> jobs, TimeSpan pause, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var again = clock.GetUtcNow().UtcDateTime + pause;
        await Held(db, jobs).ExecuteUpdateAsync(set => set
            .SetProperty(j => j.State, JobState.Waiting).SetProperty(j => j.Attempts, j => j.Attempts - 1).SetProperty(j => j.RunAfter, again)
            .SetProperty(j => j.Lease, (Guid?)null).SetProperty(j => j.LeasedUntil, (DateTime?)null), ct);
    }

    /// <summary>Lets an admin try a failed job again. False when there is no such failed job.</summary>
    public async Task<bool> RetryAsync(long id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow().UtcDateTime;
        var found = await db.Jobs.Where(j => j.Id == id && j.State == JobState.Failed).ExecuteUpdateAsync(set => set
            .SetProperty(j => j.State, JobState.Waiting).SetProperty(j => j.Attempts, 0).SetProperty(j => j.RunAfter, now).SetProperty(j => j.CreatedAt, now)
            .SetProperty(j => j.Priority, JobPriority.Interactive), ct);
        if (found == 1) Wake();
        return found == 1;
    }

    /// <summary>Jobs of one claim share its lease.</summary>
    private static IQueryable<Job> Held(HubDb db, IReadOnlyCollection<Job> jobs)
    {
        // One parameter for all ids: with one for each, EF makes new SQL for every count and its naming of them grows with the square.
        var ids = jobs.Select(j => j.Id).ToArray();
        var lease = jobs.First().Lease;
        return db.Jobs.Where(j => EF.Parameter(ids).Contains(j.Id) && j.Lease == lease && j.State == JobState.Running);
    }

    /// <summary>2, 4, 8 … seconds, at most a minute, half of it by chance so that jobs that failed together do not come back together.</summary>
    private static TimeSpan BackOff(int attempts)
    {
        var full = Math.Min(60, Math.Pow(2, attempts));
        return TimeSpan.FromSeconds(full / 2 + Random.Shared.NextDouble() * full / 2);
    }
}
