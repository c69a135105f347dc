using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ResourceHub.Core;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.Telemetry;
using ResourceHub.Indexer.Jobs;

namespace ResourceHub.Indexer;

/// <summary>Takes promised work and has it done: woken by a signal, looking by itself every second, renewing leases while it works.</summary>
public sealed partial class JobRunner(
    JobQueue queue, JobSignal signal, IEnumerable<IJobHandler> handlers, HubSettings settings, TimeProvider clock, ILogger<JobRunner> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>How long work rests that met a broken machine.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stopping)
        => Task.WhenAll(handlers.SelectMany(h => Enumerable.Range(0, h.Workers).Select(_ => Task.Run(() => WorkAsync(h, stopping), CancellationToken.None))));

    private async Task WorkAsync(IJobHandler handler, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var next = signal.Next;
            try
            {
                var jobs = await queue.ClaimAsync(handler.Kind, handler.AtOnce, stopping);
                if (jobs.Count > 0)
                {
                    await HoldAsync(handler, jobs, stopping);
                    continue;
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception away) when (RecordAway.Is(away))
            {
                QueueAway(handler.Kind, away.GetBaseException().Message);
            }
            // The outermost loop of a worker: whatever breaks the queue (a full disk, a locked record), the worker looks again; leases bring the jobs back.
            catch (Exception broken)
            {
                QueueBroken(broken, handler.Kind);
            }
            await Task.WhenAny(next, Task.Delay(Look, clock, stopping));
        }
    }

    /// <summary>Works on what one claim gave, holding its leases.</summary>
    private async Task HoldAsync(IJobHandler handler, IReadOnlyList<Job> jobs, CancellationToken stopping)
    {
        using var cut = new CancellationTokenSource();
        await using var stop = stopping.Register(() => cut.CancelAfter(TimeSpan.FromSeconds(settings.DrainSeconds)));
        using var done = new CancellationTokenSource();
        var renewing = RenewAsync(jobs, cut, done.Token);
        try
        {
            // Given up by death: the worker of its last attempt never said how it went.
            foreach (var job in jobs.Where(j => j.Attempts > j.MaxAttempts))
                await FailAsync(handler, job, new JobOutcome.Failed("每次处理时进程都意外终止。The worker stopped without an answer in every attempt."));
            Job[] alive = [.. jobs.Where(j => j.Attempts <= j.MaxAttempts)];
            if (alive.Length > 0) await RunAsync(handler, alive, stopping, cut.Token);
        }
        finally
        {
            await done.CancelAsync();
            await renewing;
        }
    }

    private async Task RunAsync(IJobHandler handler, Job[] jobs, CancellationToken stopping, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        var outcome = await MeasuredJob.RunAsync(handler.Kind, jobs.Length, () => TryAsync(handler, jobs, ct));
        switch (outcome)
        {
            case JobOutcome.Done:
                Done(handler.Kind, jobs.Length, jobs[0].Subject, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                break;
            case JobOutcome.Lost:
                Lost(handler.Kind, jobs.Length, jobs[0].Subject);
                break;
            case JobOutcome.NotNow { Why: var why }:
                await ReturnAsync(handler, jobs, ct.IsCancellationRequested ? TimeSpan.Zero : Rest);
                Returned(handler.Kind, jobs.Length, jobs[0].Subject, why);
                break;
            // Whoever stops a hub often tells all its processes at once: a reading child that dies then says nothing about its file.
            case JobOutcome.Failed { Reason: var reason } when stopping.IsCancellationRequested:
                await queue.ReturnAsync(jobs, TimeSpan.Zero, CancellationToken.None);
                Returned(handler.Kind, jobs.Length, jobs[0].Subject, $"the hub stops ({reason})");
                break;
            case JobOutcome.Failed when jobs.Length > 1:
                // One of them is bad, and which one is found by halves; the others are done.
                await RunAsync(handler, jobs[..(jobs.Length / 2)], stopping, ct);
                await RunAsync(handler, jobs[(jobs.Length / 2)..], stopping, ct);
                break;
            case JobOutcome.Failed failed:
                await FailAsync(handler, jobs[0], failed);
                break;
            case JobOutcome.Refused { Reasons: var reasons }:
                foreach (var job in jobs.Where(j => reasons.ContainsKey(j.Subject))) await RefuseAsync(handler, job, reasons[job.Subject]);
                break;
        }
    }

    /// <summary>Where the record was what broke: until it is back, or the hub stops, or the leases are over by themselves.</summary>
    private async Task ReturnAsync(IJobHandler handler, Job[] jobs, TimeSpan pause)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await queue.ReturnAsync(jobs, pause, CancellationToken.None);
                return;
            }
            catch (Exception away) when (RecordAway.Is(away) && pause > TimeSpan.Zero && tries * Look < queue.RenewEvery)
            {
                QueueAway(handler.Kind, away.GetBaseException().Message);
                await Task.Delay(Look, clock);
            }
        }
    }

    private static async Task<JobOutcome> TryAsync(IJobHandler handler, Job[] jobs, CancellationToken ct)
    {
        try
        {
            return await handler.RunAsync(jobs, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return new JobOutcome.NotNow("cut short: the hub stops or the lease was lost");
        }
        catch (Exception away) when (RecordAway.Is(away))
        {
            return new JobOutcome.NotNow("the record does not answer");
        }
        // Whatever a job dies of is that job's failure, with its reason kept for an admin; it must not end the worker.
        catch (Exception bad)
        {
            return new JobOutcome.Failed($"{bad.GetType().Name}: {bad.Message}");
        }
    }

    private async Task FailAsync(IJobHandler handler, Job job, JobOutcome.Failed failed)
    {
        var state = await queue.FailAsync(job, failed.Reason, failed.GiveUp ?? (db => handler.GiveUpAsync(db, job, failed.Reason, CancellationToken.None)), CancellationToken.None);
        // Giving up may promise other work, such as showing a file that cannot be read in the index.
        queue.Wake();
        switch (state)
        {
            case JobState.Failed:
                HubMeter.JobEnded(handler.Kind, "given_up", 1);
                GivenUp(handler.Kind, job.Subject, job.Attempts, failed.Reason);
                break;
            case null:
                HubMeter.JobEnded(handler.Kind, "lost", 1);
                Lost(handler.Kind, 1, job.Subject);
                break;
            default:
                HubMeter.JobEnded(handler.Kind, "failed", 1);
                TryingAgain(handler.Kind, job.Subject, job.Attempts, failed.Reason);
                break;
        }
    }

    private async Task RefuseAsync(IJobHandler handler, Job job, string reason)
    {
        if (await queue.RefuseAsync(job, reason, db => handler.GiveUpAsync(db, job, reason, CancellationToken.None), CancellationToken.None) == JobState.Failed)
            GivenUp(handler.Kind, job.Subject, job.Attempts, reason);
        queue.Wake();
    }

    private async Task RenewAsync(IReadOnlyList<Job> jobs, CancellationTokenSource cut, CancellationToken done)
    {
        using var tick = new PeriodicTimer(queue.RenewEvery, clock);
        while (!done.IsCancellationRequested)
        {
            try
            {
                await tick.WaitForNextTickAsync(done);
                // Jobs that are done already are no longer held; when none is, nothing that is still being done can be kept.
                if (await queue.RenewAsync(jobs, done) == 0) await cut.CancelAsync();
            }
            catch (OperationCanceledException) when (done.IsCancellationRequested)
            {
                return;
            }
            // A missed renewal is no loss yet: four more fit into a lease.
            catch (System.Data.Common.DbException broken)
            {
                QueueBroken(broken, jobs[0].Kind);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "{Kind}: {Count} done in {Milliseconds:F0} ms, first {Subject}")]
    private partial void Done(string kind, int count, Guid subject, double milliseconds);

    [LoggerMessage(LogLevel.Warning, "{Kind}: the lease of {Count} was lost, first {Subject}; another worker has them")]
    private partial void Lost(string kind, int count, Guid subject);

    [LoggerMessage(LogLevel.Information, "{Kind}: {Count} given back, first {Subject}: {Why}")]
    private partial void Returned(string kind, int count, Guid subject, string why);

    [LoggerMessage(LogLevel.Warning, "{Kind}: attempt {Attempt} on {Subject} failed, it is tried again: {Reason}")]
    private partial void TryingAgain(string kind, Guid subject, int attempt, string reason);

    [LoggerMessage(LogLevel.Error, "{Kind}: {Subject} is given up after {Attempts} attempts: {Reason}")]
    private partial void GivenUp(string kind, Guid subject, int attempts, string reason);

    [LoggerMessage(LogLevel.Warning, "{Kind}: the database does not answer, it is looked again soon: {Why}")]
    private partial void QueueAway(string kind, string why);

    [LoggerMessage(LogLevel.Error, "{Kind}: the queue of jobs cannot be read or written")]
    private partial void QueueBroken(Exception exception, string kind);
}
