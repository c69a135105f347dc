using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ResourceHub.Core;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.Search;

namespace ResourceHub.Indexer.Jobs;

/// <param name="Reached">Up to which resource, in the order of their ids, everything is in with this batch.</param>
public sealed record RecordBatch(IReadOnlyList<ResourceDocument> Documents, IReadOnlyList<Removal> Removals, Guid Reached);

/// <summary>
/// Puts every resource of the record into an index; one batch is read while the one before it is written. An index that cannot be written is waited for; a
/// document that it will not take is left to a job of its own.
/// </summary>
public sealed partial class RecordFilling(IDbContextFactory<HubDb> databases, JobQueue queue, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    /// <summary>Nobody waits for one document of a fill: large batches make fewer, larger pieces of index to be merged.</summary>
    private const int AtOnce = 1000;

    /// <param name="after">The last resource that is in already; empty for none.</param>
    /// <returns>How many documents were written.</returns>
    public async Task<int> RunAsync(Guid after, Func<RecordBatch, CancellationToken, Task> write, CancellationToken ct)
    {
        var batches = Channel.CreateBounded<RecordBatch>(1);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct);
        // Both sides work without pause, each on a thread of its own.
        var reading = Task.Run(() => ReadAsync(after, batches.Writer, both.Token), CancellationToken.None);
        var written = 0;
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(both.Token)) written += await WriteAsync(batch, write, both.Token);
        }
        finally
        {
            await both.CancelAsync();
            await reading;
        }
        ct.ThrowIfCancellationRequested();
        return written;
    }

    private async Task ReadAsync(Guid start, ChannelWriter<RecordBatch> batches, CancellationToken ct)
    {
        try
        {
            for (Guid? after = start; after is { } last;)
            {
                await using var db = await databases.CreateDbContextAsync(ct);
                var ids = await db.Resources.AsNoTracking().Where(r => r.Id > last).OrderBy(r => r.Id).Select(r => r.Id).Take(AtOnce).ToListAsync(ct);
                var groups = await ResourceDocuments.GroupAsync(db, ids, ct);
                // Only with the last of them everything up to it is in.
                foreach (var group in groups) await batches.WriteAsync(new(await ResourceDocuments.BuildAsync(db, group, ct), [], last), ct);
                // What was deleted stays out even when another process, held up for an hour, still writes it.
                Removal[] gone = [.. ids.Except(groups.SelectMany(g => g)).Select(id => new Removal(id, long.MaxValue))];
                if (ids.Count > 0) await batches.WriteAsync(new([], gone, ids[^1]), ct);
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

    private async Task<int> WriteAsync(RecordBatch batch, Func<RecordBatch, CancellationToken, Task> write, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await write(batch, ct);
                return batch.Documents.Count;
            }
            catch (IOException full)
            {
                Waiting(full.Message);
                await Task.Delay(Rest, clock, ct);
            }
            // The others are in; as a job each of these ends FAILED with its reason.
            catch (RefusedDocumentsException refused)
            {
                HandedOver(refused, refused.Reasons.Count);
                await PromiseAsync(refused.Reasons.Keys, ct);
                return batch.Documents.Count - refused.Reasons.Count;
            }
            // Documents that break the engine must not keep the others out: as jobs they are parted.
            catch (Exception bad) when (bad is not (OperationCanceledException or IndexLostException))
            {
                HandedOver(bad, batch.Documents.Count);
                await PromiseAsync(batch.Documents.Select(d => d.Id).Concat(batch.Removals.Select(r => r.Id)), ct);
                return 0;
            }
        }
    }

    private async Task PromiseAsync(IEnumerable<Guid> resources, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginWriteAsync(ct);
        foreach (var id in resources) await JobQueue.PromiseAsync(db, JobKinds.Index, id, JobPriority.Bulk, clock.GetUtcNow().UtcDateTime, ct);
        await transaction.CommitAsync(ct);
        queue.Wake();
    }

    [LoggerMessage(LogLevel.Warning, "Filling waits, the index cannot be written: {Why}")]
    private partial void Waiting(string why);

    [LoggerMessage(LogLevel.Warning, "{Count} resources were refused by the index and are tried one by one")]
    private partial void HandedOver(Exception exception, int count);
}
