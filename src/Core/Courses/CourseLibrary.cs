using ResourceHub.Core.Changes;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;

namespace ResourceHub.Core.Courses;

/// <summary>How courses come into being and change.</summary>
public sealed class CourseLibrary(ChangeDesk changes, PackDesk desk)
{
    public Task<Outcome<Course>> CreateAsync(Viewer viewer, NewCourse input, string? key, CancellationToken ct)
        => changes.MakeAsync<Course>(viewer, key, "createCourse", input, async (db, now) =>
        {
            List<Problem> problems = [];
            var title = input.CheckNew(problems);
            await PackDesk.CheckSchoolAsync(db, viewer, input.SchoolId, problems, ct);
            if (problems.Count > 0) return problems;
            var course = new Course { SchoolId = input.SchoolId, CreatedBy = viewer.ActorId!.Value, Title = title!, CreatedAt = now };
            await input.ApplyToAsync(db, viewer, course, now, problems, ct);
            if (input.Units.Count > 0) await CourseLessons.SetAsync(db, viewer, course, input.Units, withoutHidden: false, problems, ct);
            if (problems.Count > 0) return problems;
            await PackDesk.AddAsync(db, viewer, course, "created", now, ct);
            return course;
        }, ct);

    public Task<Outcome<Course>> UpdateAsync(Viewer viewer, Guid id, CourseInput input, string? why, string? key, CancellationToken ct)
        => desk.ChangeAsync<Course>(viewer, id, key, "updateCourse", new { id, input, why }, why, async (db, course, now, problems) =>
        {
            input.Check(problems);
            if (problems.Count > 0) return null;
            await input.ApplyToAsync(db, viewer, course, now, problems, ct);
            await PackOpening.CheckStillOpenAsync(db, course, now, problems, ct);
            return "metadata";
        }, ct);

    public Task<Outcome<Course>> SetLessonsAsync(Viewer viewer, Guid id, IReadOnlyList<GivenUnit> units, bool withoutHidden, string? why, string? key, CancellationToken ct)
        => desk.ChangeAsync<Course>(viewer, id, key, "setCourseLessons", new { id, units, withoutHidden, why }, why, async (db, course, now, problems) =>
        {
            await CourseLessons.SetAsync(db, viewer, course, units, withoutHidden, problems, ct);
            return "parts";
        }, ct);
}
