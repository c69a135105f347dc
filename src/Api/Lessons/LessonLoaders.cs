using Microsoft.EntityFrameworkCore;
using ResourceHub.Api.GraphQL;
using ResourceHub.Api.Resources;
using ResourceHub.Core;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;

namespace ResourceHub.Api.Lessons;

/// <summary>The parts of a lesson as one viewer has them: those they see, and how many more there are.</summary>
public sealed record ShownParts(IReadOnlyList<ShownPart> Parts, int NotShared);

/// <summary>Who sees a lesson sees the parts that are theirs to see, whatever the lesson's own visibility is.</summary>
public sealed class PartsOfLesson(IDbContextFactory<HubDb> databases, ResourceRows rows, Viewer viewer) : BatchLoader<Guid, ShownParts>
{
    protected override async Task<IReadOnlyDictionary<Guid, ShownParts>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        // What was deleted is a part no more; its row goes with the next change of the parts.
        var parts = await db.LessonParts.AsNoTracking().Where(p => keys.Contains(p.LessonId) && p.Resource!.State != ResourceState.Deleted).OrderBy(p => p.Position).ToListAsync(ct);
        var seen = await rows.ByIdAsync(db, viewer, [.. parts.Select(p => p.ResourceId).Distinct()], ct);
        return parts.GroupBy(p => p.LessonId).ToDictionary(g => g.Key, g =>
        {
            List<ShownPart> shown = [.. g.Where(p => seen.ContainsKey(p.ResourceId)).Select(p => new ShownPart(p, seen[p.ResourceId]))];
            return new ShownParts(shown, g.Count() - shown.Count);
        });
    }
}

/// <summary>What other schools made of a lesson, as far as the viewer sees it; the newest first.</summary>
public sealed class AdaptationsOfLesson(IDbContextFactory<HubDb> databases, Viewer viewer) : BatchLoader<PageOfResource, IReadOnlyList<Lesson>>
{
    protected override async Task<IReadOnlyDictionary<PageOfResource, IReadOnlyList<Lesson>>> LoadBatchAsync(IReadOnlyList<PageOfResource> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = new Dictionary<PageOfResource, IReadOnlyList<Lesson>>();
        var visible = db.Lessons.VisibleTo(viewer);
        foreach (var alike in keys.GroupBy(k => k with { ResourceId = default }))
        {
            var (_, first, before) = alike.Key;
            var sources = alike.Select(k => k.ResourceId).ToList();
            var copies = await db.Lessons.Where(l => sources.Contains(l.Id))
                .SelectMany(l => visible.Where(c => c.BasedOnId == l.Id && (before == null || c.Id < before)).OrderByDescending(c => c.Id).Take(first + 1))
                .AsNoTracking().ToListAsync(ct);
            foreach (var ofOne in copies.GroupBy(c => c.BasedOnId!.Value)) found[alike.Key with { ResourceId = ofOne.Key }] = [.. ofOne.OrderByDescending(c => c.Id)];
        }
        return found;
    }
}

public sealed class AdaptationCountOfLesson(IDbContextFactory<HubDb> databases, Viewer viewer) : BatchLoader<Guid, int>
{
    protected override async Task<IReadOnlyDictionary<Guid, int>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Lessons.VisibleTo(viewer).Where(l => l.BasedOnId != null && keys.Contains(l.BasedOnId.Value))
            .GroupBy(l => l.BasedOnId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
    }
}

/// <summary>The lessons that a resource is a part of, as far as the viewer sees them; the newest first.</summary>
public sealed class LessonsOfResource(IDbContextFactory<HubDb> databases, Viewer viewer) : BatchLoader<PageOfResource, IReadOnlyList<Lesson>>
{
    protected override async Task<IReadOnlyDictionary<PageOfResource, IReadOnlyList<Lesson>>> LoadBatchAsync(IReadOnlyList<PageOfResource> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = new Dictionary<PageOfResource, IReadOnlyList<Lesson>>();
        var visible = db.Lessons.VisibleTo(viewer);
        foreach (var alike in keys.GroupBy(k => k with { ResourceId = default }))
        {
            var (_, first, before) = alike.Key;
            var resources = alike.Select(k => k.ResourceId).ToList();
            // As a list of ids the limit stands inside each look-up.
            var uses = await db.LessonParts.Where(p => resources.Contains(p.ResourceId) && visible
                    .Where(l => db.LessonParts.Any(x => x.LessonId == l.Id && x.ResourceId == p.ResourceId) && (before == null || l.Id < before))
                    .OrderByDescending(l => l.Id).Take(first + 1).Select(l => l.Id).Contains(p.LessonId))
                .Select(p => new { p.ResourceId, p.LessonId }).Distinct().ToListAsync(ct);
            var ids = uses.Select(u => u.LessonId).Distinct().ToArray();
            var lessons = await visible.AsNoTracking().Where(l => ids.Contains(l.Id)).ToDictionaryAsync(l => l.Id, ct);
            foreach (var ofOne in uses.GroupBy(u => u.ResourceId))
                found[alike.Key with { ResourceId = ofOne.Key }] = [.. ofOne.Select(u => lessons.GetValueOrDefault(u.LessonId)).OfType<Lesson>().OrderByDescending(l => l.Id)];
        }
        return found;
    }
}

public sealed class LessonCountOfResource(IDbContextFactory<HubDb> databases, Viewer viewer) : BatchLoader<Guid, int>
{
    protected override async Task<IReadOnlyDictionary<Guid, int>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var visible = db.Lessons.VisibleTo(viewer);
        return await db.LessonParts.Where(p => keys.Contains(p.ResourceId) && visible.Any(l => l.Id == p.LessonId))
            .GroupBy(p => p.ResourceId).Select(g => new { g.Key, Count = g.Select(p => p.LessonId).Distinct().Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
    }
}
