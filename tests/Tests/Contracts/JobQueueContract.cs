using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Jobs;

namespace ResourceHub.Tests.Contracts;

/// <summary>What the table of promised work keeps to on every database. An engine inherits these facts.</summary>
public abstract class JobQueueContract
{
    private readonly ManualClock clock = new();

    protected abstract Task<TempRecord> StartAsync(TimeProvider clock);

    [Fact]
    public async Task Four_workers_run_two_hundred_jobs_each_once_and_lose_none()
    {
        await using var record = await StartAsync(clock);
        await PromiseAsync(record, JobKinds.Index, [.. Enumerable.Range(0, 200).Select(_ => Guid.CreateVersion7())]);
        var runs = new ConcurrentDictionary<Guid, int>();
        await Task.WhenAll(Enumerable.Range(1, 4).Select(worker => Task.Run(async () =>
        {
            // Each has a queue of its own, as in a process of its own.
            var queue = QueueOf(record);
            while (await queue.ClaimAsync(JobKinds.Index, worker * 3, default) is { Count: > 0 } jobs)
            {
                foreach (var job in jobs) runs.AddOrUpdate(job.Subject, 1, (_, n) => n + 1);
                Assert.Equal(jobs.Count, await CompleteAsync(record, jobs));
            }
        })));
        Assert.Equal(200, runs.Count);
        Assert.All(runs.Values, n => Assert.Equal(1, n));
        Assert.Empty(await JobsAsync(record));
    }

    [Fact]
    public async Task Promised_twice_before_it_ran_it_runs_once()
    {
        await using var record = await StartAsync(clock);
        var subject = Guid.CreateVersion7();
        await PromiseAsync(record, JobKinds.Index, subject);
        await PromiseAsync(record, JobKinds.Index, subject);
        await PromiseAsync(record, JobKinds.Extract, subject);
        Assert.Single(await QueueOf(record).ClaimAsync(JobKinds.Index, 10, default));
        Assert.Single(await QueueOf(record).ClaimAsync(JobKinds.Extract, 10, default));
    }

    [Fact]
    public async Task Asked_for_again_while_it_runs_it_runs_once_more()
    {
        await using var record = await StartAsync(clock);
        var subject = Guid.CreateVersion7();
        await PromiseAsync(record, JobKinds.Index, subject);
        var first = await QueueOf(record).ClaimAsync(JobKinds.Index, 10, default);
        await PromiseAsync(record, JobKinds.Index, subject);
        Assert.Empty(await QueueOf(record).ClaimAsync(JobKinds.Index, 10, default));
        Assert.Equal(1, await CompleteAsync(record, first));
        var second = await QueueOf(record).ClaimAsync(JobKinds.Index, 10, default);
        Assert.Equal(1, Assert.Single(second).Attempts);
        Assert.Equal(1, await CompleteAsync(record, second));
        Assert.Empty(await JobsAsync(record));
    }

    [Fact]
    public async Task A_worker_that_slept_past_its_lease_cannot_complete_fail_return_or_renew()
    {
        await using var record = await StartAsync(clock);
        await PromiseAsync(record, JobKinds.Extract, Guid.CreateVersion7());
        var sleeper = QueueOf(record);
        var slept = await sleeper.ClaimAsync(JobKinds.Extract, 1, default);
        clock.Advance(JobQueue.LeaseTime + TimeSpan.FromSeconds(1));
        var taken = await QueueOf(record).ClaimAsync(JobKinds.Extract, 1, default);
        Assert.Equal(2, Assert.Single(taken).Attempts);

        Assert.Equal(0, await sleeper.RenewAsync(slept, default));
        Assert.Equal(0, await CompleteAsync(record, slept));
        Assert.Null(await sleeper.FailAsync(slept[0], "too late", _ => throw new InvalidOperationException("nothing is given up"), default));
        await sleeper.ReturnAsync(slept, TimeSpan.Zero, default);
        var job = Assert.Single(await JobsAsync(record));
        Assert.Equal((JobState.Running, taken[0].Lease, 2), (job.State, job.Lease, job.Attempts));
        Assert.Equal(1, await CompleteAsync(record, taken));
    }

