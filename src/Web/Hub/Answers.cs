namespace ResourceHub.Web.Hub;

// What the pages' documents ask for, in the shape it comes back. One record per GraphQL type, with the fields that some page shows.

public sealed record Term(string Code, string Label);

/// <summary>Where in a file words stand; at most one part is set.</summary>
public sealed record Place(int? Page, int? Slide, double? Second, string? Sheet)
{
    /// <summary>For files that have no places, such as plain text.</summary>
    public static readonly Place Whole = new(null, null, null, null);

    public bool IsWhole => this == Whole;
}

/// <summary>What to mark in a plain text, in UTF-16 units, end exclusive.</summary>
public sealed record TextRange(int Start, int End);

public sealed record School(string Id, string Name, string? City = null, string? Province = null);

public sealed record Connection<T>(IReadOnlyList<Edge<T>> Edges, int TotalCount = 0, PageInfo? PageInfo = null);

/// <summary>A list asked for without the places of its items.</summary>
public sealed record Listed<T>(IReadOnlyList<T> Nodes, int TotalCount = 0, PageInfo? PageInfo = null);

public sealed record Edge<T>(T Node);

public sealed record PageInfo(bool HasNextPage, string? EndCursor);

/// <summary>A resource as lists show it: Parts/ResourceCard.graphql.</summary>
public record ResourceSummary
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public string? Description { get; init; }
    public required Term Kind { get; init; }
    public Term? Subject { get; init; }
    public IReadOnlyList<Term> Grades { get; init; } = [];
    public Term? Edition { get; init; }
    public Term? Volume { get; init; }
    public string Language { get; init; } = "zh-CN";
    public School? School { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public IReadOnlyList<ResourceFile> Files { get; init; } = [];
}

/// <summary>Everything the resource page shows: Pages/Resource.graphql.</summary>
public sealed record ResourceData : ResourceSummary
{
    public Term? Stage { get; init; }
    public string? Chapter { get; init; }
    public ChapterName? CatalogueChapter { get; init; }
    public Licence? Licence { get; init; }
    public IReadOnlyList<string> Keywords { get; init; } = [];
    public IReadOnlyList<Contributor> Contributors { get; init; } = [];
    public required string State { get; init; }
    public int Version { get; init; }
    public long Downloads { get; init; }
    public IReadOnlyList<RelatedResource> MoreLikeThis { get; init; } = [];
    public Adaptation? BasedOn { get; init; }
    public Listed<Kin>? Adaptations { get; init; }
}

/// <summary>What it was made from; the resource is null where the viewer may not see it.</summary>
public sealed record Adaptation(int Version, Kin? Resource);

/// <param name="Reason">Why, as a code.</param>
public sealed record RelatedResource(string Reason, ResourceSummary Resource);

public sealed record Kin(string Id, string Title, School? School);

public sealed record Licence(string Code, string Label, bool? MayAdapt, bool? MayPassOn);

public sealed record Contributor(string Name, string Role);

/// <summary>Lists ask for its name and picture only.</summary>
public sealed record ResourceFile(string Id, string Name, string MediaType, string? ThumbnailUrl = null, long Size = 0, string DownloadUrl = "", Extraction? Extraction = null);

/// <summary>What was read from a file.</summary>
public sealed record Extraction
{
    public required string State { get; init; }
    public string? Reason { get; init; }
    public string? Message { get; init; }
    public int? PageCount { get; init; }
    public int? SlideCount { get; init; }
    public double? DurationSeconds { get; init; }
    public int? Width { get; init; }
    public int? Height { get; init; }
    public IReadOnlyList<string> Warnings { get; init; } = [];
    public IReadOnlyList<SuggestedValue> Suggestions { get; init; } = [];
    public Connection<Section>? Sections { get; init; }
    public Passage? Passage { get; init; }
}

public sealed record Section(string Kind, string? Title, string Text, Place? Location, bool Hidden = false);

public sealed record SuggestedValue(string Field, string Value, string Words, string From, Place? Location);

public sealed record Highlight(string Field, string Text, IReadOnlyList<TextRange> Ranges, Place? Location, ResourceFile? File, string? OpenUrl = null);

public sealed record SearchResults
{
    public int TotalCount { get; init; }
    public required IReadOnlyList<SearchHit> Edges { get; init; }
    public PageInfo? PageInfo { get; init; }
    public IReadOnlyList<Facet> Facets { get; init; } = [];
    public string? DidYouMean { get; init; }
    public string? SearchedText { get; init; }
    public string? Notice { get; init; }
    public IReadOnlyList<QueryChip> Chips { get; init; } = [];
}

/// <summary>Words of the query that were recognised, and what they did.</summary>
public sealed record QueryChip(string Field, string Code, string Label, string Words, string Mode);

/// <summary>Highlights where a page asks for them.</summary>
public sealed record SearchHit(ResourceSummary Node, IReadOnlyList<Highlight>? Highlights = null);

public sealed record Facet(string Name, IReadOnlyList<FacetValue> Values);

public sealed record FacetValue(string Code, string Label, int Count);

/// <summary>What stands at one place of a file, with the places before and after it: Pages/Passage.graphql.</summary>
public sealed record Passage(IReadOnlyList<MarkedSection> Sections, Place? Before, Place? Next);

/// <summary>A file opened at a place: what stands there, and where a browser shows the file itself, or the recording that its words belong to.</summary>
public sealed record OpenedFile(Extraction? Extraction, string? OpenUrl = null, Recording? Recording = null);

public sealed record Recording(string Name, string MediaType, string? OpenUrl);

public sealed record MarkedSection(Section Section, IReadOnlyList<TextRange> Ranges);
