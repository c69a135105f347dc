using ResourceHub.Core.Changes;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;

namespace ResourceHub.Core.Lessons;

/// <summary>How lessons come into being and change.</summary>
public sealed class LessonLibrary(ChangeDesk changes, PackDesk desk)
{
    public Task<Outcome<Lesson>> CreateAsync(Viewer viewer, NewLesson input, string? key, CancellationToken ct)
        => changes.MakeAsync<Lesson>(viewer, key, "createLesson", input, async (db, now) =>
        {
            List<Problem> problems = [];
            var title = input.CheckNew(problems);
            await PackDesk.CheckSchoolAsync(db, viewer, input.SchoolId, problems, ct);
            if (problems.Count > 0) return problems;
            var lesson = new Lesson { SchoolId = input.SchoolId, CreatedBy = viewer.ActorId!.Value, Title = title!, CreatedAt = now };
            await input.ApplyToAsync(db, lesson, problems, ct);
            if (input.Parts.Count > 0) await LessonParts.SetAsync(db, viewer, lesson, input.Parts, withoutHidden: false, problems, ct);
            if (problems.Count > 0) return problems;
            await PackDesk.AddAsync(db, viewer, lesson, "created", now, ct);
            return lesson;
        }, ct);

    /// <summary>What is shared through an agreement stays within what it covers.</summary>
    public Task<Outcome<Lesson>> UpdateAsync(Viewer viewer, Guid id, LessonInput input, string? why, string? key, CancellationToken ct)
        => desk.ChangeAsync<Lesson>(viewer, id, key, "updateLesson", new { id, input, why }, why, async (db, lesson, now, problems) =>
        {
            input.Check(problems);
            if (problems.Count > 0) return null;
            await input.ApplyToAsync(db, lesson, problems, ct);
            await PackOpening.CheckStillOpenAsync(db, lesson, now, problems, ct);
            return "metadata";
        }, ct);

    public Task<Outcome<Lesson>> SetPartsAsync(Viewer viewer, Guid id, IReadOnlyList<GivenPart> parts, bool withoutHidden, string? why, string? key, CancellationToken ct)
        => desk.ChangeAsync<Lesson>(viewer, id, key, "setLessonParts", new { id, parts, withoutHidden, why }, why, async (db, lesson, now, problems) =>
        {
            await LessonParts.SetAsync(db, viewer, lesson, parts, withoutHidden, problems, ct);
            return "parts";
        }, ct);
}
