using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ResourceHub.Core;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.Search;

namespace ResourceHub.Indexer.Jobs;

/// <summary>
/// Fills an index that is missing, damaged or of another layout from the record, beside the daily work. Nothing is lost on the way: the index is emptied
/// first and the record read after that, so a change is in what is read or in a job that is still to come, and of two writes the higher revision stays.
/// A rebuild that was cut off leaves an index that is not whole, and begins anew at the next start.
/// </summary>
public sealed partial class RebuildIndex(IDbContextFactory<HubDb> databases, ISearchIndex index, IIndexRenewal renewal, JobQueue queue, TimeProvider clock, ILogger<RebuildIndex> log) : BackgroundService
{
    /// <summary>Asking costs nothing, and damage that shows while the hub runs leaves an empty index.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    /// <summary>How often it is looked for what was replaced.</summary>
    private static readonly TimeSpan Tidy = TimeSpan.FromMinutes(1);

    private readonly RecordFilling filling = new(databases, queue, clock, log);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var tick = new PeriodicTimer(Look, clock);
        var tidied = clock.GetUtcNow();
        do
        {
            try
            {
                if (await index.HealthAsync(stopping) is { IsWhole: false, MayFill: true, Detail: var why }) await RebuildAsync(why, stopping);
                if (clock.GetUtcNow() - tidied < Tidy) continue;
                tidied = clock.GetUtcNow();
                await renewal.TidyAsync(stopping);
            }
            // The index is one of several services: without it people still open, upload and download, so its trouble does not end the hub.
            catch (Exception broken) when (broken is not OperationCanceledException)
            {
                Broken(broken);
            }
        }
        while (await tick.WaitForNextTickAsync(stopping));
    }

    /// <summary>Empties the index and fills it with every resource.</summary>
    public async Task RebuildAsync(string why, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        Begun(why);
        await index.ClearAsync(ct);
        var written = await filling.RunAsync(Guid.Empty, (batch, stop) => index.WriteAsync(batch.Documents, batch.Removals, stop), ct);
        await index.MarkWholeAsync(ct);
        Ended(written, Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    [LoggerMessage(LogLevel.Information, "The index is filled from the record: {Why}")]
    private partial void Begun(string why);

    [LoggerMessage(LogLevel.Information, "The index is whole: {Count} resources in {Seconds:F1} s")]
    private partial void Ended(int count, double seconds);

    [LoggerMessage(LogLevel.Error, "The index cannot be rebuilt; it is tried again soon")]
    private partial void Broken(Exception exception);
}
