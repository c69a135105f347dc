namespace ResourceHub.Core.Search;

/// <summary>
/// Documents in, ids and places out; no engine's word crosses it. Text goes in as it is in the record: each engine folds and analyses it on its side.
/// An index that is another machine's throws <see cref="IndexAwayException"/> while it does not answer.
/// </summary>
public interface ISearchIndex
{
    /// <summary>
    /// Writes and removes in one go. When it returns, the changes survive a power cut and the next search sees them.
    /// A document older than what the index holds is ignored; so is one older than a removal.
    /// </summary>
    /// <exception cref="RefusedDocumentsException">Some were refused for what they hold; all others are written.</exception>
    Task WriteAsync(IReadOnlyCollection<ResourceDocument> documents, IReadOnlyCollection<Removal> removals, CancellationToken ct);

    Task<SearchPage> SearchAsync(SearchRequest request, CancellationToken ct);

    /// <summary>
    /// Titles, topics and chapters that start with what was typed, or have a word that does, as it is written or as it sounds; those of most and of the most
    /// used resources first; only what the tokens open.
    /// </summary>
    Task<IReadOnlyList<SuggestedPhrase>> SuggestAsync(SuggestRequest request, CancellationToken ct);

    /// <summary>What it holds of these resources, for comparing it with the record. What it never heard of is left out.</summary>
    Task<IReadOnlyDictionary<Guid, HeldDocument>> HeldAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct);

    /// <summary>Whether the index is whole, and if not, why: a missing or damaged one is rebuilt from the record.</summary>
    Task<IndexHealth> HealthAsync(CancellationToken ct);

    /// <summary>Throws everything away and starts empty: the first step of a rebuild.</summary>
    Task ClearAsync(CancellationToken ct);

    /// <summary>Notes that a rebuild has put every resource in, so that a half-rebuilt index is noticed at the next start.</summary>
    Task MarkWholeAsync(CancellationToken ct);
}

public sealed record Removal(Guid Id, long Revision);

/// <param name="IsRemoved">Only the mark of its removal is held.</param>
public sealed record HeldDocument(long Revision, bool IsRemoved);

/// <param name="IsWhole">False: missing, damaged, of another layout, or a rebuild has not ended.</param>
/// <param name="Documents">How many resources it holds.</param>
/// <param name="Detail">In words, for health and doctor.</param>
/// <param name="MayFill">Whether one that is not whole is to be filled from here: not while it is out of reach or another process fills it.</param>
/// <param name="Bytes">What it takes on disk; null where the engine does not say.</param>
public sealed record IndexHealth(bool IsWhole, int Documents, string Detail, bool MayFill = true, long? Bytes = null);
