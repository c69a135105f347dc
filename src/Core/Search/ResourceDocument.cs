namespace ResourceHub.Core.Search;

/// <summary>What the index holds of one resource, built from the database alone, so that an index can always be thrown away.</summary>
public sealed record ResourceDocument
{
    public required Guid Id { get; init; }

    /// <summary>A write with a lower revision than the index has is ignored.</summary>
    public required long Revision { get; init; }

    public required string Title { get; init; }
    public string? Description { get; init; }

    /// <summary>What it is about, in its keywords: suggested while somebody types.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>Keywords, chapter, school and contributor names: found by, never shown as a passage.</summary>
    public IReadOnlyList<string> Extra { get; init; } = [];

    /// <summary>Facet values by field; one or many.</summary>
    public required IReadOnlyDictionary<FacetName, IReadOnlyList<string>> Values { get; init; }

    /// <summary>Who may find it: <c>ResourceAccess.TokensOf(resource)</c>.</summary>
    public required IReadOnlyList<string> AccessTokens { get; init; }

    public required DateTime CreatedAt { get; init; }
    public required DateTime UpdatedAt { get; init; }
    public required long Downloads { get; init; }

    /// <summary>The text of its files in reading order, cut into passages of some hundred characters.</summary>
    public IReadOnlyList<Passage> Passages { get; init; } = [];
}

/// <summary>A piece of text and where its original stands.</summary>
public sealed record Passage(PassageSource Source, string Text);
