namespace ResourceHub.Web.Hub;

/// <summary>A place of the textbook catalogue, with as much around it as the page asked for.</summary>
public sealed record CataloguePlace
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public string Level { get; init; } = "";
    public Term? Subject { get; init; }
    public Term? Grade { get; init; }
    public Term? Edition { get; init; }
    public Term? Volume { get; init; }
    public IReadOnlyList<string> Topics { get; init; } = [];
    public bool IsRetired { get; init; }
    public int ResourceCount { get; init; }
    public int LessonCount { get; init; }
    public CataloguePlace? Parent { get; init; }
    public IReadOnlyList<CataloguePlace> Children { get; init; } = [];
    public IReadOnlyList<CataloguePlace> Siblings { get; init; } = [];
    public Listed<LessonSummary>? Lessons { get; init; }
    public Listed<ResourceSummary>? Resources { get; init; }

    /// <summary>What it is in, the volume first.</summary>
    public IEnumerable<CataloguePlace> Above => Parent is null ? [] : Parent.Above.Append(Parent);
}
