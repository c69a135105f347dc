using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using ResourceHub.Core.Collections;
using ResourceHub.Core.Courses;

namespace ResourceHub.Core.Lessons;

/// <summary>What a version of a lesson, course or collection said and held: kept as JSON in its history, for viewing, comparing and restoring.</summary>
public abstract record PackContent
{
    private static readonly JsonSerializerOptions Written = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    public required string Title { get; init; }
    public string? Description { get; init; }
    public string? Stage { get; init; }
    public string? Grade { get; init; }
    public string? Subject { get; init; }

    /// <summary>Needs what the pack holds.</summary>
    public static PackContent Of(Pack pack) => pack switch
    {
        Lesson lesson => LessonContent.Of(lesson),
        Course course => CourseContent.Of(course),
        Collection collection => CollectionContent.Of(collection),
        _ => throw new InvalidOperationException($"{pack.GetType()} has no content."),
    };

    /// <summary>What it says, field by field as the API names them, without those that say nothing.</summary>
    [JsonIgnore]
    public IReadOnlyList<(string Name, string Value)> Said => [.. Fields.Where(f => !string.IsNullOrEmpty(f.Value)).Select(f => (f.Name, f.Value!))];

    /// <summary>The resources it holds.</summary>
    [JsonIgnore]
    public virtual IEnumerable<Guid> Resources => [];

    /// <summary>The lessons it holds.</summary>
    [JsonIgnore]
    public virtual IEnumerable<Guid> Taught => [];

    [JsonIgnore]
    protected virtual IEnumerable<(string Name, string? Value)> Fields
        => [("title", Title), ("description", Description), ("stage", Stage), ("grade", Grade), ("subject", Subject)];

    public string ToJson() => JsonSerializer.Serialize(this, GetType(), Written);

    public static T Read<T>(PackVersion version) where T : PackContent => JsonSerializer.Deserialize<T>(version.Content, Written)!;

    /// <param name="of">The pack that it is a version of: only which kind it is counts.</param>
    public static PackContent Read(PackVersion version, Pack of) => of switch
    {
        Lesson => Read<LessonContent>(version),
        Course => Read<CourseContent>(version),
        _ => Read<CollectionContent>(version),
    };
}

/// <summary>A lesson as it was.</summary>
public sealed record LessonContent : PackContent
{
    public string? Edition { get; init; }
    public string? Volume { get; init; }
    public string? Chapter { get; init; }
    public Guid? ChapterId { get; init; }
    public string? Period { get; init; }
    public LessonType? Type { get; init; }
    public IReadOnlyList<string> Objectives { get; init; } = [];

    /// <summary>In the order of teaching.</summary>
    public IReadOnlyList<PartContent> Parts { get; init; } = [];

    [JsonIgnore]
    public override IEnumerable<Guid> Resources => Parts.Select(p => p.ResourceId);

    protected override IEnumerable<(string Name, string? Value)> Fields =>
    [
        .. base.Fields, ("edition", Edition), ("volume", Volume), ("chapter", Chapter), ("period", Period), ("type", Type?.ToString().ToUpperInvariant()), ("objectives", string.Join("\n", Objectives)),
    ];

    public static LessonContent Of(Lesson l) => new()
    {
        Title = l.Title,
        Description = l.Description,
        Stage = l.Stage,
        Grade = l.Grade,
        Subject = l.Subject,
        Edition = l.Edition,
        Volume = l.Volume,
        Chapter = l.Chapter,
        ChapterId = l.ChapterId,
        Period = l.Period,
        Type = l.LessonType,
        Objectives = [.. l.Objectives],
        Parts = [.. l.Parts.OrderBy(p => p.Position).Select(p => new PartContent(p.Id, p.Kind, p.ResourceId, p.SourcePartId))],
    };
}

public sealed record PartContent(Guid Id, LessonPartKind Kind, Guid ResourceId, Guid? SourcePartId);

/// <summary>A course as it was.</summary>
public sealed record CourseContent : PackContent
{
    public string? SchoolYear { get; init; }
    public string? Term { get; init; }
    public string? Edition { get; init; }
    public string? Volume { get; init; }
    public Guid? LeadSchoolId { get; init; }
    public IReadOnlyList<Guid> Followers { get; init; } = [];
    public IReadOnlyList<UnitContent> Units { get; init; } = [];

    /// <summary>In their order, through all units.</summary>
    public IReadOnlyList<PlaceContent> Lessons { get; init; } = [];

    [JsonIgnore]
    public override IEnumerable<Guid> Taught => Lessons.Select(l => l.LessonId);

    protected override IEnumerable<(string Name, string? Value)> Fields => [.. base.Fields, ("schoolYear", SchoolYear), ("term", Term), ("edition", Edition), ("volume", Volume)];

    public static CourseContent Of(Course c) => new()
    {
        Title = c.Title,
        Description = c.Description,
        Stage = c.Stage,
        Grade = c.Grade,
        Subject = c.Subject,
        SchoolYear = c.SchoolYear,
        Term = c.Term,
        Edition = c.Edition,
        Volume = c.Volume,
        LeadSchoolId = c.LeadSchoolId,
        Followers = [.. c.Followers.Select(f => f.SchoolId).Order()],
        Units = [.. c.Units.OrderBy(u => u.Position).Select(u => new UnitContent(u.Id, u.Title))],
        Lessons = [.. c.Lessons.OrderBy(l => l.Position).Select(l => new PlaceContent(l.LessonId, l.UnitId))],
    };
}

public sealed record UnitContent(Guid Id, string Title);

public sealed record PlaceContent(Guid LessonId, Guid? UnitId);

/// <summary>A collection as it was.</summary>
public sealed record CollectionContent : PackContent
{
    public CollectionPurpose Purpose { get; init; }
    public IReadOnlyList<ItemContent> Items { get; init; } = [];

    [JsonIgnore]
    public override IEnumerable<Guid> Resources => Items.Select(i => i.ResourceId).OfType<Guid>();
    [JsonIgnore]
    public override IEnumerable<Guid> Taught => Items.Select(i => i.LessonId).OfType<Guid>();

    public static CollectionContent Of(Collection c) => new()
    {
        Title = c.Title,
        Description = c.Description,
        Stage = c.Stage,
        Grade = c.Grade,
        Subject = c.Subject,
        Purpose = c.Purpose,
        Items = [.. c.Items.OrderBy(i => i.Position).Select(i => new ItemContent(i.Id, i.ResourceId, i.LessonId, i.Note))],
    };
}

public sealed record ItemContent(Guid Id, Guid? ResourceId, Guid? LessonId, string? Note);
