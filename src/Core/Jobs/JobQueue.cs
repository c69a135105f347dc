using Microsoft.EntityFrameworkCore;

namespace ResourceHub.Core.Jobs;

/// <summary>
/// The table of promised work. Statements are plain SQL that SQLite and PostgreSQL both take; leases are compared on the one clock that is injected.
/// </summary>
public sealed class JobQueue(IDbContextFactory<HubDb> databases, JobSignal signal, TimeProvider clock)
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan Renewal = TimeSpan.FromSeconds(12);

    /// <summary>Promises work inside the caller's transaction. Call <see cref="Wake"/> after the commit.</summary>
    public static Task PromiseAsync(HubDb db, string kind, Guid subject, int priority, DateTime utcNow, CancellationToken ct)
        => db.Database.ExecuteSqlAsync($"""
            INSERT INTO "Jobs" ("Kind", "Subject", "State", "Priority", "Attempts", "MaxAttempts", "RunAfter", "Fence", "Wanted", "CreatedAt")
            VALUES ({kind}, {subject}, {(int)JobState.Waiting}, {priority}, 0, {JobKinds.MaxAttempts(kind)}, {utcNow}, 0, 1, {utcNow})
            ON CONFLICT ("Kind", "Subject") DO UPDATE SET
                "Wanted" = "Jobs"."Wanted" + 1,
                "Priority" = CASE WHEN excluded."Priority" < "Jobs"."Priority" THEN excluded."Priority" ELSE "Jobs"."Priority" END,
                "Attempts" = CASE WHEN "Jobs"."State" = {(int)JobState.Running} THEN "Jobs"."Attempts" ELSE 0 END,
                "RunAfter" = CASE WHEN "Jobs"."State" = {(int)JobState.Running} THEN "Jobs"."RunAfter" ELSE excluded."RunAfter" END,
                "State" = CASE WHEN "Jobs"."State" = {(int)JobState.Running} THEN "Jobs"."State" ELSE excluded."State" END
            """, ct);

    public void Wake() => signal.Raise();

    /// <summary>Leases up to <paramref name="count"/> jobs of a kind, interactive ones first. The attempt is counted here, before any work starts.</summary>
    public async Task<IReadOnlyList<Job>> ClaimAsync(string kind, int count, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow().UtcDateTime;
        await FailExhaustedAsync(db, now, ct);
        return await db.Jobs.FromSql($"""
            UPDATE "Jobs" SET "State" = {(int)JobState.Running}, "Attempts" = "Attempts" + 1, "Fence" = "Fence" + 1, "LeasedUntil" = {now + Lease}
            WHERE "Id" IN (
                SELECT "Id" FROM "Jobs"
                WHERE "Kind" = {kind} AND ("State" = {(int)JobState.Waiting} AND "RunAfter" <= {now} OR "State" = {(int)JobState.Running} AND "LeasedUntil" < {now})
                ORDER BY "Priority", "RunAfter", "Id" LIMIT {count})
            RETURNING *
            """).AsNoTracking().ToListAsync(ct);
    }

    /// <summary>A worker that died in its last attempt left nobody to say so.</summary>
    private static Task<int> FailExhaustedAsync(HubDb db, DateTime now, CancellationToken ct)
        => db.Jobs.Where(j => j.State == JobState.Running && j.LeasedUntil < now && j.Attempts >= j.MaxAttempts)
            .ExecuteUpdateAsync(set => set.SetProperty(j => j.State, JobState.Failed).SetProperty(j => j.Reason, "The worker stopped without an answer in every attempt."), ct);

    /// <summary>Keeps the leases of jobs that are still being worked on. Returns how many are still held.</summary>
    public async Task<int> RenewAsync(IReadOnlyCollection<Job> jobs, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var until = clock.GetUtcNow().UtcDateTime + Lease;
        var held = 0;
        foreach (var job in jobs)
            held += await Held(db, job).ExecuteUpdateAsync(set => set.SetProperty(j => j.LeasedUntil, until), ct);
        return held;
    }

    /// <summary>
    /// Ends a job inside the caller's transaction: its row goes, unless the work was asked for again meanwhile. False when the lease was lost;
    /// the caller then rolls back, because another worker owns the job.
    /// </summary>
    public static async Task<bool> CompleteAsync(HubDb db, Job job, CancellationToken ct)
        => await Held(db, job).Where(j => j.Wanted == job.Wanted).ExecuteDeleteAsync(ct) == 1
        || await Held(db, job).ExecuteUpdateAsync(set => set
            .SetProperty(j => j.State, JobState.Waiting).SetProperty(j => j.Attempts, 0).SetProperty(j => j.LeasedUntil, (DateTime?)null), ct) == 1;

    /// <summary>Ends many jobs in one transaction of their own.</summary>
    public async Task CompleteAsync(IReadOnlyCollection<Job> jobs, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        foreach (var job in jobs) await CompleteAsync(db, job, ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Gives a job back after a failed attempt: again later, or FAILED with a reason that an admin can read. Returns true when it was the last attempt.</summary>
    public async Task<bool> FailAsync(Job job, string reason, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var last = job.Attempts >= job.MaxAttempts;
        var again = clock.GetUtcNow().UtcDateTime + BackOff(job.Attempts);
        await Held(db, job).ExecuteUpdateAsync(set => set
            .SetProperty(j => j.State, last ? JobState.Failed : JobState.Waiting)
            .SetProperty(j => j.RunAfter, again).SetProperty(j => j.Reason, reason).SetProperty(j => j.LeasedUntil, (DateTime?)null), ct);
        return last;
    }

    /// <summary>Gives jobs back that were not begun or were cut short by a shutdown: the attempt does not count.</summary>
    public async Task ReturnAsync(IReadOnlyCollection<Job> jobs, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        foreach (var job in jobs)
            await Held(db, job).ExecuteUpdateAsync(set => set
                .SetProperty(j => j.State, JobState.Waiting).SetProperty(j => j.Attempts, job.Attempts - 1).SetProperty(j => j.LeasedUntil, (DateTime?)null), ct);
    }

    /// <summary>Lets an admin try a failed job again. False when there is no such failed job.</summary>
    public async Task<bool> RetryAsync(long id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow().UtcDateTime;
        var found = await db.Jobs.Where(j => j.Id == id && j.State == JobState.Failed).ExecuteUpdateAsync(set => set
            .SetProperty(j => j.State, JobState.Waiting).SetProperty(j => j.Attempts, 0).SetProperty(j => j.RunAfter, now).SetProperty(j => j.Reason, (string?)null), ct);
        if (found == 1) Wake();
        return found == 1;
    }

    private static IQueryable<Job> Held(HubDb db, Job job) => db.Jobs.Where(j => j.Id == job.Id && j.Fence == job.Fence && j.State == JobState.Running);

    /// <summary>2, 4, 8 … seconds, at most a minute, half of it by chance so that jobs that failed together do not come back together.</summary>
    private static TimeSpan BackOff(int attempts)
    {
        var full = Math.Min(60, Math.Pow(2, attempts));
        return TimeSpan.FromSeconds(full / 2 + Random.Shared.NextDouble() * full / 2);
    }
}
