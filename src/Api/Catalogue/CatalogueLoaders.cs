using Microsoft.EntityFrameworkCore;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.Catalogue;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;

namespace ResourceHub.Api.Catalogue;

/// <summary>The catalogue is everybody's to see.</summary>
public sealed class CatalogueNodeById(IDbContextFactory<HubDb> databases) : BatchLoader<Guid, CatalogueNode>
{
    protected override async Task<IReadOnlyDictionary<Guid, CatalogueNode>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.CatalogueNodes.AsNoTracking().Where(n => keys.Contains(n.Id)).ToDictionaryAsync(n => n.Id, ct);
    }
}

public sealed class ChildrenOfNode(IDbContextFactory<HubDb> databases) : BatchLoader<Guid, IReadOnlyList<CatalogueNode>>
{
    protected override async Task<IReadOnlyDictionary<Guid, IReadOnlyList<CatalogueNode>>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var parents = keys.Select(k => (Guid?)k).ToArray();
        var children = await db.CatalogueNodes.AsNoTracking().Where(n => parents.Contains(n.ParentId)).OrderBy(n => n.Position).ThenBy(n => n.Code).ToListAsync(ct);
        return children.GroupBy(n => n.ParentId!.Value).ToDictionary(g => g.Key, g => (IReadOnlyList<CatalogueNode>)[.. g]);
    }
}

/// <summary>Places of other books that have topics in common, most in common first, at most <see cref="Most"/> each.</summary>
public sealed class SiblingsOfNode(IDbContextFactory<HubDb> databases) : BatchLoader<Guid, IReadOnlyList<CatalogueNode>>
{
    private const int Most = 20;

    protected override async Task<IReadOnlyDictionary<Guid, IReadOnlyList<CatalogueNode>>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var shared = await (
            from own in db.CatalogueTopics
            join other in db.CatalogueTopics on own.Topic equals other.Topic
            join here in db.CatalogueNodes on own.NodeId equals here.Id
            join there in db.CatalogueNodes on other.NodeId equals there.Id
            where keys.Contains(own.NodeId) && there.Edition != here.Edition && there.Subject == here.Subject && !there.IsRetired
            group there.Id by new { Of = own.NodeId, there.Id } into pair
            select new { pair.Key.Of, pair.Key.Id, Common = pair.Count() }).ToListAsync(ct);
        var best = shared.GroupBy(s => s.Of).ToDictionary(g => g.Key, g => g.OrderByDescending(s => s.Common).ThenBy(s => s.Id).Take(Most).Select(s => s.Id).ToList());
        var ids = best.Values.SelectMany(b => b).Distinct().ToArray();
        var nodes = await db.CatalogueNodes.AsNoTracking().Where(n => ids.Contains(n.Id)).ToDictionaryAsync(n => n.Id, ct);
        return best.ToDictionary(b => b.Key, b => (IReadOnlyList<CatalogueNode>)b.Value.ConvertAll(id => nodes[id]));
    }
}

/// <param name="VolumeId">The volume it is in: one reading of it counts for all its nodes.</param>
public sealed record NodeKey(Guid Id, Guid VolumeId);

public sealed record Filed(int Resources, int Lessons);

/// <summary>What is filed under a place and all below it, of what the viewer may see: three statements for all places that are asked for.</summary>
public sealed class FiledUnderNode(IDbContextFactory<HubDb> databases, Viewer viewer) : BatchLoader<NodeKey, Filed>
{
    protected override async Task<IReadOnlyDictionary<NodeKey, Filed>> LoadBatchAsync(IReadOnlyList<NodeKey> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var volumes = keys.Select(k => k.VolumeId).Distinct().ToArray();
        var above = await db.CatalogueNodes.Where(n => volumes.Contains(n.VolumeId)).Select(n => new { n.Id, n.ParentId }).ToDictionaryAsync(n => n.Id, n => n.ParentId, ct);
        var filed = await db.Resources.VisibleTo(viewer).Where(r => r.State == ResourceState.Published && db.CatalogueNodes.Any(n => n.Id == r.ChapterId && volumes.Contains(n.VolumeId)))
            .GroupBy(r => r.ChapterId).Select(g => new { Place = g.Key, Count = g.Count() }).ToListAsync(ct);
        var taught = await db.Lessons.VisibleTo(viewer).Where(l => l.State == ResourceState.Published && db.CatalogueNodes.Any(n => n.Id == l.ChapterId && volumes.Contains(n.VolumeId)))
            .GroupBy(l => l.ChapterId).Select(g => new { Place = g.Key, Count = g.Count() }).ToListAsync(ct);
        var (resources, lessons) = (new Dictionary<Guid, int>(), new Dictionary<Guid, int>());
        foreach (var here in filed) Up(resources, here.Place, here.Count);
        foreach (var here in taught) Up(lessons, here.Place, here.Count);
        return keys.ToDictionary(k => k, k => new Filed(resources.GetValueOrDefault(k.Id), lessons.GetValueOrDefault(k.Id)));

        void Up(Dictionary<Guid, int> counts, Guid? place, int count)
        {
            for (; place is { } id; place = above.GetValueOrDefault(id)) counts[id] = counts.GetValueOrDefault(id) + count;
        }
    }
}
