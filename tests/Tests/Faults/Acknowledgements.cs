namespace ResourceHub.Tests.Faults;

/// <summary>Counts what the hub acknowledged, so that the moment of a kill is a point of the work and not of the clock: a slow machine does as much as a fast one.</summary>
internal sealed class Acknowledgements
{
    private readonly Lock gate = new();
    private int count;
    private int wanted;
    private TaskCompletionSource reached = new();

    /// <summary>Ends when so many more have been counted.</summary>
    public Task After(int more)
    {
        lock (gate)
        {
            wanted = count + more;
            reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return reached.Task;
        }
    }

    public void Add()
    {
        lock (gate)
        {
            if (++count == wanted) reached.SetResult();
        }
    }
}
