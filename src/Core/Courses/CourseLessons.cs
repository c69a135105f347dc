using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Text;

namespace ResourceHub.Core.Courses;

/// <summary>Lessons in their order, under the title of a unit or, without one, in none.</summary>
/// <param name="UnitId">Which unit it was; a new one when null.</param>
public sealed record GivenUnit(string? Title, IReadOnlyList<Guid> LessonIds, Guid? UnitId = null);

/// <summary>Makes a course's units and lessons what is wished for. Lessons that the editor may not see stay in their places.</summary>
public static class CourseLessons
{
    public const int Most = 200;

    /// <param name="course">With its units and lessons.</param>
    /// <param name="withoutHidden">Whether lessons that the editor may not see go as well.</param>
    public static async Task SetAsync(HubDb db, Viewer viewer, Course course, IReadOnlyList<GivenUnit> given, bool withoutHidden, List<Problem> problems, CancellationToken ct)
    {
        Guid[] wanted = [.. given.SelectMany(g => g.LessonIds)];
        Guid[] ids = [.. wanted.Union(course.Lessons.Select(l => l.LessonId))];
        var seen = await db.Lessons.VisibleTo(viewer).Where(l => ids.Contains(l.Id)).Select(l => new { l.Id, l.SchoolId }).ToDictionaryAsync(l => l.Id, l => l.SchoolId, ct);
        var gone = (await db.Lessons.Where(l => ids.Contains(l.Id) && l.State == ResourceState.Deleted).Select(l => l.Id).ToListAsync(ct)).ToHashSet();
        var elsewhere = (await db.CourseLessons.Where(l => wanted.Contains(l.LessonId) && l.CourseId != course.Id).Select(l => l.LessonId).ToListAsync(ct)).ToHashSet();
        Check(course, given, seen, elsewhere, problems);
        if (problems.Count > 0) return;
        var hidden = withoutHidden ? [] : course.Lessons.Where(l => !seen.ContainsKey(l.LessonId) && !gone.Contains(l.LessonId)).OrderBy(l => l.Position).ToList();
        if (wanted.Length + hidden.Count > Most) problems.Add(new Problem("TOO_MANY", $"一门课程最多 {Most} 课。A course may have at most {Most} lessons.", "units"));
        SetUnits(course, given, out var unitOf);
        List<CourseLesson> places = [];
        foreach (var group in given)
            foreach (var lesson in group.LessonIds)
            {
                var place = course.Lessons.Find(l => l.LessonId == lesson) ?? new CourseLesson { LessonId = lesson, CourseId = course.Id };
                place.UnitId = unitOf[group];
                places.Add(place);
            }
        foreach (var place in hidden)
        {
            if (!course.Units.Exists(u => u.Id == place.UnitId)) place.UnitId = null;
            places.Insert(Math.Min(place.Position - 1, places.Count), place);
        }
        course.Lessons.RemoveAll(l => !places.Contains(l));
        course.Lessons.AddRange(places.Except(course.Lessons).ToList());
        for (var n = 0; n < places.Count; n++) places[n].Position = n + 1;
        var order = await SequenceGraph.OfSchoolAsync(db, course.SchoolId, course.Id, ct);
        if (order.CircleWith([.. places.Zip(places.Skip(1), (one, next) => (one.LessonId, next.LessonId))]) is { } circle) problems.Add(await SequenceGraph.SayAsync(db, viewer, circle, "units", ct));
    }

    private static void SetUnits(Course course, IReadOnlyList<GivenUnit> given, out Dictionary<GivenUnit, Guid?> unitOf)
    {
        unitOf = new(ReferenceEqualityComparer.Instance);
        List<CourseUnit> units = [];
        foreach (var group in given)
        {
            unitOf[group] = null;
            if (CleanText.Line(group.Title) is not { } title) continue;
            var unit = course.Units.Find(u => u.Id == group.UnitId) ?? course.Units.Find(u => u.Title == title && !units.Contains(u) && given.All(g => g.UnitId != u.Id)) ?? new CourseUnit { CourseId = course.Id, Title = title };
            (unit.Title, unit.Position) = (title, units.Count + 1);
            units.Add(unit);
            unitOf[group] = unit.Id;
        }
        course.Units.RemoveAll(u => !units.Contains(u));
        course.Units.AddRange(units.Except(course.Units).ToList());
    }

    private static void Check(Course course, IReadOnlyList<GivenUnit> given, Dictionary<Guid, Guid> seen, HashSet<Guid> elsewhere, List<Problem> problems)
    {
        HashSet<Guid> lessons = [], units = [];
        for (var u = 0; u < given.Count; u++)
        {
            var (title, ids, unit) = given[u];
            if (title?.Length > Pack.TitleLimit) problems.Add(Required.TooLong("title", Pack.TitleLimit) with { Path = ["units", $"{u}", "title"] });
            if (unit is { } id && (!course.Units.Exists(x => x.Id == id) || !units.Add(id)))
                problems.Add(Problem.NotFound("单元") with { Path = ["units", $"{u}", "unitId"] });
            for (var n = 0; n < ids.Count; n++)
            {
                string[] path = ["units", $"{u}", "lessonIds", $"{n}"];
                if (!seen.TryGetValue(ids[n], out var school)) problems.Add(Problem.NotFound("课") with { Path = path });
                // A lesson is in one course: with another school's lesson in ours, its own school could not use it.
                else if (school != course.SchoolId) problems.Add(new Problem("OTHER_SCHOOL", "课程里是本校的课：他校的课请先改编，或放进专辑。A course is of one's own lessons: adapt another school's first, or put it into a collection.", path));
                else if (elsewhere.Contains(ids[n])) problems.Add(new Problem("ALREADY_IN_COURSE", "这一课已在另一门课程里。This lesson is in another course.", path));
                else if (!lessons.Add(ids[n])) problems.Add(new Problem("ALREADY_EXISTS", "这一课出现了两次。This lesson stands there twice.", path));
            }
        }
    }
}
