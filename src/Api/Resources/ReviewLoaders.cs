using Microsoft.EntityFrameworkCore;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;

namespace ResourceHub.Api.Resources;

/// <summary>A resource as a key: by its id, with the row at hand.</summary>
public sealed record ResourceKey(Resource Resource)
{
    public bool Equals(ResourceKey? other) => other?.Resource.Id == Resource.Id;

    public override int GetHashCode() => Resource.Id.GetHashCode();
}

public sealed class AudienceOfResource(ResourceAudience audience, Viewer viewer) : BatchLoader<ResourceKey, string>
{
    protected override async Task<IReadOnlyDictionary<ResourceKey, string>> LoadBatchAsync(IReadOnlyList<ResourceKey> keys, CancellationToken ct)
    {
        var said = await audience.DescribeAsync(viewer, [.. keys.Select(k => k.Resource)], ct);
        return keys.ToDictionary(k => k, k => said[k.Resource.Id]);
    }
}

public sealed class NewestReview(IDbContextFactory<HubDb> databases) : BatchLoader<Guid, Review>
{
    protected override async Task<IReadOnlyDictionary<Guid, Review>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Reviews.AsNoTracking().Where(r => keys.Contains(r.ResourceId) && !db.Reviews.Any(o => o.ResourceId == r.ResourceId && o.Id > r.Id)).ToDictionaryAsync(r => r.ResourceId, ct);
    }
}

public sealed record PageOfResource(Guid ResourceId, int First, Guid? Before);

/// <summary>The newest first.</summary>
public sealed class ReviewsOfResource(IDbContextFactory<HubDb> databases) : BatchLoader<PageOfResource, IReadOnlyList<Review>>
{
    protected override async Task<IReadOnlyDictionary<PageOfResource, IReadOnlyList<Review>>> LoadBatchAsync(IReadOnlyList<PageOfResource> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = new Dictionary<PageOfResource, IReadOnlyList<Review>>();
        foreach (var alike in keys.GroupBy(k => k with { ResourceId = default }))
        {
            var (_, first, before) = alike.Key;
            var resources = alike.Select(k => k.ResourceId).ToList();
            var reviews = await db.Resources.Where(r => resources.Contains(r.Id))
                .SelectMany(r => db.Reviews.Where(v => v.ResourceId == r.Id && (before == null || v.Id < before)).OrderByDescending(v => v.Id).Take(first + 1))
                .AsNoTracking().ToListAsync(ct);
            foreach (var ofOne in reviews.GroupBy(v => v.ResourceId)) found[alike.Key with { ResourceId = ofOne.Key }] = [.. ofOne.OrderByDescending(v => v.Id)];
        }
        return found;
    }
}

public sealed class ReviewCount(IDbContextFactory<HubDb> databases) : BatchLoader<Guid, int>
{
    protected override async Task<IReadOnlyDictionary<Guid, int>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Reviews.Where(r => keys.Contains(r.ResourceId)).GroupBy(r => r.ResourceId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
    }
}

/// <summary>The statement that counts.</summary>
public sealed class NewestConsent(IDbContextFactory<HubDb> databases) : BatchLoader<Guid, Consent>
{
    protected override async Task<IReadOnlyDictionary<Guid, Consent>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Consents.AsNoTracking().Where(c => keys.Contains(c.ResourceId) && !db.Consents.Any(o => o.ResourceId == c.ResourceId && o.Id > c.Id)).ToDictionaryAsync(c => c.ResourceId, ct);
    }
}

/// <summary>What others made of it, as far as the viewer sees it; the newest first.</summary>
public sealed class AdaptationsOfResource(IDbContextFactory<HubDb> databases, Viewer viewer) : BatchLoader<PageOfResource, IReadOnlyList<Resource>>
{
    protected override async Task<IReadOnlyDictionary<PageOfResource, IReadOnlyList<Resource>>> LoadBatchAsync(IReadOnlyList<PageOfResource> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = new Dictionary<PageOfResource, IReadOnlyList<Resource>>();
        var visible = db.Resources.VisibleTo(viewer);
        foreach (var alike in keys.GroupBy(k => k with { ResourceId = default }))
        {
            var (_, first, before) = alike.Key;
            var sources = alike.Select(k => k.ResourceId).ToList();
            var copies = await db.Resources.Where(r => sources.Contains(r.Id))
                .SelectMany(r => visible.Where(c => c.BasedOnId == r.Id && (before == null || c.Id < before)).OrderByDescending(c => c.Id).Take(first + 1))
                .AsNoTracking().ToListAsync(ct);
            foreach (var ofOne in copies.GroupBy(c => c.BasedOnId!.Value)) found[alike.Key with { ResourceId = ofOne.Key }] = [.. ofOne.OrderByDescending(c => c.Id)];
        }
        return found;
    }
}

public sealed class AdaptationCount(IDbContextFactory<HubDb> databases, Viewer viewer) : BatchLoader<Guid, int>
{
    protected override async Task<IReadOnlyDictionary<Guid, int>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Resources.VisibleTo(viewer).Where(r => r.BasedOnId != null && keys.Contains(r.BasedOnId.Value))
            .GroupBy(r => r.BasedOnId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
    }
}

/// <summary>Who did something: the name of a person, or of a key.</summary>
public sealed class ActorName(IDbContextFactory<HubDb> databases) : BatchLoader<Guid, string>
{
    protected override async Task<IReadOnlyDictionary<Guid, string>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var people = db.People.Where(p => keys.Contains(p.Id)).Select(p => new { p.Id, Name = p.DisplayName });
        return await people.Concat(db.ApiKeys.Where(k => keys.Contains(k.Id)).Select(k => new { k.Id, k.Name })).ToDictionaryAsync(a => a.Id, a => a.Name, ct);
    }
}
