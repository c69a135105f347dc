using Microsoft.EntityFrameworkCore;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.Courses;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.Courses;

/// <summary>A lesson where it stands in a course.</summary>
public sealed record LessonPlace(Lesson Lesson, int Position);

/// <summary>A course as one viewer has it: its units, the lessons they see, and how many more there are.</summary>
public sealed record ShownCourse(IReadOnlyList<ShownUnit> Units, IReadOnlyList<LessonPlace> Lessons, int NotShared)
{
    public static Connection<Lesson> PageOf(ShownCourse? shown, int first, string? after, int from)
    {
        var found = (shown?.Lessons ?? []).Where(l => l.Position > from).Take(first + 1).ToList();
        var positions = found.ToDictionary(l => l.Lesson.Id, l => l.Position);
        return Page.Of(found.ConvertAll(l => l.Lesson), first, after, l => $"{positions[l.Id]}", Later.Given(shown?.Lessons.Count ?? 0));
    }
}

/// <summary>课程的一个单元。A unit of a course.</summary>
[GraphQLName("CourseUnit")]
public sealed record ShownUnit([property: GraphQLIgnore] CourseUnit Unit, [property: GraphQLIgnore] IReadOnlyList<Lesson> Seen)
{
    /// <summary>编号。Its id.</summary>
    [ID]
    public string Id => GlobalId.Of<CourseUnit>(Unit.Id);

    /// <summary>标题。Its title.</summary>
    public string Title => Unit.Title;

    /// <summary>在课程中的次序，从 1 起。Its place in the course, from 1.</summary>
    public int Position => Unit.Position;

    /// <summary>您能看到的课，按教学次序。The lessons in it that you may see, in the order of teaching.</summary>
    public IReadOnlyList<Lesson> Lessons => Seen;
}

/// <summary>Who sees a course sees the lessons that are theirs to see. Three statements for all courses that are asked for.</summary>
public sealed class LessonsOfCourse(IDbContextFactory<HubDb> databases, Viewer viewer) : BatchLoader<Guid, ShownCourse>
{
    protected override async Task<IReadOnlyDictionary<Guid, ShownCourse>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var units = (await db.Set<CourseUnit>().AsNoTracking().Where(u => keys.Contains(u.CourseId)).OrderBy(u => u.Position).ToListAsync(ct)).ToLookup(u => u.CourseId);
        var kept = db.Lessons.Where(l => l.State != ResourceState.Deleted);
        var places = await db.CourseLessons.AsNoTracking().Where(p => keys.Contains(p.CourseId) && kept.Any(l => l.Id == p.LessonId)).OrderBy(p => p.Position).ToListAsync(ct);
        var lessons = await db.Lessons.AsNoTracking().VisibleTo(viewer).Where(l => db.CourseLessons.Any(p => keys.Contains(p.CourseId) && p.LessonId == l.Id)).ToDictionaryAsync(l => l.Id, ct);
        var ofCourse = places.ToLookup(p => p.CourseId);
        return keys.Distinct().ToDictionary(k => k, k =>
        {
            var seen = ofCourse[k].Where(p => lessons.ContainsKey(p.LessonId)).ToList();
            var inUnit = seen.ToLookup(p => p.UnitId, p => lessons[p.LessonId]);
            return new ShownCourse([.. units[k].Select(u => new ShownUnit(u, [.. inUnit[u.Id]]))], seen.ConvertAll(p => new LessonPlace(lessons[p.LessonId], p.Position)), ofCourse[k].Count() - seen.Count);
        });
    }
}

public sealed class FollowersOfCourse(IDbContextFactory<HubDb> databases) : BatchLoader<Guid, IReadOnlyList<School>>
{
    protected override async Task<IReadOnlyDictionary<Guid, IReadOnlyList<School>>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var followers = await db.Set<CourseFollower>().Where(f => keys.Contains(f.CourseId)).Join(db.Schools, f => f.SchoolId, s => s.Id, (f, s) => new { f.CourseId, School = s }).AsNoTracking().ToListAsync(ct);
        return followers.GroupBy(f => f.CourseId).ToDictionary(g => g.Key, g => (IReadOnlyList<School>)[.. g.Select(f => f.School).OrderBy(s => s.Name, StringComparer.Ordinal)]);
    }
}

/// <summary>Where a lesson stands: its course and unit, what is taught before and after it; as far as the viewer sees the course and the lessons.</summary>
public sealed record Standing(Course? Course, ShownUnit? Unit, IReadOnlyList<Lesson> Before, IReadOnlyList<Lesson> Next, IReadOnlyList<Lesson> Later);

/// <summary>Five statements for all lessons that are asked for.</summary>
public sealed class StandingOfLesson(IDbContextFactory<HubDb> databases, Viewer viewer) : BatchLoader<Guid, Standing>
{
    protected override async Task<IReadOnlyDictionary<Guid, Standing>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        // An order is told by a course that the viewer sees, not by a colleague's draft.
        var courses = await db.Courses.AsNoTracking().VisibleTo(viewer).Where(c => c.Lessons.Any(l => keys.Contains(l.LessonId))).ToDictionaryAsync(c => c.Id, ct);
        var courseIds = courses.Keys.ToArray();
        var units = await db.Set<CourseUnit>().AsNoTracking().Where(u => courseIds.Contains(u.CourseId)).ToDictionaryAsync(u => u.Id, ct);
        var places = await db.CourseLessons.AsNoTracking().Where(p => courseIds.Contains(p.CourseId)).OrderBy(p => p.Position).ToListAsync(ct);
        var stated = await db.LessonSequences.AsNoTracking().Where(s => keys.Contains(s.EarlierId) || keys.Contains(s.LaterId)).ToListAsync(ct);
        Guid[] ids = [.. places.Select(p => p.LessonId).Union(stated.SelectMany(s => new[] { s.EarlierId, s.LaterId }))];
        var lessons = await db.Lessons.AsNoTracking().VisibleTo(viewer).Where(l => ids.Contains(l.Id)).ToDictionaryAsync(l => l.Id, ct);
        var place = places.ToDictionary(p => p.LessonId);
        var ofCourse = places.Where(p => lessons.ContainsKey(p.LessonId)).ToLookup(p => p.CourseId);
        return keys.Distinct().ToDictionary(k => k, k =>
        {
            var here = place.GetValueOrDefault(k);
            var row = here is null ? [] : ofCourse[here.CourseId].ToList();
            var after = row.FindAll(p => p.Position > here!.Position).ConvertAll(p => p.LessonId);
            var before = row.FindAll(p => p.Position < here!.Position).ConvertAll(p => p.LessonId);
            Guid[] statedAfter = [.. stated.Where(s => s.EarlierId == k).Select(s => s.LaterId).Order()], statedBefore = [.. stated.Where(s => s.LaterId == k).Select(s => s.EarlierId).Order()];
            return new Standing(
                here is null ? null : courses[here.CourseId],
                here?.UnitId is { } unit && units.TryGetValue(unit, out var title) ? new ShownUnit(title, [.. row.Where(p => p.UnitId == unit).Select(p => lessons[p.LessonId])]) : null,
                Seen([.. before.TakeLast(1), .. statedBefore]), Seen([.. after.Take(1), .. statedAfter]), Seen([.. after, .. statedAfter]));
        });

        IReadOnlyList<Lesson> Seen(IEnumerable<Guid> of) => [.. of.Distinct().Select(id => lessons.GetValueOrDefault(id)).OfType<Lesson>()];
    }
}
