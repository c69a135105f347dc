using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.Search;

namespace ResourceHub.Indexer.Jobs;

/// <summary>
/// Shows the index what the record says now. The index is written before the jobs end: after a crash in between they run again, and writing the same
/// document twice leaves one.
/// </summary>
public sealed class IndexResource(IDbContextFactory<HubDb> databases, ISearchIndex index) : IJobHandler
{
    public string Kind => JobKinds.Index;

    /// <summary>The index has one writer.</summary>
    public int Workers => 1;

    /// <summary>A batch costs one flush to disk, and who asked last waits for the whole of it.</summary>
    public int AtOnce => 200;

    public async Task<JobOutcome> RunAsync(IReadOnlyList<Job> jobs, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        Guid[] ids = [.. jobs.Select(j => j.Subject)];
        try
        {
            var groups = await ResourceDocuments.GroupAsync(db, ids, ct);
            foreach (var group in groups) await index.WriteAsync(await ResourceDocuments.BuildAsync(db, group, ct), [], ct);
            // A row that is gone never comes back, so its removal is newer than anything.
            Removal[] gone = [.. ids.Except(groups.SelectMany(g => g)).Select(id => new Removal(id, long.MaxValue))];
            if (gone.Length > 0) await index.WriteAsync([], gone, ct);
        }
        catch (IOException broken)
        {
            return new JobOutcome.NotNow($"the index cannot be written: {broken.Message}");
        }
        // One statement ends all that are still held; what another worker took over, it writes again.
        return await JobQueue.CompleteAsync(db, jobs, ct) == 0 ? new JobOutcome.Lost() : new JobOutcome.Done();
    }

    public Task GiveUpAsync(HubDb db, Job job, string reason, CancellationToken ct) => Task.CompletedTask;
}
