using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ResourceHub.Core.Audit;
using ResourceHub.Core.People;

namespace ResourceHub.Api.Audit;

/// <summary>
/// Lines of the audit log that come often and change nothing, such as downloads: who causes one does not wait for it. All that came within a second are one
/// transaction. What cannot be written is kept and tried again; when the hub stops, what is left is written.
/// </summary>
public sealed partial class AuditQueue(AuditLog audit, TimeProvider clock, ILogger<AuditQueue> log) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Some 50 MB. The record being away for so long is an outage that the log of the process tells of.</summary>
    private const int MostWaiting = 100_000;

    private const int AtOnce = 1000;

    private readonly ConcurrentQueue<AuditLine> waiting = [];
    private readonly SemaphoreSlim writing = new(1);
    private int count;
    private long lost;

    public void Note(Viewer viewer, AuditNote note)
    {
        if (Interlocked.Increment(ref count) > MostWaiting)
        {
            Interlocked.Decrement(ref count);
            Interlocked.Increment(ref lost);
            return;
        }
        waiting.Enqueue(new AuditLine(viewer, note, clock.GetUtcNow().UtcDateTime));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await WriteAsync(stoppingToken);
    }

    /// <summary>After the last request: those that still ran while the hub was stopping have their lines too.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken) => WriteAsync(CancellationToken.None);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Writes what waits.</summary>
    public async Task WriteAsync(CancellationToken ct)
    {
        await writing.WaitAsync(ct);
        try
        {
            while (waiting.Take(AtOnce).ToList() is { Count: > 0 } batch)
            {
                await audit.WriteAsync(Merged(batch), ct);
                for (var i = 0; i < batch.Count; i++) waiting.TryDequeue(out _);
                Interlocked.Add(ref count, -batch.Count);
            }
            if (Interlocked.Exchange(ref lost, 0) is > 0 and var gone) LogLost(gone);
        }
        catch (Exception later) when (later is DbException or DbUpdateException)
        {
            LogLater(waiting.Count, later);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>Somebody who tries keys one after the other would fill the log: within one batch that is one line for each address.</summary>
    private static List<AuditLine> Merged(List<AuditLine> batch)
    {
        List<AuditLine> lines = [.. batch.Where(l => l.Note.Action != AuditActions.NotAuthenticated)];
        foreach (var alike in batch.Where(l => l.Note.Action == AuditActions.NotAuthenticated).GroupBy(l => (l.Viewer.Origin.Ip, l.Note.Detail)))
            lines.Add(alike.Count() == 1 ? alike.First() : alike.First() with { Note = alike.First().Note with { Detail = $"{alike.Key.Detail} ×{alike.Count()}" } });
        return [.. lines.OrderBy(l => l.At)];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} audit lines could not be written yet; they are kept and tried again")]
    private partial void LogLater(int count, Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} audit lines were lost: the record took none for too long")]
    private partial void LogLost(long count);
}

public static class AuditServices
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
        => services.AddSingleton<AuditQueue>().AddHostedService(s => s.GetRequiredService<AuditQueue>()).AddSingleton<RestrictedReads>();
}
