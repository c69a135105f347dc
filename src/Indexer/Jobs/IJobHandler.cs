using ResourceHub.Core;
using ResourceHub.Core.Jobs;

namespace ResourceHub.Indexer.Jobs;

/// <summary>Does one kind of promised work.</summary>
public interface IJobHandler
{
    /// <summary>One of <see cref="JobKinds"/>.</summary>
    string Kind { get; }

    /// <summary>How many work on this kind at the same time.</summary>
    int Workers { get; }

    /// <summary>How many jobs one of them takes at once.</summary>
    int AtOnce { get; }

    /// <summary>
    /// Does the jobs of one claim and ends them (<see cref="JobQueue.CompleteAsync"/>) in the transaction that keeps what they gave. An exception is a
    /// failed attempt; for several jobs they are then tried in halves, so that one bad job does not fail the others.
    /// </summary>
    /// <param name="ct">Ends when the lease is lost or the hub stops and waits no longer.</param>
    Task<JobOutcome> RunAsync(IReadOnlyList<Job> jobs, CancellationToken ct);

    /// <summary>Writes into the record what people must see of a job that is given up. Runs in the transaction that marks it FAILED.</summary>
    Task GiveUpAsync(HubDb db, Job job, string reason, CancellationToken ct);
}

/// <summary>What became of the jobs of one run.</summary>
public abstract record JobOutcome
{
    /// <summary>Kept and ended.</summary>
    public sealed record Done : JobOutcome;

    /// <summary>Another worker owns the job by now; nothing of it was kept.</summary>
    public sealed record Lost : JobOutcome;

    /// <summary>An attempt that failed.</summary>
    /// <param name="Reason">For an admin.</param>
    /// <param name="GiveUp">Instead of <see cref="IJobHandler.GiveUpAsync"/>, where the attempt knows better what to keep.</param>
    public sealed record Failed(string Reason, Func<HubDb, Task>? GiveUp = null) : JobOutcome;

    /// <summary>Some would fail however often they are tried, and are given up at once; the others are kept and ended.</summary>
    /// <param name="Reasons">By subject, for an admin.</param>
    public sealed record Refused(IReadOnlyDictionary<Guid, string> Reasons) : JobOutcome;

    /// <summary>The machine is at fault and not the job, such as a full disk: again later, and no attempt is counted.</summary>
    public sealed record NotNow(string Why) : JobOutcome;
}
