using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;

namespace ResourceHub.Core.Resources;

/// <summary>One thing that is bound to another. Whether the viewer may see the other is still to be asked; that they may know of the bond is not.</summary>
/// <param name="Place">The nearer, the lower.</param>
internal sealed record RelatedBond(Guid Of, Guid Id, RelatedReason Reason, int Place = 0);

/// <summary>What is bound to resources by more than their own fields: lessons they are parts of, courses of those, what they were adapted from, chapters of the catalogue.</summary>
internal static class RelatedGraph
{
    /// <summary>What is further away in a course or lesson of more parts than this is not near.</summary>
    private const int MostOfCourse = 200;

    private static readonly PerModel<Func<HubDb, Guid[], IAsyncEnumerable<RelatedBond>>> Adapted = new(() => EF.CompileAsyncQuery((HubDb db, Guid[] ids)
        => db.Resources.Where(r => r.BasedOnId != null && ids.Contains(r.BasedOnId.Value)).Select(r => new RelatedBond(r.BasedOnId!.Value, r.Id, RelatedReason.Lineage, 1))));

    private static readonly PerModel<Func<HubDb, Guid[], IAsyncEnumerable<Guid>>> LessonsWith = new(() => EF.CompileAsyncQuery((HubDb db, Guid[] ids)
        => db.LessonParts.Where(p => ids.Contains(p.ResourceId)).Select(p => p.LessonId)));

    public static async Task<List<RelatedBond>> FindAsync(HubDb db, Viewer viewer, IReadOnlyCollection<Resource> of, CancellationToken ct)
    {
        Guid[] ids = [.. of.Select(r => r.Id)];
        List<RelatedBond> bonds = [.. of.Where(r => r.BasedOnId is not null).Select(r => new RelatedBond(r.Id, r.BasedOnId!.Value, RelatedReason.Lineage))];
        await foreach (var bond in Adapted.For(db)(db, ids).WithCancellation(ct)) bonds.Add(bond);
        HashSet<Guid> lessons = [];
        await foreach (var lesson in LessonsWith.For(db)(db, ids).WithCancellation(ct)) lessons.Add(lesson);
        if (lessons.Count > 0) bonds.AddRange(await OfLessonsAsync(db, viewer, ids, lessons, ct));
        if (of.Any(r => r.ChapterId is not null)) bonds.AddRange(await OfChaptersAsync(db, of, ct));
        return bonds;
    }

    /// <summary>Parts of lessons and courses that the viewer may see: that two things stand together in another's lesson is not theirs to know.</summary>
    private static async Task<IEnumerable<RelatedBond>> OfLessonsAsync(HubDb db, Viewer viewer, Guid[] ids, HashSet<Guid> lessons, CancellationToken ct)
    {
        var seen = db.Lessons.Where(l => l.State == ResourceState.Published).VisibleTo(viewer);
        var courses = db.Courses.Where(c => c.State == ResourceState.Published).VisibleTo(viewer);
        var places = await db.CourseLessons.AsNoTracking().Where(c => courses.Any(x => x.Id == c.CourseId) && db.CourseLessons.Any(o => lessons.Contains(o.LessonId) && o.CourseId == c.CourseId))
            .OrderBy(c => c.Position).Take(MostOfCourse).Select(c => new { c.LessonId, c.CourseId, c.Position }).ToListAsync(ct);
        Guid[] near = [.. lessons.Union(places.Select(p => p.LessonId))];
        var parts = await db.LessonParts.AsNoTracking().Where(p => near.Contains(p.LessonId) && seen.Any(l => l.Id == p.LessonId))
            .Select(p => new { p.LessonId, p.ResourceId, p.Position }).ToListAsync(ct);
        var byLesson = parts.ToLookup(p => p.LessonId);
        var own = parts.Where(p => ids.Contains(p.ResourceId)).ToList();
        return
        [
            .. from p in own from q in byLesson[p.LessonId] where q.ResourceId != p.ResourceId select new RelatedBond(p.ResourceId, q.ResourceId, RelatedReason.SameLesson, q.Position),
            .. from p in own
               from here in places where here.LessonId == p.LessonId
               from there in places where there.CourseId == here.CourseId && there.LessonId != here.LessonId
               from q in byLesson[there.LessonId] where q.ResourceId != p.ResourceId
               select new RelatedBond(p.ResourceId, q.ResourceId, RelatedReason.SameCourse, 100 * Math.Abs(there.Position - here.Position) + q.Position),
        ];
    }

    /// <summary>The same node of the catalogue, nodes beside it, and nodes of other editions that teach the same topic.</summary>
    private static async Task<IEnumerable<RelatedBond>> OfChaptersAsync(HubDb db, IReadOnlyCollection<Resource> of, CancellationToken ct)
    {
        List<Guid> chapters = [.. of.Select(r => r.ChapterId).OfType<Guid>().Distinct()];
        var nodes = await (
            from node in db.CatalogueNodes
            where chapters.Contains(node.Id)
            from other in db.CatalogueNodes
            where other.Id == node.Id || other.ParentId != null && other.ParentId == node.ParentId
                || db.CatalogueTopics.Any(t => t.NodeId == node.Id && db.CatalogueTopics.Any(o => o.NodeId == other.Id && o.Topic == t.Topic))
            select new { Of = node.Id, other.Id, Steps = other.ParentId == node.ParentId ? Math.Abs(other.Position - node.Position) : 0 }).ToListAsync(ct);
        List<Guid> reached = [.. nodes.Select(n => n.Id).Distinct()];
        var filed = (await db.Resources.Where(r => r.ChapterId != null && reached.Contains(r.ChapterId.Value) && r.State == ResourceState.Published).Select(r => new { r.Id, ChapterId = r.ChapterId!.Value }).ToListAsync(ct)).ToLookup(r => r.ChapterId);
        var byNode = nodes.ToLookup(n => n.Of);
        return from r in of
               from node in r.ChapterId is { } chapter ? byNode[chapter] : []
               from other in filed[node.Id]
               where other.Id != r.Id
               select new RelatedBond(r.Id, other.Id, node.Id == r.ChapterId ? RelatedReason.SameChapter : RelatedReason.SiblingChapter, node.Steps);
    }
}
