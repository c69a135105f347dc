namespace ResourceHub.Core.Jobs;

/// <summary>Wakes the workers of this process when a transaction with new jobs has been committed. Polling finds the rest.</summary>
public sealed class JobSignal
{
    private TaskCompletionSource raised = New();

    public void Raise() => Interlocked.Exchange(ref raised, New()).TrySetResult();

    /// <summary>Take this before looking for work, await it after finding none: a signal in between is not missed.</summary>
    public Task Next => Volatile.Read(ref raised).Task;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
