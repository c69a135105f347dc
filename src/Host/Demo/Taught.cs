using System.Text.Json;
using System.Text.Json.Serialization;

namespace ResourceHub.Host.Demo;

/// <summary>The lessons, courses and collections that the demonstration makes of its resources (taught.json).</summary>
public sealed record Taught(IReadOnlyList<TaughtLesson> Lessons, IReadOnlyList<TaughtCourse> Courses, IReadOnlyList<TaughtCollection> Collections)
{
    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static Taught Read()
    {
        using var json = typeof(Taught).Assembly.GetManifestResourceStream("taught.json")!;
        return JsonSerializer.Deserialize<Taught>(json, Reading)!;
    }
}

/// <summary>What all of them have.</summary>
/// <param name="Title">Also its name in taught.json.</param>
/// <param name="School">Full name of the school that owns it.</param>
/// <param name="Partnership">The partnership it is shared with; else <paramref name="Audience"/> says who sees it.</param>
public abstract record TaughtPack(string Title, string School, string? Description, string? Partnership, LessonAudience Audience);

public sealed record TaughtLesson(
    string Title, string School, string? Description, string? Grade, string? Subject, string? Edition, string? Volume, string? Chapter, string? Period, string Type, IReadOnlyList<string> Objectives,
    IReadOnlyList<TaughtPart> Parts, string? Partnership = null, LessonAudience Audience = LessonAudience.School) : TaughtPack(Title, School, Description, Partnership, Audience);

/// <param name="Resource">Key of a lesson on the shelf, whose resource it is.</param>
public sealed record TaughtPart(string Kind, string Resource);

/// <param name="Lead">Full name of the school that leads; <paramref name="Followers"/> follow.</param>
public sealed record TaughtCourse(
    string Title, string School, string? Description, string? Grade, string? SchoolYear, string? Term, string? Lead, IReadOnlyList<string> Followers, IReadOnlyList<TaughtUnit> Units,
    string? Partnership = null, LessonAudience Audience = LessonAudience.School) : TaughtPack(Title, School, Description, Partnership, Audience);

/// <param name="Lessons">Titles of lessons here.</param>
public sealed record TaughtUnit(string Title, IReadOnlyList<string> Lessons);

public sealed record TaughtCollection(
    string Title, string School, string? Description, string Purpose, string? Stage, IReadOnlyList<TaughtItem> Items,
    string? Partnership = null, LessonAudience Audience = LessonAudience.School) : TaughtPack(Title, School, Description, Partnership, Audience);

/// <param name="Resource">Key of a lesson on the shelf; or <paramref name="Lesson"/> the title of one here.</param>
public sealed record TaughtItem(string? Resource = null, string? Lesson = null, string? Note = null);
