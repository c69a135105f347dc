using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.People;
using ResourceHub.Core.Search;

namespace ResourceHub.Core.Resources;

/// <summary>
/// What a teacher may want next: what belongs to the same lesson, stands in the same chapter, says much the same, was made from it or it from that; then what
/// stands near, and last what is of the same subject and stage. Never the resource itself, and only what is published and the viewer may see.
/// </summary>
public sealed class RelatedResources(ResourceRows rows, ISearchIndex index, IDbContextFactory<HubDb> databases, TimeProvider clock)
{
    private readonly LikeSearch likes = new(index, databases, clock);

    private sealed record Pair(Guid Of, ResourceStamp Stamp, DateTime UpdatedAt);

    private sealed record Seen(ResourceStamp Stamp, DateTime UpdatedAt, string Title, List<string> Keywords, string? Chapter);

    /// <summary>At most <paramref name="first"/> for each of the given ones: as many statements for a list as for one, and for each a search by its words.</summary>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<RelatedResource>>> FindAsync(HubDb db, Viewer viewer, IReadOnlyCollection<Resource> of, int first, CancellationToken ct)
    {
        var orders = of.ToDictionary(r => r.Id, _ => new RelatedOrder());
        if (first > 0)
        {
            foreach (var (id, stamps) in await NewestAsync(db, viewer, [.. of.Where(r => r.Subject is not null && r.Chapter is not null)], first, sameChapter: true, ct))
                orders[id].Add(RelatedReason.SameChapter, stamps);
            await AddBoundAndLikeAsync(db, viewer, of, orders, ct);
            foreach (var (id, stamps) in await NewestAsync(db, viewer, [.. of.Where(r => r.Subject is not null && r.Stage is not null && orders[r.Id].Count < first)], first, sameChapter: false, ct))
                orders[id].Add(RelatedReason.SameStage, stamps);
        }
        var best = orders.ToDictionary(o => o.Key, o => o.Value.Best(first).ToList());
        var read = (await rows.ReadAsync(db, viewer, [.. best.Values.SelectMany(b => b.Select(s => s.Stamp)).Distinct()], ct)).ToDictionary(r => r.Id);
        return best.ToDictionary(b => b.Key, b => (IReadOnlyList<RelatedResource>)[.. b.Value.Where(s => read.ContainsKey(s.Stamp.Id)).Select(s => new RelatedResource(read[s.Stamp.Id], s.Reason))]);
    }

    /// <summary>Whether the others may be seen is asked once for all of them.</summary>
    private async Task AddBoundAndLikeAsync(HubDb db, Viewer viewer, IReadOnlyCollection<Resource> of, Dictionary<Guid, RelatedOrder> orders, CancellationToken ct)
    {
        var bonds = await RelatedGraph.FindAsync(db, viewer, of, ct);
        var words = of.Select(r => (r.Id, Words: LikeWords.Of(r.Title, r.Keywords, r.Chapter))).Where(w => w.Words is not null).ToDictionary(w => w.Id, w => w.Words!);
        var found = await likes.FindAsync(viewer, words, ct);
        Guid[] others = [.. bonds.Select(b => b.Id).Concat(found.SelectMany(f => f.Value)).Distinct()];
        if (others.Length == 0) return;
        var seen = await ResourceStamps.Published(db, viewer).Where(r => others.Contains(r.Id))
            .Select(r => new Seen(new ResourceStamp(r.Id, r.Revision, r.Downloads), r.UpdatedAt, r.Title, r.Keywords, r.Chapter)).ToDictionaryAsync(s => s.Stamp.Id, ct);
        foreach (var same in bonds.Where(b => seen.ContainsKey(b.Id)).GroupBy(b => (b.Of, b.Reason)))
            orders[same.Key.Of].Add(same.Key.Reason, same.OrderBy(b => b.Place).ThenByDescending(b => seen[b.Id].UpdatedAt).ThenByDescending(b => b.Id).DistinctBy(b => b.Id).Select(b => seen[b.Id].Stamp));
        var theirs = seen.Values.ToDictionary(s => s.Stamp.Id, s => LikeWords.Of(s.Title, s.Keywords, s.Chapter));
        foreach (var (id, ids) in found)
            orders[id].Add(RelatedReason.SimilarText, ids.Select(other => (Id: other, Likeness: theirs.GetValueOrDefault(other) is { } its ? words[id].LikenessTo(its) : 0)).Where(o => o.Likeness > 0)
                .OrderByDescending(o => o.Likeness).ThenByDescending(o => seen[o.Id].UpdatedAt).ThenByDescending(o => o.Id).Select(o => seen[o.Id].Stamp));
    }

    private static async Task<IEnumerable<(Guid Id, IReadOnlyList<ResourceStamp> Stamps)>> NewestAsync(HubDb db, Viewer viewer, List<Resource> of, int first, bool sameChapter, CancellationToken ct)
    {
        if (of.Count == 0) return [];
        if (of is [var one])
            return [(one.Id, sameChapter ? await ResourceStamps.InChapterAsync(db, viewer, one, first, ct) : await ResourceStamps.InStageAsync(db, viewer, one, first, ct))];
        var pairs = await Pairs(db, viewer, of.ConvertAll(r => r.Id), first, sameChapter).AsNoTracking().ToListAsync(ct);
        return pairs.GroupBy(p => p.Of).Select(g => (g.Key, (IReadOnlyList<ResourceStamp>)[.. g.OrderByDescending(p => p.UpdatedAt).Select(p => p.Stamp)]));
    }

    /// <summary>On SQLite a plain join would become a window over every resource; as a list of ids the limit stands inside each look-up, which ends after <paramref name="first"/> rows of an index.</summary>
    private static IQueryable<Pair> Pairs(HubDb db, Viewer viewer, List<Guid> ids, int first, bool sameChapter)
    {
        var visible = ResourceStamps.Published(db, viewer);
        if (db.LooksUpEach)
            return from k in db.Resources
                   where ids.Contains(k.Id)
                   from r in visible
                       .Where(x => k.Subject != null && x.Subject == k.Subject && x.Id != k.Id)
                       .Where(x => sameChapter ? k.Chapter != null && x.Chapter == k.Chapter : k.Stage != null && x.Stage == k.Stage)
                       .OrderByDescending(x => x.UpdatedAt).Take(first)
                   select new Pair(k.Id, new ResourceStamp(r.Id, r.Revision, r.Downloads), r.UpdatedAt);
        return from k in db.Resources
               from r in db.Resources
               where ids.Contains(k.Id) && visible
                   .Where(x => k.Subject != null && x.Subject == k.Subject && x.Id != k.Id)
                   .Where(x => sameChapter ? k.Chapter != null && x.Chapter == k.Chapter : k.Stage != null && x.Stage == k.Stage)
                   .OrderByDescending(x => x.UpdatedAt).Take(first).Select(x => x.Id).Contains(r.Id)
               select new Pair(k.Id, new ResourceStamp(r.Id, r.Revision, r.Downloads), r.UpdatedAt);
    }
}
