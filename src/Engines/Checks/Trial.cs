using ResourceHub.Core.Search;

namespace ResourceHub.Engines.Checks;

/// <summary>A place of its own on a configured engine, to try behaviour out in. Disposing it leaves nothing behind.</summary>
public abstract class Trial<T> : IAsyncDisposable
{
    /// <summary>The engine on that place.</summary>
    public abstract T Engine { get; }

    /// <summary>Opens the same place anew, as after a restart or from another process; <see cref="Engine"/> is another one then.</summary>
    public abstract Task ReopenAsync(CancellationToken ct);

    /// <summary>Lets the engine forget what it remembers only for a while.</summary>
    public virtual Task ForgetAsync(CancellationToken ct) => ReopenAsync(ct);

    /// <summary>Ends what keeps a page's position good, as time does. False where positions are good for ever.</summary>
    public virtual Task<bool> ExpireAsync(SearchPosition position, CancellationToken ct) => Task.FromResult(false);

    public abstract ValueTask DisposeAsync();
}

/// <summary>Gives out places of their own on one engine, as it is configured.</summary>
public interface ITrials<T>
{
    /// <summary>Which engine, and where, for a person.</summary>
    string Name { get; }

    Task<Trial<T>> OpenAsync(CancellationToken ct);

    /// <summary>Removes what a killed run left behind an hour ago or earlier.</summary>
    Task SweepAsync(CancellationToken ct);
}
