using Microsoft.EntityFrameworkCore;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.Collections;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;

namespace ResourceHub.Api.Collections;

/// <summary>专辑的一项：一个资源或一课。An item of a collection: a resource or a lesson.</summary>
/// <param name="Resource">资源；这一项是课时为 null。The resource; null where the item is a lesson.</param>
/// <param name="Lesson">课；这一项是资源时为 null。The lesson; null where the item is a resource.</param>
[GraphQLName("CollectionItem")]
public sealed record ShownItem([property: GraphQLIgnore] CollectionItem Item, Resource? Resource, Lesson? Lesson)
{
    /// <summary>在专辑中的次序，从 1 起；您看不到的项也占位置。Its place in the collection, from 1; items that you may not see have theirs too.</summary>
    public int Position => Item.Position;

    /// <summary>为什么收入，如 一等奖。Why it is here, such as 一等奖.</summary>
    public string? Note => Item.Note;
}

/// <summary>The items of a collection as one viewer has them: those they see, and how many more there are.</summary>
public sealed record ShownItems(IReadOnlyList<ShownItem> Items, int NotShared);

/// <summary>Four statements for all collections that are asked for.</summary>
public sealed class ItemsOfCollection(IDbContextFactory<HubDb> databases, ResourceRows rows, Viewer viewer) : BatchLoader<Guid, ShownItems>
{
    protected override async Task<IReadOnlyDictionary<Guid, ShownItems>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var (resources, lessons) = (db.Resources.Where(r => r.State != ResourceState.Deleted), db.Lessons.Where(l => l.State != ResourceState.Deleted));
        var items = await db.CollectionItems.AsNoTracking()
            .Where(i => keys.Contains(i.CollectionId) && (i.ResourceId != null ? resources.Any(r => r.Id == i.ResourceId) : lessons.Any(l => l.Id == i.LessonId))).OrderBy(i => i.Position).ToListAsync(ct);
        Guid[] resourceIds = [.. items.Select(i => i.ResourceId).OfType<Guid>().Distinct()], lessonIds = [.. items.Select(i => i.LessonId).OfType<Guid>().Distinct()];
        var seenResources = await rows.ByIdAsync(db, viewer, resourceIds, ct);
        var seenLessons = await db.Lessons.AsNoTracking().VisibleTo(viewer).Where(l => lessonIds.Contains(l.Id)).ToDictionaryAsync(l => l.Id, ct);
        return items.GroupBy(i => i.CollectionId).ToDictionary(g => g.Key, g =>
        {
            List<ShownItem> shown = [];
            foreach (var item in g)
            {
                var resource = item.ResourceId is { } r ? seenResources.GetValueOrDefault(r) : null;
                var lesson = item.LessonId is { } l ? seenLessons.GetValueOrDefault(l) : null;
                if (resource is not null || lesson is not null) shown.Add(new ShownItem(item, resource, lesson));
            }
            return new ShownItems(shown, g.Count() - shown.Count);
        });
    }
}
