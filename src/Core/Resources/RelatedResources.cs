using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.People;

namespace ResourceHub.Core.Resources;

/// <summary>What a teacher may want next: the same chapter first, then the same subject and stage, newest first; never the resource itself.</summary>
public static class RelatedResources
{
    /// <summary>
    /// At most <paramref name="first"/> published resources that the viewer may see, for each of the given ones. One statement for all of them: each takes two
    /// look-ups in indexes, bounded by <paramref name="first"/>. (As a window over all rows, which a plain join becomes, it would read every resource.)
    /// </summary>
    public static async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Resource>>> FindAsync(HubDb db, Viewer viewer, IReadOnlyCollection<Guid> ids, int first, CancellationToken ct)
    {
        if (first <= 0) return new Dictionary<Guid, IReadOnlyList<Resource>>();
        var of = db.Resources.Where(k => ids.Contains(k.Id));
        var visible = db.Resources.Where(r => r.State == ResourceState.Published).VisibleTo(viewer);
        var sameChapter = from k in of
                          from r in db.Resources
                          where visible.Where(x => k.Chapter != null && k.Subject != null && x.Subject == k.Subject && x.Chapter == k.Chapter && x.Id != k.Id)
                              .OrderByDescending(x => x.UpdatedAt).ThenByDescending(x => x.Id).Take(first).Select(x => x.Id).Contains(r.Id)
                          select new { Of = k.Id, SameChapter = true, Resource = r };
        var sameStage = from k in of
                        from r in db.Resources
                        where visible.Where(x => k.Subject != null && k.Stage != null && x.Subject == k.Subject && x.Stage == k.Stage && x.Id != k.Id)
                            .OrderByDescending(x => x.UpdatedAt).ThenByDescending(x => x.Id).Take(first).Select(x => x.Id).Contains(r.Id)
                        select new { Of = k.Id, SameChapter = false, Resource = r };
        var found = await sameChapter.Concat(sameStage).AsNoTracking().ToListAsync(ct);
        return found.GroupBy(f => f.Of).ToDictionary(g => g.Key, g => (IReadOnlyList<Resource>)
            [.. g.OrderByDescending(f => f.SameChapter).ThenByDescending(f => f.Resource.UpdatedAt).ThenByDescending(f => f.Resource.Id).Select(f => f.Resource).DistinctBy(r => r.Id).Take(first)]);
    }
}