    [Fact]
    public async Task A_renewed_lease_holds_and_a_job_whose_worker_was_killed_runs_again_after_its_lease()
    {
        await using var record = await StartAsync(clock);
        await PromiseAsync(record, JobKinds.Index, Guid.CreateVersion7(), Guid.CreateVersion7());
        var jobs = await QueueOf(record).ClaimAsync(JobKinds.Index, 2, default);
        clock.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal(2, await QueueOf(record).RenewAsync(jobs, default));
        clock.Advance(TimeSpan.FromSeconds(50));
        Assert.Empty(await QueueOf(record).ClaimAsync(JobKinds.Index, 2, default));
        clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(2, (await QueueOf(record).ClaimAsync(JobKinds.Index, 2, default)).Count);
    }

    [Fact]
    public async Task A_job_that_kills_its_worker_every_time_comes_back_with_its_attempts_spent()
    {
        await using var record = await StartAsync(clock);
        await PromiseAsync(record, JobKinds.Extract, Guid.CreateVersion7());
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            Assert.Equal(attempt, Assert.Single(await QueueOf(record).ClaimAsync(JobKinds.Extract, 1, default)).Attempts);
            clock.Advance(JobQueue.LeaseTime + TimeSpan.FromSeconds(1));
        }
        var job = Assert.Single(await QueueOf(record).ClaimAsync(JobKinds.Extract, 1, default));
        Assert.True(job.Attempts > job.MaxAttempts);
    }

    [Theory]
    [InlineData(JobKinds.Extract, 3)]
    [InlineData(JobKinds.Index, 5)]
    public async Task Each_failure_waits_longer_until_the_job_is_failed_with_a_reason_and_an_admin_may_retry(string kind, int attempts)
    {
        await using var record = await StartAsync(clock);
        await PromiseAsync(record, kind, Guid.CreateVersion7());
        var queue = QueueOf(record);
        var given = 0;
        for (var attempt = 1; attempt <= attempts; attempt++)
        {
            var job = Assert.Single(await queue.ClaimAsync(kind, 1, default));
            var state = await queue.FailAsync(job, $"reason {attempt}", _ => Task.FromResult(given++), default);
            Assert.Equal(attempt == attempts ? JobState.Failed : JobState.Waiting, state);
            var wait = Assert.Single(await JobsAsync(record)).RunAfter - clock.UtcNow;
            Assert.InRange(wait.TotalSeconds, Math.Pow(2, attempt) / 2, Math.Pow(2, attempt));
            Assert.Empty(await queue.ClaimAsync(kind, 1, default));
            clock.Advance(wait);
        }
        var failed = Assert.Single(await JobsAsync(record));
        Assert.Equal((JobState.Failed, $"reason {attempts}", 1), (failed.State, failed.Reason, given));
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Empty(await queue.ClaimAsync(kind, 1, default));

        Assert.True(await queue.RetryAsync(failed.Id, default));
        Assert.False(await queue.RetryAsync(failed.Id, default));
        Assert.Equal(1, Assert.Single(await queue.ClaimAsync(kind, 1, default)).Attempts);
    }

    [Fact]
    public async Task Failing_for_the_last_time_after_it_was_asked_for_again_it_gets_all_its_attempts()
    {
        await using var record = await StartAsync(clock);
        var subject = Guid.CreateVersion7();
        await PromiseAsync(record, JobKinds.Extract, subject);
        var queue = QueueOf(record);
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            await queue.FailAsync((await queue.ClaimAsync(JobKinds.Extract, 1, default))[0], "bad", _ => Task.CompletedTask, default);
            clock.Advance(TimeSpan.FromMinutes(2));
        }
        var last = (await queue.ClaimAsync(JobKinds.Extract, 1, default))[0];
        await PromiseAsync(record, JobKinds.Extract, subject);
        Assert.Equal(JobState.Waiting, await queue.FailAsync(last, "bad", _ => throw new InvalidOperationException("not given up"), default));
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, Assert.Single(await queue.ClaimAsync(JobKinds.Extract, 1, default)).Attempts);
    }

    [Fact]
    public async Task A_job_given_back_does_not_count_the_attempt()
    {
        await using var record = await StartAsync(clock);
        await PromiseAsync(record, JobKinds.Extract, Guid.CreateVersion7());
        var queue = QueueOf(record);
        for (var round = 0; round < 10; round++)
        {
            var jobs = await queue.ClaimAsync(JobKinds.Extract, 1, default);
            Assert.Equal(1, Assert.Single(jobs).Attempts);
            await queue.ReturnAsync(jobs, TimeSpan.FromSeconds(5), default);
            Assert.Empty(await queue.ClaimAsync(JobKinds.Extract, 1, default));
            clock.Advance(TimeSpan.FromSeconds(5));
        }
    }

    [Fact]
    public async Task What_a_person_waits_for_overtakes_a_bulk_import_and_a_bulk_promise_does_not_slow_it()
    {
        await using var record = await StartAsync(clock);
        var bulk = Enumerable.Range(0, 50).Select(_ => Guid.CreateVersion7()).ToArray();
        await PromiseAsync(record, JobKinds.Extract, JobPriority.Bulk, bulk);
        clock.Advance(TimeSpan.FromMinutes(1));
        var mine = Guid.CreateVersion7();
        await PromiseAsync(record, JobKinds.Extract, mine);
        await PromiseAsync(record, JobKinds.Extract, JobPriority.Bulk, mine);
        await PromiseAsync(record, JobKinds.Extract, bulk[40]);
        var order = (await QueueOf(record).ClaimAsync(JobKinds.Extract, 3, default)).Select(j => j.Subject).ToList();
        // What is asked for again keeps its place: otherwise a resource that is changed all the time would never be indexed.
        Assert.Equal([bulk[40], mine, bulk[0]], order);
    }

    [Fact]
    public async Task A_promise_is_kept_only_when_the_change_that_caused_it_is()
    {
        await using var record = await StartAsync(clock);
        await using (var db = record.CreateDbContext())
        {
            await using var change = await db.Database.BeginTransactionAsync();
            await JobQueue.PromiseAsync(db, JobKinds.Index, Guid.CreateVersion7(), JobPriority.Interactive, clock.UtcNow, default);
        }
        Assert.Empty(await JobsAsync(record));
    }

    [Fact]
    public async Task A_signal_between_looking_and_waiting_is_not_missed()
    {
        var signal = new JobSignal();
        var next = signal.Next;
        signal.Raise();
        await next.WaitAsync(TimeSpan.FromSeconds(5));
        Assert.False(signal.Next.IsCompleted);
    }

    private JobQueue QueueOf(TempRecord record) => new(record, new JobSignal(), clock);

    private Task PromiseAsync(TempRecord record, string kind, params Guid[] subjects) => PromiseAsync(record, kind, JobPriority.Interactive, subjects);

    private async Task PromiseAsync(TempRecord record, string kind, int priority, params Guid[] subjects)
    {
        await using var db = record.CreateDbContext();
        await using var change = await db.Database.BeginTransactionAsync();
        foreach (var subject in subjects) await JobQueue.PromiseAsync(db, kind, subject, priority, clock.UtcNow, default);
        await change.CommitAsync();
    }

    private static async Task<int> CompleteAsync(TempRecord record, IReadOnlyList<Job> jobs)
    {
        await using var db = record.CreateDbContext();
        return await JobQueue.CompleteAsync(db, jobs, default);
    }

    private static async Task<List<Job>> JobsAsync(TempRecord record)
    {
        await using var db = record.CreateDbContext();
        return await db.Jobs.AsNoTracking().ToListAsync();
    }
}
