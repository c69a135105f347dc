using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using ResourceHub.Core;
using ResourceHub.Core.Changes;
using ResourceHub.Core.Jobs;
using ResourceHub.Engines.Postgres;
using ResourceHub.Indexer;
using ResourceHub.Indexer.Jobs;

namespace ResourceHub.Tests.Engines.Postgres;

public sealed class SignalTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task What_one_process_commits_wakes_those_who_wait_in_another()
    {
        var database = await (await PostgresServer.SharedAsync()).DatabaseAsync();
        await using var here = await ProcessAsync(database);
        await using var there = await ProcessAsync(database);
        var (job, change) = (there.GetRequiredService<JobSignal>().Next, there.GetRequiredService<ChangeSignal>().Next);
        here.GetRequiredService<JobSignal>().Raise();
        await job.WaitAsync(Patience);
        Assert.False(change.IsCompleted);
        here.GetRequiredService<ChangeSignal>().Raise();
        await change.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_listener_that_was_cut_off_listens_again_and_wakes_who_waited_meanwhile()
    {
        var database = await (await PostgresServer.SharedAsync()).DatabaseAsync();
        await using var here = await ProcessAsync(database);
        await using var there = await ProcessAsync(database);
        var signal = there.GetRequiredService<JobSignal>();
        var missed = signal.Next;
        await using (var admin = NpgsqlDataSource.Create(database))
        await using (var cut = admin.CreateCommand("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query = 'LISTEN resourcehub' AND datname = current_database()"))
            Assert.Equal(2L, await cut.ExecuteScalarAsync());
        await missed.WaitAsync(Patience);
        await there.GetRequiredService<PostgresSignals>().Listening.WaitAsync(Patience);
        var next = signal.Next;
        here.GetRequiredService<JobSignal>().Raise();
        await next.WaitAsync(Patience);
    }

    [Fact]
    public async Task Where_nothing_is_told_workers_of_another_process_find_the_work_by_themselves()
    {
        var database = await (await PostgresServer.SharedAsync()).DatabaseAsync();
        await using var here = await ProcessAsync(database, notify: false);
        await using var there = await ProcessAsync(database, notify: false);
        var work = new Finished(there.GetRequiredService<IDbContextFactory<HubDb>>());
        using var runner = new JobRunner(there.GetRequiredService<JobQueue>(), there.GetRequiredService<JobSignal>(), [work], new HubSettings(), TimeProvider.System, NullLogger<JobRunner>.Instance);
        await runner.StartAsync(default);
        var subject = Guid.CreateVersion7();
        await using (var db = here.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContext())
            await JobQueue.PromiseAsync(db, work.Kind, subject, JobPriority.Interactive, TimeProvider.System.GetUtcNow().UtcDateTime, default);
        here.GetRequiredService<JobQueue>().Wake();
        Assert.Equal(subject, await work.Done.Task.WaitAsync(Patience));
        await runner.StopAsync(default);
    }

    /// <summary>What a process of the hub has of the record.</summary>
    private static async Task<ServiceProvider> ProcessAsync(string database, bool notify = true)
    {
        var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddSingleton(new HubSettings()).AddCore();
        var process = PostgresServer.AddEngine(services, database, new() { ["Postgres:Notify"] = $"{notify}" }).BuildServiceProvider();
        var signals = process.GetRequiredService<PostgresSignals>();
        await signals.StartAsync(default);
        if (notify) await signals.Listening.WaitAsync(Patience);
        return process;
    }

    private sealed class Finished(IDbContextFactory<HubDb> databases) : IJobHandler
    {
        public TaskCompletionSource<Guid> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public string Kind => JobKinds.Index;
        public int Workers => 1;
        public int AtOnce => 1;

        public async Task<JobOutcome> RunAsync(IReadOnlyList<Job> jobs, CancellationToken ct)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            await JobQueue.CompleteAsync(db, jobs, ct);
            Done.TrySetResult(jobs[0].Subject);
            return new JobOutcome.Done();
        }

        public Task GiveUpAsync(HubDb db, Job job, string reason, CancellationToken ct) => Task.CompletedTask;
    }
}
