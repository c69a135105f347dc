using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Api.GraphQL;
using ResourceHub.Api.Lessons;
using ResourceHub.Core;
using ResourceHub.Core.Courses;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.Courses;

/// <summary>要哪些课程：字段之间为“且”，一个字段的多个值为“或”。Which courses: fields are AND, the values of one field OR.</summary>
public sealed record CourseFilter : PackFilter
{
    /// <summary>教材版本代码。Codes of editions.</summary>
    public IReadOnlyList<string>? Edition { get; init; }

    /// <summary>册次代码。Codes of volumes.</summary>
    public IReadOnlyList<string>? Volume { get; init; }

    /// <summary>主讲或跟随的学校。Schools that lead or follow.</summary>
    [ID<School>]
    public IReadOnlyList<Guid>? Taking { get; init; }

    public IQueryable<Course> Of(IQueryable<Course> courses, Viewer viewer)
    {
        courses = Common(courses, viewer);
        if (Edition is { Count: > 0 }) courses = courses.Where(c => Edition.Contains(c.Edition!));
        if (Volume is { Count: > 0 }) courses = courses.Where(c => Volume.Contains(c.Volume!));
        if (Taking is { Count: > 0 }) courses = courses.Where(c => c.LeadSchoolId != null && Taking.Contains(c.LeadSchoolId.Value) || c.Followers.Any(f => Taking.Contains(f.SchoolId)));
        return courses;
    }
}

[QueryType]
public static class CourseQueries
{
    /// <summary>一门课程；没有或无权查看时为 null。One course; null when it is not there or you may not see it.</summary>
    /// <param name="id">课程的全局编号。The course's global id.</param>
    public static IDataLoaderResult<Course?> GetCourse([ID<Course>] Guid id, [Service] PackById<Course> courses) => courses.LoadAsync(id);

    /// <summary>您能看到的课程，新的在前。The courses you may see, the newest first.</summary>
    /// <param name="filter">要哪些。Which ones.</param>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    /// <param name="after">从此游标之后开始。Start after this cursor.</param>
    [Cost(2)]
    public static Task<Connection<Course>> GetCoursesAsync(
        [Service] IDbContextFactory<HubDb> databases, [Service] Viewer viewer, CancellationToken ct, CourseFilter? filter = null, int first = 20, string? after = null)
        => PackPage.OfAsync(databases, db => (filter ?? new()).Of(db.Courses.AsNoTracking().VisibleTo(viewer), viewer), first, after, ct);
}
