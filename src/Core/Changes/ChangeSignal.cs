namespace ResourceHub.Core.Changes;

/// <summary>Wakes those who follow changes when this process has committed one. Polling finds what other processes did.</summary>
public sealed class ChangeSignal
{
    private TaskCompletionSource raised = New();

    public void Raise() => Interlocked.Exchange(ref raised, New()).TrySetResult();

    /// <summary>Take this before looking, await it after finding nothing: a change in between is not missed.</summary>
    public Task Next => Volatile.Read(ref raised).Task;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
