using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.People;

namespace ResourceHub.Core.Resources;

/// <summary>What a teacher may want next: the same chapter first, then the same subject and stage, newest first; never the resource itself.</summary>
public static class RelatedResources
{
    /// <summary>Ids of at most <paramref name="first"/> published resources that the viewer may see. Two look-ups in indexes, each bounded.</summary>
    public static async Task<IReadOnlyList<Guid>> FindAsync(HubDb db, Viewer viewer, Resource of, int first, CancellationToken ct)
    {
        if (of.Subject is null || first <= 0) return [];
        var visible = db.Resources.AsNoTracking().VisibleTo(viewer).Where(r => r.Id != of.Id && r.State == ResourceState.Published && r.Subject == of.Subject);
        List<Guid> found = of.Chapter is null ? [] : await visible.Where(r => r.Chapter == of.Chapter).OrderByDescending(r => r.UpdatedAt).Take(first).Select(r => r.Id).ToListAsync(ct);
        if (found.Count == first) return found;
        var more = await visible.Where(r => r.Stage == of.Stage && !found.Contains(r.Id)).OrderByDescending(r => r.UpdatedAt).Take(first - found.Count).Select(r => r.Id).ToListAsync(ct);
        return [.. found, .. more];
    }
}
