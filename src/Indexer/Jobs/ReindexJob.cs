using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.Search;

namespace ResourceHub.Indexer.Jobs;

/// <summary>Makes the index anew in the process that has it: what <c>reindex</c> asks of a hub that runs on an index in its own folder. How far it is stands in the job's reason.</summary>
public sealed class ReindexJob(IDbContextFactory<HubDb> databases, Reindex reindex, IndexVerification verification) : IJobHandler
{
    private static readonly TimeSpan Told = TimeSpan.FromSeconds(1);

    public string Kind => JobKinds.Reindex;
    public int Workers => 1;
    public int AtOnce => 1;

    public async Task<JobOutcome> RunAsync(IReadOnlyList<Job> jobs, CancellationToken ct)
    {
        var last = 0L;
        try
        {
            await reindex.RunAsync(TellAsync, ct);
            if ((await verification.RunAsync(ct)).Wrong is { Count: > 0 } wrong)
                return new JobOutcome.Refused(new Dictionary<Guid, string> { [jobs[0].Subject] = $"the index differs from the record: {string.Join("; ", wrong)}" });
        }
        catch (IOException away)
        {
            return new JobOutcome.NotNow($"the index cannot be made anew now: {away.Message}");
        }
        await using var db = await databases.CreateDbContextAsync(ct);
        return await JobQueue.CompleteAsync(db, jobs, ct) == 0 ? new JobOutcome.Lost() : new JobOutcome.Done();

        async Task TellAsync(int done, int total)
        {
            if (last != 0 && Stopwatch.GetElapsedTime(last) < Told) return;
            last = Stopwatch.GetTimestamp();
            await using var record = await databases.CreateDbContextAsync(ct);
            var said = string.Create(CultureInfo.InvariantCulture, $"{done} / {total}");
            await record.Jobs.Where(j => j.Id == jobs[0].Id).ExecuteUpdateAsync(set => set.SetProperty(j => j.Reason, said), ct);
        }
    }

    public Task GiveUpAsync(HubDb db, Job job, string reason, CancellationToken ct) => Task.CompletedTask;
}
