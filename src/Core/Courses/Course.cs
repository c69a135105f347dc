using ResourceHub.Core.Lessons;

namespace ResourceHub.Core.Courses;

/// <summary>Lessons in the order they are taught, for a term. In a dual-teacher course one school leads and others follow.</summary>
public sealed class Course : Pack
{
    /// <summary>Such as 2025-2026学年.</summary>
    public string? SchoolYear { get; set; }

    /// <summary>Such as 第一学期.</summary>
    public string? Term { get; set; }

    public string? Edition { get; set; }
    public string? Volume { get; set; }

    /// <summary>The school whose lessons are followed; null for a course that one school teaches alone.</summary>
    public Guid? LeadSchoolId { get; set; }

    public List<CourseFollower> Followers { get; init; } = [];
    public List<CourseUnit> Units { get; init; } = [];
    public List<CourseLesson> Lessons { get; init; } = [];
}

/// <summary>A school that follows a dual-teacher course.</summary>
public sealed class CourseFollower
{
    public Guid CourseId { get; init; }
    public Guid SchoolId { get; init; }
}

/// <summary>A unit of a course: a title over some of its lessons.</summary>
public sealed class CourseUnit
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid CourseId { get; init; }
    public int Position { get; set; }
    public required string Title { get; set; }
}

/// <summary>A lesson in its place of a course; a lesson is in one course at most.</summary>
public sealed class CourseLesson
{
    public Guid LessonId { get; init; }
    public Guid CourseId { get; init; }

    /// <summary>From 1, through the whole course.</summary>
    public int Position { get; set; }

    public Guid? UnitId { get; set; }
}
