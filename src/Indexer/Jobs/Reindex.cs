using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ResourceHub.Core;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.Search;

namespace ResourceHub.Indexer.Jobs;

/// <param name="Written">Documents that this run put in.</param>
/// <param name="WasResumed">Whether it went on where an earlier one was cut off.</param>
public sealed record Reindexed(int Written, bool WasResumed, TimeSpan Took);

/// <summary>
/// Makes the index anew from the record while searches and writes go on, in seven steps: 1. an empty index beside the one in use; 2. every write goes into both;
/// 3. only then the record is read, and its documents are put in by the same versions; 4. it is merged, refreshed and warmed; 5. it takes over in one step;
/// 6. writes go into it alone; 7. the one that was replaced goes once nobody can be reading in it.
/// </summary>
public sealed partial class Reindex(IDbContextFactory<HubDb> databases, IIndexRenewal renewal, JobQueue queue, TimeProvider clock, ILogger<Reindex> log)
{
    /// <param name="progress">Told how many of how many are in.</param>
    /// <exception cref="IndexAwayException">Not now.</exception>
    /// <exception cref="IndexLostException">Another process gave up what this one was making.</exception>
    public async Task<Reindexed> RunAsync(Func<int, int, Task> progress, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        await using var fresh = await renewal.BeginAsync(ct);
        var start = fresh.Reached;
        var (total, done) = await CountAsync(start, ct);
        Begun(done, total);
        await progress(done, total);
        var written = await new RecordFilling(databases, queue, clock, log).RunAsync(start, async (batch, stop) =>
        {
            await fresh.WriteAsync(batch.Documents, batch.Removals, batch.Reached, stop);
            done += batch.Documents.Count;
            await progress(Math.Min(done, total), total);
        }, ct);
        await fresh.TakeOverAsync(ct);
        var took = Stopwatch.GetElapsedTime(began);
        Ended(written, took.TotalSeconds);
        return new(written, start != Guid.Empty, took);
    }

    private async Task<(int Total, int Done)> CountAsync(Guid reached, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var alive = db.Resources.Where(r => r.State != Core.Resources.ResourceState.Deleted);
        return (await alive.CountAsync(ct), reached == Guid.Empty ? 0 : await alive.CountAsync(r => r.Id <= reached, ct));
    }

    [LoggerMessage(LogLevel.Information, "The index is made anew beside the one in use: {Done} of {Total} are in")]
    private partial void Begun(int done, int total);

    [LoggerMessage(LogLevel.Information, "The index made anew has taken over: {Count} resources in {Seconds:F1} s")]
    private partial void Ended(int count, double seconds);
}
