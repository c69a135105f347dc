namespace ResourceHub.Core;

/// <summary>Wakes those of this process who wait for something to be committed. Polling finds what a lost signal did not tell.</summary>
public abstract class Signal
{
    private TaskCompletionSource raised = New();

    /// <summary>This process raised it. An engine that reaches other processes passes it on from here.</summary>
    public event Action? Raised;

    /// <summary>After a commit.</summary>
    public void Raise()
    {
        Hear();
        Raised?.Invoke();
    }

    /// <summary>Another process raised it: who waits here is woken, and nobody else is told.</summary>
    public void Hear() => Interlocked.Exchange(ref raised, New()).TrySetResult();

    /// <summary>Take this before looking, await it after finding nothing: a signal in between is not missed.</summary>
    public Task Next => Volatile.Read(ref raised).Task;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
