using ResourceHub.Core.Files;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Search.Understanding;

namespace ResourceHub.Core.Search;

/// <summary>One page of what a viewer found, every row read from the record and checked again.</summary>
/// <param name="Total">All matches the viewer may see; -1 when it was not asked for.</param>
/// <param name="HasMore">Whether another page follows.</param>
/// <param name="EndCursor">Where the next page starts; null for an empty page.</param>
public sealed record FoundPage(int Total, IReadOnlyList<FoundResource> Hits, bool HasMore, string? EndCursor, IReadOnlyList<FacetCounts> Facets)
{
    /// <summary>The words that were recognised, as they worked on this page.</summary>
    public IReadOnlyList<QueryChip> Chips { get; init; } = [];

    /// <summary>What was searched as text; null when recognised words were all there was.</summary>
    public string? SearchedText { get; init; }

    /// <summary>The query with wrong characters written better; null when there are none, or it was not asked for.</summary>
    public string? DidYouMean { get; init; }

    /// <summary>Why this is not quite what was asked; null when it is.</summary>
    public SearchNotice? Notice { get; init; }
}

/// <param name="Cursor">Opaque; good for the same question by the same viewer only.</param>
public sealed record FoundResource(Resource Resource, string Cursor, IReadOnlyList<FoundHighlight> Highlights);

/// <summary>Words of the question as they stand in the original.</summary>
/// <param name="Field">title, description, or text for a passage of a file.</param>
/// <param name="Location">Where in the file, for text.</param>
/// <param name="FileId">Which file, for text.</param>
public sealed record FoundHighlight(string Field, MarkedText Text, Location? Location = null, Guid? FileId = null);
