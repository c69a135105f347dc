using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;

namespace ResourceHub.Api.Packs;

/// <summary>A resource with the folder its files go into.</summary>
internal sealed record PackedResource(Resource Resource, string Folder);

/// <summary>What a zip holds for this viewer.</summary>
/// <param name="NotShared">How many parts there are that this viewer may not see: counted, never named.</param>
/// <param name="Attributions">Whom to name, by resource.</param>
internal sealed record PackContent(string Title, string? School, IReadOnlyList<PackedResource> Resources, int NotShared, IReadOnlyDictionary<Guid, string> Attributions)
{
    /// <summary>A lesson's parts in their order; null when there is no such lesson for this viewer.</summary>
    public static async Task<PackContent?> OfLessonAsync(HubDb db, Viewer viewer, Guid id, CancellationToken ct)
    {
        if (await db.Lessons.AsNoTracking().Include(l => l.School).Include(l => l.Parts).AsSplitQuery().VisibleTo(viewer).FirstOrDefaultAsync(l => l.Id == id, ct) is not { } lesson) return null;
        var seen = await SeenAsync(db, viewer, [.. lesson.Parts.Select(p => p.ResourceId)], ct);
        List<PackedResource> packed = [.. lesson.Parts.OrderBy(p => p.Position).Where(p => seen.ContainsKey(p.ResourceId)).Select((p, at) => new PackedResource(seen[p.ResourceId], PackNames.FolderOf(p.Kind, at + 1)))];
        return new PackContent(lesson.Title, lesson.School!.Name, packed, lesson.Parts.Count(p => !seen.ContainsKey(p.ResourceId)), await Attribution.OfAsync(db, seen.Values, ct));
    }

    /// <summary>Chosen resources in the order they were chosen, each in a folder of its own.</summary>
    public static async Task<PackContent> OfSelectionAsync(HubDb db, Viewer viewer, IReadOnlyList<Guid> ids, int asked, CancellationToken ct)
    {
        var seen = await SeenAsync(db, viewer, ids, ct);
        List<PackedResource> packed = [.. ids.Where(seen.ContainsKey).Select((id, at) => new PackedResource(seen[id], $"{at + 1:00} {PackNames.Safe(seen[id].Title)}/"))];
        return new PackContent("选中的资源 Selected resources", null, packed, asked - packed.Count, await Attribution.OfAsync(db, seen.Values, ct));
    }

    private static async Task<Dictionary<Guid, Resource>> SeenAsync(HubDb db, Viewer viewer, IReadOnlyCollection<Guid> ids, CancellationToken ct)
        => await db.Resources.AsNoTracking().Include(r => r.School).Include(r => r.Files.Where(f => f.RemovedIn == null)).AsSplitQuery().VisibleTo(viewer).Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, ct);
}
