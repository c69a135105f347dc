namespace ResourceHub.Core;

/// <summary>What must be done before the doors open: the record's migrations, opening the index. Run one after the other in the order of registration.</summary>
public interface IPrepareAtStart
{
    /// <exception cref="CannotStartException">It cannot work.</exception>
    Task PrepareAsync(CancellationToken ct);
}

/// <summary>The hub cannot start on what it was given; the message says what to do, and is all that is shown.</summary>
public sealed class CannotStartException(string message) : Exception(message);
