namespace ResourceHub.Web.Hub;

/// <summary>A lesson as lists show it: Parts/LessonCard.graphql.</summary>
public record LessonSummary
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public string? Period { get; init; }
    public Term? Subject { get; init; }
    public Term? Grade { get; init; }
    public Term? Edition { get; init; }
    public Term? Volume { get; init; }
    public School? School { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>Everything the lesson page shows: Pages/Lesson.graphql.</summary>
public sealed record LessonData : LessonSummary
{
    public string? Description { get; init; }
    public Term? Stage { get; init; }
    public string? Chapter { get; init; }
    public ChapterName? CatalogueChapter { get; init; }
    public string? Type { get; init; }
    public IReadOnlyList<string> Objectives { get; init; } = [];
    public required string State { get; init; }
    public int Version { get; init; }
    public required string PackUrl { get; init; }
    public IReadOnlyList<LessonPart> Parts { get; init; } = [];
    public int PartsNotShared { get; init; }
    public CourseName? Course { get; init; }
    public UnitName? Unit { get; init; }
    public Listed<LessonSummary>? Follows { get; init; }
    public Listed<LessonSummary>? FollowedBy { get; init; }
    public LessonSource? BasedOn { get; init; }
    public Listed<LessonSummary>? Adaptations { get; init; }
}

/// <param name="Label">Its kind, in the page's language.</param>
public sealed record LessonPart(int Position, string Label, PartResource Resource);

public sealed record PartResource(string Id, string Title, string Language, School? School, IReadOnlyList<ResourceFile> Files);

public sealed record ChapterName(string Id, string Title);

public sealed record CourseName(string Id, string Title);

/// <param name="Title">Null for the lessons of a course that stand in no unit.</param>
public sealed record UnitName(string? Title);

/// <summary>What it was made from; the lesson is null where the viewer may not see it.</summary>
public sealed record LessonSource(int Version, Kin? Lesson);
