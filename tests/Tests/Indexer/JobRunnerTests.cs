using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using ResourceHub.Core;
using ResourceHub.Core.Jobs;
using ResourceHub.Indexer;
using ResourceHub.Indexer.Jobs;

namespace ResourceHub.Tests.Indexer;

public sealed class JobRunnerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ManualClock clock = new();

    [Fact]
    public async Task Four_workers_do_all_two_hundred_jobs_each_once()
    {
        await using var record = await TempRecord.StartAsync(clock);
        var runs = new ConcurrentDictionary<Guid, int>();
        var work = new Work(record, (jobs, _) =>
        {
            foreach (var job in jobs) runs.AddOrUpdate(job.Subject, 1, (_, n) => n + 1);
            return Task.FromResult<JobOutcome?>(null);
        })
        { Workers = 4, AtOnce = 7 };
        await PromiseAsync(record, [.. Enumerable.Range(0, 200).Select(_ => Guid.CreateVersion7())]);
        using var runner = await StartAsync(record, work);
        await UntilAsync(record, jobs => jobs.Count == 0);
        await runner.StopAsync(default);
        Assert.Equal(200, runs.Count);
        Assert.All(runs.Values, n => Assert.Equal(1, n));
    }

    [Fact]
    public async Task One_bad_job_of_a_hundred_fails_alone_and_says_why()
    {
        await using var record = await TempRecord.StartAsync(clock);
        Guid[] subjects = [.. Enumerable.Range(0, 100).Select(_ => Guid.CreateVersion7())];
        var work = new Work(record, (jobs, _) => jobs.Any(j => j.Subject == subjects[63]) ? throw new InvalidDataException("unreadable") : Task.FromResult<JobOutcome?>(null)) { AtOnce = 100 };
        await PromiseAsync(record, subjects);
        using var runner = await StartAsync(record, work);
        var left = await UntilAsync(record, jobs => jobs.Count == 1 && jobs[0].State == JobState.Waiting);
        await runner.StopAsync(default);
        Assert.Equal((subjects[63], 1, "InvalidDataException: unreadable"), (left[0].Subject, left[0].Attempts, left[0].Reason));
    }

    [Fact]
    public async Task A_job_that_fails_every_time_is_given_up_with_its_reason()
    {
        await using var record = await TempRecord.StartAsync(clock);
        var work = new Work(record, (_, _) => throw new InvalidDataException("unreadable"));
        await PromiseAsync(record, Guid.CreateVersion7());
        using var runner = await StartAsync(record, work);
        for (var attempt = 1; attempt < 5; attempt++)
        {
            await UntilAsync(record, jobs => jobs[0].State == JobState.Waiting && jobs[0].Attempts == attempt);
            clock.Advance(TimeSpan.FromMinutes(1));
            record.Get<JobSignal>().Raise();
        }
        var failed = await UntilAsync(record, jobs => jobs[0].State == JobState.Failed);
        await runner.StopAsync(default);
        Assert.Equal((5, "InvalidDataException: unreadable", 1), (failed[0].Attempts, failed[0].Reason, work.GivenUp));
    }

    [Fact]
    public async Task A_job_whose_worker_died_in_every_attempt_is_given_up_and_not_run_again()
    {
        await using var record = await TempRecord.StartAsync(clock);
        await PromiseAsync(record, Guid.CreateVersion7());
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            await record.Get<JobQueue>().ClaimAsync(JobKinds.Index, 1, default);
            clock.Advance(JobQueue.LeaseTime + TimeSpan.FromSeconds(1));
        }
        var work = new Work(record, (_, _) => Task.FromResult<JobOutcome?>(null));
        using var runner = await StartAsync(record, work);
        await UntilAsync(record, jobs => jobs[0].State == JobState.Failed);
        await runner.StopAsync(default);
        Assert.Equal((0, 1), (work.Runs, work.GivenUp));
    }

    [Fact]
    public async Task Work_goes_on_past_its_first_lease_because_the_lease_is_renewed()
    {
        await using var record = await TempRecord.StartAsync(clock);
        var (begun, finish) = (new TaskCompletionSource(), new TaskCompletionSource());
        var work = new Work(record, async (_, _) =>
        {
            begun.TrySetResult();
            await finish.Task;
            return null;
        });
        await PromiseAsync(record, Guid.CreateVersion7());
        using var runner = await StartAsync(record, work);
        await begun.Task.WaitAsync(Patience);
        for (var seconds = 0; seconds < 120; seconds += 12)
        {
            var until = (await JobsAsync(record))[0].LeasedUntil;
            clock.Advance(JobQueue.Renewal);
            await UntilAsync(record, jobs => jobs[0].LeasedUntil > until);
        }
        finish.SetResult();
        await UntilAsync(record, jobs => jobs.Count == 0);
        await runner.StopAsync(default);
        Assert.Equal(1, work.Runs);
    }

    [Fact]
    public async Task A_worker_whose_lease_another_took_is_cut_short_and_leaves_the_job_alone()
    {
        await using var record = await TempRecord.StartAsync(clock);
        var (begun, cut) = (new TaskCompletionSource(), new TaskCompletionSource());
        var work = new Work(record, async (_, ct) =>
        {
            begun.TrySetResult();
            await using var end = ct.Register(() => cut.TrySetResult());
            await Task.Delay(Timeout.Infinite, ct);
            return null;
        });
        await PromiseAsync(record, Guid.CreateVersion7());
        using var runner = await StartAsync(record, work);
        await begun.Task.WaitAsync(Patience);
        await using (var db = record.CreateDbContext())
            await db.Jobs.ExecuteUpdateAsync(set => set.SetProperty(j => j.Lease, Guid.CreateVersion7()).SetProperty(j => j.LeasedUntil, clock.UtcNow.AddDays(1)));
        clock.Advance(JobQueue.Renewal);
        await cut.Task.WaitAsync(Patience);
        await runner.StopAsync(default);
        var job = Assert.Single(await JobsAsync(record));
        Assert.Equal((JobState.Running, 1), (job.State, job.Attempts));
    }

    [Fact]
    public async Task Stopping_the_hub_gives_running_work_back_without_counting_the_attempt()
    {
        await using var record = await TempRecord.StartAsync(clock);
        var begun = new TaskCompletionSource();
        var work = new Work(record, async (_, ct) =>
        {
            begun.TrySetResult();
            await Task.Delay(Timeout.Infinite, ct);
            return null;
        });
        await PromiseAsync(record, Guid.CreateVersion7());
        using var runner = await StartAsync(record, work, new HubSettings { DrainSeconds = 0.1 });
        await begun.Task.WaitAsync(Patience);
        await runner.StopAsync(default).WaitAsync(Patience);
        var job = Assert.Single(await JobsAsync(record));
        Assert.Equal((JobState.Waiting, 0, null), (job.State, job.Attempts, job.Lease));
    }

    [Fact]
    public async Task Trouble_of_the_machine_is_no_attempt_of_the_job()
    {
        await using var record = await TempRecord.StartAsync(clock);
        var full = true;
        var work = new Work(record, (_, _) => Task.FromResult<JobOutcome?>(full ? new JobOutcome.NotNow("the disk is full") : null)) { AtOnce = 10 };
        await PromiseAsync(record, [.. Enumerable.Range(0, 10).Select(_ => Guid.CreateVersion7())]);
        using var runner = await StartAsync(record, work);
        for (var round = 1; round <= 8; round++)
        {
            await UntilAsync(record, jobs => work.Runs == round && jobs.All(j => j.State == JobState.Waiting && j.Attempts == 0));
            full = round < 8;
            clock.Advance(TimeSpan.FromSeconds(6));
            record.Get<JobSignal>().Raise();
        }
        await UntilAsync(record, jobs => jobs.Count == 0);
        await runner.StopAsync(default);
    }

    /// <summary>Work of the test's own; a null outcome ends the jobs.</summary>
    private sealed class Work(TempRecord record, Func<IReadOnlyList<Job>, CancellationToken, Task<JobOutcome?>> run) : IJobHandler
    {
        private int runs;
        private int givenUp;

        public string Kind => JobKinds.Index;
        public int Workers { get; init; } = 1;
        public int AtOnce { get; init; } = 1;
        public int Runs => Volatile.Read(ref runs);
        public int GivenUp => Volatile.Read(ref givenUp);

        public async Task<JobOutcome> RunAsync(IReadOnlyList<Job> jobs, CancellationToken ct)
        {
            Interlocked.Increment(ref runs);
            if (await run(jobs, ct) is { } outcome) return outcome;
            await using var db = record.CreateDbContext();
            return await JobQueue.CompleteAsync(db, jobs, ct) == jobs.Count ? new JobOutcome.Done() : new JobOutcome.Lost();
        }

        public Task GiveUpAsync(HubDb db, Job job, string reason, CancellationToken ct)
        {
            Interlocked.Increment(ref givenUp);
            return Task.CompletedTask;
        }
    }

    private async Task<JobRunner> StartAsync(TempRecord record, IJobHandler work, HubSettings? settings = null)
    {
        var runner = new JobRunner(record.Get<JobQueue>(), record.Get<JobSignal>(), [work], settings ?? new HubSettings(), clock, NullLogger<JobRunner>.Instance);
        await runner.StartAsync(default);
        return runner;
    }

    private async Task PromiseAsync(TempRecord record, params Guid[] subjects)
    {
        await using var db = record.CreateDbContext();
        await using var change = await db.Database.BeginTransactionAsync();
        foreach (var subject in subjects) await JobQueue.PromiseAsync(db, JobKinds.Index, subject, JobPriority.Interactive, clock.UtcNow, default);
        await change.CommitAsync();
    }

    private static async Task<List<Job>> JobsAsync(TempRecord record)
    {
        await using var db = record.CreateDbContext();
        return await db.Jobs.AsNoTracking().ToListAsync();
    }

    private static async Task<List<Job>> UntilAsync(TempRecord record, Func<List<Job>, bool> done)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (true)
        {
            var jobs = await JobsAsync(record);
            if (done(jobs)) return jobs;
            await tick.WaitForNextTickAsync(limit.Token);
        }
    }
}
