using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Collections;
using ResourceHub.Core.Courses;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;

namespace ResourceHub.Core.Lessons;

/// <summary>Makes a lesson, course or collection again what one of its versions was, as a new version. What is gone since, or not the editor's to see, is left out.</summary>
public sealed class PackVersions(PackDesk desk, IDbContextFactory<HubDb> databases)
{
    public Task<Outcome<T>> RestoreAsync<T>(Viewer viewer, Guid id, int number, string? why, string? key, CancellationToken ct) where T : Pack
        => desk.ChangeAsync<T>(viewer, id, key, $"restore{typeof(T).Name}Version", new { id, number, why }, why, async (db, pack, now, problems) =>
        {
            if (await db.PackVersions.AsNoTracking().FirstOrDefaultAsync(v => v.PackId == id && v.Number == number, ct) is not { } version)
            {
                problems.Add(Problem.NotFound("版本") with { Path = ["number"] });
                return null;
            }
            var content = PackContent.Read(version, pack);
            (pack.Title, pack.Description, pack.Stage, pack.Grade, pack.Subject) = (content.Title, content.Description, content.Stage, content.Grade, content.Subject);
            switch (pack, content)
            {
                case (Lesson lesson, LessonContent was):
                    await RestoreAsync(db, viewer, lesson, was, ct);
                    break;
                case (Course course, CourseContent was):
                    await RestoreAsync(db, viewer, course, was, problems, ct);
                    break;
                case (Collection collection, CollectionContent was):
                    await RestoreAsync(db, viewer, collection, was, problems, ct);
                    break;
            }
            await PackOpening.CheckStillOpenAsync(db, pack, now, problems, ct);
            return "restored";
        }, ct);

    /// <summary>How much of what a version held is not in the pack now.</summary>
    public async Task<int> LeftOutAsync(Pack pack, int number, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var newest = await db.PackVersions.Where(v => v.PackId == pack.Id).MaxAsync(v => (int?)v.Number, ct);
        var versions = await db.PackVersions.AsNoTracking().Where(v => v.PackId == pack.Id && (v.Number == number || v.Number == newest)).ToDictionaryAsync(v => v.Number, ct);
        if (newest is not { } current || !versions.TryGetValue(number, out var asked)) return 0;
        var (then, now) = (PackContent.Read(asked, pack), PackContent.Read(versions[current], pack));
        return then.Resources.Concat(then.Taught).Except(now.Resources.Concat(now.Taught)).Count();
    }

    private static async Task RestoreAsync(HubDb db, Viewer viewer, Lesson lesson, LessonContent was, CancellationToken ct)
    {
        (lesson.Edition, lesson.Volume, lesson.Chapter, lesson.Period, lesson.LessonType) = (was.Edition, was.Volume, was.Chapter, was.Period, was.Type);
        lesson.ChapterId = was.ChapterId is { } chapter && await db.CatalogueNodes.AnyAsync(n => n.Id == chapter, ct) ? chapter : null;
        lesson.Objectives = [.. was.Objectives];
        await LessonParts.RestoreAsync(db, viewer, lesson, was.Parts, ct);
    }

    private static async Task RestoreAsync(HubDb db, Viewer viewer, Course course, CourseContent was, List<Problem> problems, CancellationToken ct)
    {
        (course.SchoolYear, course.Term, course.Edition, course.Volume) = (was.SchoolYear, was.Term, was.Edition, was.Volume);
        Guid[] ids = [.. was.Taught];
        var open = (await db.Lessons.VisibleTo(viewer).Where(l => ids.Contains(l.Id) && l.SchoolId == course.SchoolId && !db.CourseLessons.Any(p => p.LessonId == l.Id && p.CourseId != course.Id))
            .Select(l => l.Id).ToListAsync(ct)).ToHashSet();
        var titles = was.Units.ToDictionary(u => u.Id, u => u.Title);
        List<GivenUnit> units = [];
        foreach (var unit in was.Lessons.GroupBy(l => l.UnitId))
            units.Add(new(unit.Key is { } key ? titles.GetValueOrDefault(key) : null, [.. unit.Select(l => l.LessonId).Where(open.Contains)], course.Units.Find(u => u.Id == unit.Key)?.Id));
        // A unit without lessons stands at the end, as nothing says between which lessons it stood.
        foreach (var unit in was.Units.Where(u => was.Lessons.All(l => l.UnitId != u.Id))) units.Add(new(unit.Title, [], course.Units.Find(u => u.Id == unit.Id)?.Id));
        await CourseLessons.SetAsync(db, viewer, course, units, withoutHidden: false, problems, ct);
    }

    private static async Task RestoreAsync(HubDb db, Viewer viewer, Collection collection, CollectionContent was, List<Problem> problems, CancellationToken ct)
    {
        collection.Purpose = was.Purpose;
        Guid[] resources = [.. was.Resources], lessons = [.. was.Taught];
        HashSet<Guid> open =
        [
            .. await db.Resources.VisibleTo(viewer).Where(r => resources.Contains(r.Id)).Select(r => r.Id).ToListAsync(ct),
            .. await db.Lessons.VisibleTo(viewer).Where(l => lessons.Contains(l.Id)).Select(l => l.Id).ToListAsync(ct),
        ];
        List<GivenItem> items = [.. was.Items.Where(i => open.Contains(i.ResourceId ?? i.LessonId!.Value)).Select(i => new GivenItem(i.ResourceId, i.LessonId, i.Note))];
        await CollectionItems.SetAsync(db, viewer, collection, items, withoutHidden: false, problems, ct);
    }
}
