using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Changes;
using ResourceHub.Core.People;

namespace ResourceHub.Core.Lessons;

/// <summary>States of two lessons of a school which is taught before the other, whatever courses they are in.</summary>
public sealed class LessonSequences(ChangeDesk desk)
{
    public Task<Outcome<Lesson>> SetAsync(Viewer viewer, Guid earlier, Guid later, string? key, CancellationToken ct)
        => ChangeAsync(viewer, earlier, later, "setLessonSequence", key, async (db, schoolId) =>
        {
            if (await db.LessonSequences.AnyAsync(s => s.EarlierId == earlier && s.LaterId == later, ct)) return null;
            var order = await SequenceGraph.OfSchoolAsync(db, schoolId, null, ct);
            if (order.CircleWith([(earlier, later)]) is { } circle) return await SequenceGraph.SayAsync(db, viewer, circle, "laterId", ct);
            db.Add(new LessonSequence { EarlierId = earlier, LaterId = later });
            return null;
        }, ct);

    public Task<Outcome<Lesson>> RemoveAsync(Viewer viewer, Guid earlier, Guid later, string? key, CancellationToken ct)
        => ChangeAsync(viewer, earlier, later, "removeLessonSequence", key, async (db, _) =>
        {
            await db.LessonSequences.Where(s => s.EarlierId == earlier && s.LaterId == later).ExecuteDeleteAsync(ct);
            return null;
        }, ct);

    /// <summary>Only of lessons of one's own school: else anybody could hang theirs onto another school's lesson.</summary>
    private Task<Outcome<Lesson>> ChangeAsync(Viewer viewer, Guid earlier, Guid later, string name, string? key, Func<HubDb, Guid, Task<Problem?>> change, CancellationToken ct)
        => desk.MakeAsync<Lesson>(viewer, key, name, new { earlier, later }, async (db, _) =>
        {
            var lessons = await db.Lessons.VisibleTo(viewer).Where(l => l.Id == earlier || l.Id == later).ToDictionaryAsync(l => l.Id, ct);
            List<Problem> problems = [];
            foreach (var (id, field) in ((Guid, string)[])[(earlier, "earlierId"), (later, "laterId")])
                if (!lessons.TryGetValue(id, out var lesson)) problems.Add(Problem.NotFound("课") with { Path = [field] });
                else if (!viewer.MayEdit(lesson)) problems.Add(Problem.Forbidden with { Path = [field] });
            if (problems.Count == 0 && lessons[earlier].SchoolId != lessons[later].SchoolId)
                problems.Add(new Problem("OTHER_SCHOOL", "先后次序是同一所学校的课之间的。An order is of lessons of one school.", "laterId"));
            if (problems.Count == 0 && await change(db, lessons[earlier].SchoolId) is { } problem) problems.Add(problem);
            return problems.Count > 0 ? problems : lessons[earlier];
        }, ct);
}
