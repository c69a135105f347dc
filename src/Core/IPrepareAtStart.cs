namespace ResourceHub.Core;

/// <summary>What must be done before the doors open: the record's migrations, opening the index. Run one after the other in the order of registration.</summary>
public interface IPrepareAtStart
{
    /// <exception cref="InvalidOperationException">It cannot work; the message says what to do.</exception>
    Task PrepareAsync(CancellationToken ct);
}
