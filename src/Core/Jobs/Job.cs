namespace ResourceHub.Core.Jobs;

/// <summary>任务的状态。The state of promised work.</summary>
public enum JobState
{
    /// <summary>等待。Waiting, maybe for its next attempt.</summary>
    Waiting,

    /// <summary>进行中。Being worked on.</summary>
    Running,

    /// <summary>已失败，可重试。Given up; it can be retried.</summary>
    Failed,
}

/// <summary>Work promised in the same transaction as the change that caused it. A finished job's row is deleted; a failed one stays to be read and retried.</summary>
public sealed class Job
{
    public long Id { get; init; }

    /// <summary>extract, index or reindex.</summary>
    public required string Kind { get; init; }

    /// <summary>The file or resource it is about. One row for each kind and subject: a UNIQUE constraint.</summary>
    public Guid Subject { get; init; }

    public JobState State { get; init; }

    /// <summary>0 interactive, 10 bulk; lower goes first.</summary>
    public int Priority { get; init; }

    public int Attempts { get; init; }
    public int MaxAttempts { get; init; }
    public DateTime RunAfter { get; init; }
    public DateTime? LeasedUntil { get; init; }

    /// <summary>Names the claim that holds the job, new with every claim: a worker that lost its lease cannot finish the job.</summary>
    public Guid? Lease { get; init; }

    /// <summary>Asked for again while it runs: it runs once more, because the worker may have read before the change.</summary>
    public bool Again { get; init; }

    /// <summary>Why the last attempt failed, or how far long work is, for a person.</summary>
    public string? Reason { get; init; }
    public DateTime CreatedAt { get; init; }
}

public static class JobKinds
{
    public const string Extract = "extract";
    public const string Index = "index";

    /// <summary>The whole index anew; its subject is empty.</summary>
    public const string Reindex = "reindex";

    /// <summary>A file that failed three readings will not be better at the fourth; an index may come back.</summary>
    public static int MaxAttempts(string kind) => kind == Extract ? 3 : 5;
}

public static class JobPriority
{
    public const int Interactive = 0;
    public const int Bulk = 10;
    public static readonly int[] All = [Interactive, Bulk];
}
