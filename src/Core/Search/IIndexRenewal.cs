namespace ResourceHub.Core.Search;

/// <summary>Makes an index anew beside the one in use: searches and writes go on, and what was searched until then is replaced in one step.</summary>
public interface IIndexRenewal
{
    /// <summary>
    /// Begins, or goes on where one was cut off. From now on every write goes into both. The record is to be read after this: what was committed before is then in
    /// what is read, and what is committed later is written to both by whoever writes it.
    /// </summary>
    /// <exception cref="IndexAwayException">Not now: another process is at it, or the index in use is itself not whole.</exception>
    Task<IRenewedIndex> BeginAsync(CancellationToken ct);

    /// <summary>Throws away what was replaced and nobody can still be reading.</summary>
    Task TidyAsync(CancellationToken ct);
}

/// <summary>The index that is being made. Disposed before it has taken over, it stays to be gone on with, where the engine can.</summary>
public interface IRenewedIndex : IAsyncDisposable
{
    /// <summary>The last resource that an attempt which was cut off had put in; empty for the beginning.</summary>
    Guid Reached { get; }

    /// <summary>Puts documents in, by the same versions as every other write.</summary>
    /// <param name="reached">Up to which resource, in the order of their ids, everything is in with this.</param>
    /// <exception cref="IndexLostException">Somebody gave it up meanwhile.</exception>
    Task WriteAsync(IReadOnlyCollection<ResourceDocument> documents, IReadOnlyCollection<Removal> removals, Guid reached, CancellationToken ct);

    /// <summary>Makes it ready and puts it in the place of the one in use.</summary>
    Task TakeOverAsync(CancellationToken ct);
}

/// <summary>The index that was being made is no longer there: it must be begun anew.</summary>
public sealed class IndexLostException(string message) : Exception(message);
