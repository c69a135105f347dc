using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.People;

namespace ResourceHub.Core.Resources;

/// <summary>What a teacher may want next: the same chapter first, then the same subject and stage, newest first; never the resource itself.</summary>
public sealed class RelatedResources(ResourceRows rows)
{
    private sealed record Pair(Guid Of, ResourceStamp Stamp, DateTime UpdatedAt);

    /// <summary>
    /// At most <paramref name="first"/> published resources that the viewer may see, for each of the given ones: as many statements for a list as for one,
    /// and in each a look-up in an index that ends after <paramref name="first"/> rows.
    /// </summary>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Resource>>> FindAsync(HubDb db, Viewer viewer, IReadOnlyCollection<Resource> of, int first, CancellationToken ct)
    {
        var found = of.ToDictionary(r => r.Id, _ => new List<ResourceStamp>());
        if (first > 0)
        {
            await AddAsync(db, viewer, found, [.. of.Where(r => r.Subject is not null && r.Chapter is not null)], first, sameChapter: true, ct);
            await AddAsync(db, viewer, found, [.. of.Where(r => r.Subject is not null && r.Stage is not null && found[r.Id].Count < first)], first, sameChapter: false, ct);
        }
        var read = (await rows.ReadAsync(db, viewer, [.. found.Values.SelectMany(f => f).Distinct()], ct)).ToDictionary(r => r.Id);
        return found.ToDictionary(f => f.Key, f => (IReadOnlyList<Resource>)[.. f.Value.Select(s => read.GetValueOrDefault(s.Id)).OfType<Resource>()]);
    }

    private static async Task AddAsync(HubDb db, Viewer viewer, Dictionary<Guid, List<ResourceStamp>> found, List<Resource> of, int first, bool sameChapter, CancellationToken ct)
    {
        if (of.Count == 0) return;
        if (of is [var one])
        {
            Fill(found[one.Id], sameChapter ? await ResourceStamps.InChapterAsync(db, viewer, one, first, ct) : await ResourceStamps.InStageAsync(db, viewer, one, first, ct), first);
            return;
        }
        var pairs = await Pairs(db, viewer, of.ConvertAll(r => r.Id), first, sameChapter).AsNoTracking().ToListAsync(ct);
        foreach (var group in pairs.GroupBy(p => p.Of)) Fill(found[group.Key], group.OrderByDescending(p => p.UpdatedAt).Select(p => p.Stamp), first);
    }

    /// <summary>A plain join would become a window over every resource; as a list of ids the limit stands inside each look-up.</summary>
    private static IQueryable<Pair> Pairs(HubDb db, Viewer viewer, List<Guid> ids, int first, bool sameChapter)
    {
        var visible = ResourceStamps.Published(db, viewer);
        return from k in db.Resources
               from r in db.Resources
               where ids.Contains(k.Id) && visible
                   .Where(x => k.Subject != null && x.Subject == k.Subject && x.Id != k.Id)
                   .Where(x => sameChapter ? k.Chapter != null && x.Chapter == k.Chapter : k.Stage != null && x.Stage == k.Stage)
                   .OrderByDescending(x => x.UpdatedAt).Take(first).Select(x => x.Id).Contains(r.Id)
               select new Pair(k.Id, new ResourceStamp(r.Id, r.Revision, r.Downloads), r.UpdatedAt);
    }

    private static void Fill(List<ResourceStamp> list, IEnumerable<ResourceStamp> more, int first)
        => list.AddRange(more.Where(m => list.TrueForAll(s => s.Id != m.Id)).Take(first - list.Count).ToList());
}
