using System.Diagnostics;
using System.Threading.Channels;
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
public sealed partial class RebuildIndex(IDbContextFactory<HubDb> databases, ISearchIndex index, JobQueue queue, TimeProvider clock, ILogger<RebuildIndex> log) : BackgroundService
{
    /// <summary>Asking costs nothing, and damage that shows while the hub runs leaves an empty index.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    /// <summary>Nobody waits for one document of a rebuild: large batches make fewer, larger pieces of index to be merged.</summary>
    private const int AtOnce = 1000;

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var tick = new PeriodicTimer(Look, clock);
        do
        {
            try
            {
                if (await index.HealthAsync(stopping) is { IsWhole: false, MayFill: true, Detail: var why }) await RebuildAsync(why, stopping);
            }
            // The index is one of several services: without it people still open, upload and download, so its trouble does not end the hub.
            catch (Exception broken) when (broken is not OperationCanceledException)
            {
                Broken(broken);
            }
        }
        while (await tick.WaitForNextTickAsync(stopping));
    }

    /// <summary>Empties the index and fills it with every resource; one batch is read while the one before it is written.</summary>
    public async Task RebuildAsync(string why, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        Begun(why);
        await index.ClearAsync(ct);
        var batches = Channel.CreateBounded<Batch>(1);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct);
        // Both sides work without pause, each on a thread of its own.
        var reading = Task.Run(() => ReadAsync(batches.Writer, both.Token), CancellationToken.None);
        var written = 0;
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(both.Token)) written += await WriteAsync(batch, both.Token);
        }
        finally
        {
            await both.CancelAsync();
            await reading;
        }
        ct.ThrowIfCancellationRequested();
        await index.MarkWholeAsync(ct);
        Ended(written, Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    private async Task ReadAsync(ChannelWriter<Batch> batches, CancellationToken ct)
    {
        try
        {
            for (Guid? after = Guid.Empty; after is { } last;)
            {
                await using var db = await databases.CreateDbContextAsync(ct);
                var ids = await db.Resources.AsNoTracking().Where(r => r.Id > last).OrderBy(r => r.Id).Select(r => r.Id).Take(AtOnce).ToListAsync(ct);
                var groups = await ResourceDocuments.GroupAsync(db, ids, ct);
                foreach (var group in groups) await batches.WriteAsync(new(await ResourceDocuments.BuildAsync(db, group, ct), []), ct);
                // What was deleted stays out even when another process, held up for an hour, still writes it.
                Removal[] gone = [.. ids.Except(groups.SelectMany(g => g)).Select(id => new Removal(id, long.MaxValue))];
                if (gone.Length > 0) await batches.WriteAsync(new([], gone), ct);
                after = ids.Count == AtOnce ? ids[^1] : null;
            }
            batches.Complete();
        }
        // Reading may fail for any reason; the writing side, which waits for it, is the one that says so.
        catch (Exception broken)
        {
            batches.Complete(broken);
        }
    }

    private async Task<int> WriteAsync(Batch batch, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await index.WriteAsync(batch.Documents, batch.Removals, ct);
                return batch.Documents.Count;
            }
            catch (IOException full)
            {
                Waiting(full.Message);
                await Task.Delay(Rest, clock, ct);
            }
            // A document that the index will not take must not keep the others out: as jobs they are parted, and the bad one ends FAILED with its reason.
            catch (Exception bad) when (bad is not OperationCanceledException)
            {
                HandedOver(bad, batch.Documents.Count);
                await PromiseAsync(batch, ct);
                return 0;
            }
        }
    }

    private async Task PromiseAsync(Batch batch, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        foreach (var id in batch.Documents.Select(d => d.Id).Concat(batch.Removals.Select(r => r.Id)))
            await JobQueue.PromiseAsync(db, JobKinds.Index, id, JobPriority.Bulk, clock.GetUtcNow().UtcDateTime, ct);
        await transaction.CommitAsync(ct);
        queue.Wake();
    }

    private sealed record Batch(IReadOnlyList<ResourceDocument> Documents, IReadOnlyList<Removal> Removals);

    [LoggerMessage(LogLevel.Information, "The index is filled from the record: {Why}")]
    private partial void Begun(string why);

    [LoggerMessage(LogLevel.Information, "The index is whole: {Count} resources in {Seconds:F1} s")]
    private partial void Ended(int count, double seconds);

    [LoggerMessage(LogLevel.Warning, "Rebuilding waits, the index cannot be written: {Why}")]
    private partial void Waiting(string why);

    [LoggerMessage(LogLevel.Warning, "A batch of {Count} resources was refused by the index and is tried one by one")]
    private partial void HandedOver(Exception exception, int count);

    [LoggerMessage(LogLevel.Error, "The index cannot be rebuilt; it is tried again soon")]
    private partial void Broken(Exception exception);
}
