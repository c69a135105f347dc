using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.Search;

namespace ResourceHub.Indexer.Jobs;

/// <summary>
/// Shows the index what the record says now. The index is written before the jobs end: after a crash in between they run again, and writing the same
/// document twice leaves one.
/// </summary>
public sealed class IndexResource(IDbContextFactory<HubDb> databases, ISearchIndex index, TimeProvider clock) : IJobHandler
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
        Dictionary<Guid, string> refused = [];
        try
        {
            var groups = await ResourceDocuments.GroupAsync(db, ids, ct);
            foreach (var group in groups)
            {
                var documents = await ResourceDocuments.BuildAsync(db, group, ct);
                foreach (var (id, reason) in await WriteAsync(documents, ct)) refused[id] = reason;
                await KnowsAsync(db, [.. documents.Where(d => !refused.ContainsKey(d.Id))], ct);
            }
            // What is deleted never comes back, so its removal is newer than anything.
            Removal[] gone = [.. ids.Except(groups.SelectMany(g => g)).Select(id => new Removal(id, long.MaxValue))];
            if (gone.Length > 0)
            {
                await index.WriteAsync([], gone, ct);
                var goneIds = gone.Select(g => g.Id).ToList();
                await db.Narrowings.Where(n => goneIds.Contains(n.ResourceId)).ExecuteDeleteAsync(ct);
            }
        }
        catch (IOException broken)
        {
            return new JobOutcome.NotNow($"the index cannot be written: {broken.Message}");
        }
        Job[] written = [.. jobs.Where(j => !refused.ContainsKey(j.Subject))];
        // One statement ends all that are still held; what another worker took over, it writes again.
        var ended = written.Length == 0 ? 0 : await JobQueue.CompleteAsync(db, written, ct);
        if (ended > 0) await SearchableLag.NoteAsync(db, written, clock.GetUtcNow().UtcDateTime, ct);
        return refused.Count > 0 ? new JobOutcome.Refused(refused) : ended == 0 ? new JobOutcome.Lost() : new JobOutcome.Done();
    }

    /// <summary>What the index refuses for what it holds is refused again however often it is sent.</summary>
    private async Task<IReadOnlyDictionary<Guid, string>> WriteAsync(IReadOnlyList<ResourceDocument> documents, CancellationToken ct)
    {
        try
        {
            await index.WriteAsync(documents, [], ct);
            return new Dictionary<Guid, string>();
        }
        catch (RefusedDocumentsException some)
        {
            return some.Reasons;
        }
    }

    /// <summary>The index has these revisions now: what was closed up to them need no longer be left out.</summary>
    private static async Task KnowsAsync(HubDb db, IReadOnlyList<ResourceDocument> documents, CancellationToken ct)
    {
        var ids = documents.Select(d => d.Id).ToList();
        foreach (var narrowing in await db.Narrowings.AsNoTracking().Where(n => ids.Contains(n.ResourceId)).ToListAsync(ct))
        {
            var written = documents.First(d => d.Id == narrowing.ResourceId).Revision;
            await db.Narrowings.Where(n => n.ResourceId == narrowing.ResourceId && n.Revision <= written).ExecuteDeleteAsync(ct);
        }
    }

    public Task GiveUpAsync(HubDb db, Job job, string reason, CancellationToken ct) => Task.CompletedTask;
}
