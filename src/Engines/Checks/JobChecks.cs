using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Jobs;

namespace ResourceHub.Engines.Checks;

/// <summary>That promised work is done, and once.</summary>
internal static class JobChecks
{
    private const string Kind = "check";
    private const int Jobs = 240, Workers = 8;

    public static IReadOnlyList<BehaviourCheck> All =>
    [
        BehaviourCheck.OfRecord("work claimed once", "Work would be done twice, or not at all.", OnceAsync),
        BehaviourCheck.OfRecord("work of the dead", "Work of a process that died would never be done, or be done by two.", LeasesAsync),
    ];

    private static async Task OnceAsync(TrialRecord record, Findings findings, CancellationToken ct)
    {
        var queue = record.Get<JobQueue>();
        await using (var db = await record.OpenAsync(ct))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            // Each is promised twice and is one job.
            for (var i = 0; i < 2; i++)
                foreach (var subject in Enumerable.Range(1, Jobs).Select(n => new Guid(n, 0, 0, new byte[8]))) await JobQueue.PromiseAsync(db, Kind, subject, JobPriority.Bulk, record.Now, ct);
            await transaction.CommitAsync(ct);
        }
        ConcurrentBag<Guid> done = [];
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(async () =>
        {
            while (await queue.ClaimAsync(Kind, 7, ct) is { Count: > 0 } jobs)
            {
                foreach (var job in jobs) done.Add(job.Subject);
                await using var db = await record.OpenAsync(ct);
                if (await JobQueue.CompleteAsync(db, jobs, ct) != jobs.Count) findings.Holds("a job that was claimed is still held", false);
            }
        }, ct)));
        findings.Is("jobs done", Jobs, done.Count);
        findings.Is("different jobs done", Jobs, done.Distinct().Count());
        await using var after = await record.OpenAsync(ct);
        findings.Is("jobs left", 0, await after.Jobs.CountAsync(ct));
        findings.Note($"{Jobs} jobs by {Workers} workers, each once");
    }

    private static async Task LeasesAsync(TrialRecord record, Findings findings, CancellationToken ct)
    {
        var queue = record.Get<JobQueue>();
        await using var db = await record.OpenAsync(ct);
        await JobQueue.PromiseAsync(db, Kind, Guid.CreateVersion7(), JobPriority.Interactive, record.Now, ct);
        var slow = await queue.ClaimAsync(Kind, 10, ct);
        findings.Is("jobs of the first worker", 1, slow.Count);
        findings.Is("jobs of a second while the lease holds", 0, (await queue.ClaimAsync(Kind, 10, ct)).Count);
        record.LetPass(JobQueue.LeaseTime + TimeSpan.FromSeconds(1));
        var next = await queue.ClaimAsync(Kind, 10, ct);
        findings.Is("jobs of a second once the lease is over", 1, next.Count);
        if (slow.Count == 0 || next.Count == 0) return;
        findings.Is("jobs the first still holds", 0, await queue.RenewAsync(slow, ct));
        findings.Is("jobs the first can end", 0, await JobQueue.CompleteAsync(db, slow, ct));
        // Asked for again while it is done, it is done once more.
        await JobQueue.PromiseAsync(db, Kind, next[0].Subject, JobPriority.Interactive, record.Now, ct);
        findings.Is("jobs the second can end", 1, await JobQueue.CompleteAsync(db, next, ct));
        findings.Is("jobs that were asked for again", 1, (await queue.ClaimAsync(Kind, 10, ct)).Count);
    }
}
