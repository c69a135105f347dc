using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.Collections;
using ResourceHub.Core.Courses;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.Lessons;

/// <summary>Lessons, courses or collections: only what the viewer may see; absent and forbidden are alike.</summary>
public sealed class PackById<T>(IDbContextFactory<HubDb> databases, Viewer viewer) : BatchLoader<Guid, T> where T : Pack
{
    protected override async Task<IReadOnlyDictionary<Guid, T>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Set<T>().AsNoTracking().VisibleTo(viewer).Where(p => keys.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
    }
}

/// <summary>A pack as a key: by its id, with the row at hand.</summary>
public sealed record PackKey(Pack Pack)
{
    public bool Equals(PackKey? other) => other?.Pack.Id == Pack.Id;

    public override int GetHashCode() => Pack.Id.GetHashCode();
}

public sealed class AudienceOfPack(ResourceAudience audience, Viewer viewer) : BatchLoader<PackKey, string>
{
    protected override async Task<IReadOnlyDictionary<PackKey, string>> LoadBatchAsync(IReadOnlyList<PackKey> keys, CancellationToken ct)
    {
        var said = await audience.DescribeAsync(viewer, [.. keys.Select(k => k.Pack)], ct);
        return keys.ToDictionary(k => k, k => said[k.Pack.Id]);
    }
}

/// <summary>The partnerships a pack is shared with.</summary>
public sealed class PartnershipsOfPack(IDbContextFactory<HubDb> databases) : BatchLoader<Guid, IReadOnlyList<Partnership>>
{
    protected override async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Partnership>>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var shares = await db.Set<PackShare>().AsNoTracking().Where(s => keys.Contains(s.PackId)).ToListAsync(ct);
        var ids = shares.Select(s => s.PartnershipId).Distinct().ToArray();
        var partnerships = await db.Partnerships.AsNoTracking().Include(p => p.Members).Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        return shares.GroupBy(s => s.PackId).ToDictionary(g => g.Key, g => (IReadOnlyList<Partnership>)[.. g.Select(s => partnerships[s.PartnershipId]).OrderBy(p => p.Id)]);
    }
}

public sealed record PageOfPack(Guid PackId, int First, int? Before);

/// <summary>The newest first.</summary>
public sealed class VersionsOfPack(IDbContextFactory<HubDb> databases) : BatchLoader<PageOfPack, IReadOnlyList<PackVersion>>
{
    public IDataLoaderResult<Connection<ShownVersion>> Read(Pack pack, int first, string? after)
        => LoadAsync(new PageOfPack(pack.Id, first, Page.NumberOf<ShownVersion>(after)))
            .Then(found => Page.Of<ShownVersion>([.. (found ?? []).Select(v => new ShownVersion(v, pack))], first, after, v => $"{v.Number}", Later.Given(pack.Version)));

    protected override async Task<IReadOnlyDictionary<PageOfPack, IReadOnlyList<PackVersion>>> LoadBatchAsync(IReadOnlyList<PageOfPack> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = new Dictionary<PageOfPack, IReadOnlyList<PackVersion>>();
        foreach (var alike in keys.GroupBy(k => k with { PackId = default }))
        {
            var (_, first, before) = alike.Key;
            var packs = alike.Select(k => k.PackId).ToList();
            var versions = await db.Packs.Where(p => packs.Contains(p.Id))
                .SelectMany(p => db.PackVersions.Where(v => v.PackId == p.Id && (before == null || v.Number < before)).OrderByDescending(v => v.Number).Take(first + 1))
                .AsNoTracking().ToListAsync(ct);
            foreach (var ofOne in versions.GroupBy(v => v.PackId)) found[alike.Key with { PackId = ofOne.Key }] = [.. ofOne.OrderByDescending(v => v.Number)];
        }
        return found;
    }
}

/// <summary>One version of a pack by its number.</summary>
public sealed class VersionOfPack(IDbContextFactory<HubDb> databases) : BatchLoader<(Guid PackId, int Number), PackVersion>
{
    public IDataLoaderResult<ShownVersion?> Read(Pack pack, int number) => LoadAsync((pack.Id, number)).Then(found => found is null ? null : new ShownVersion(found, pack));

    protected override async Task<IReadOnlyDictionary<(Guid PackId, int Number), PackVersion>> LoadBatchAsync(IReadOnlyList<(Guid PackId, int Number)> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var (packs, numbers) = (keys.Select(k => k.PackId).ToArray(), keys.Select(k => k.Number).ToArray());
        return await db.PackVersions.AsNoTracking().Where(v => packs.Contains(v.PackId) && numbers.Contains(v.Number)).ToDictionaryAsync(v => (v.PackId, v.Number), ct);
    }
}

/// <summary>Which kind a pack is, as global ids say it; also of one that is not the viewer's to see.</summary>
public sealed class KindOfPack(IDbContextFactory<HubDb> databases) : BatchLoader<Guid, string>
{
    protected override async Task<IReadOnlyDictionary<Guid, string>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var packs = db.Packs.Where(p => keys.Contains(p.Id));
        return await packs.Select(p => new { p.Id, Kind = p is Lesson ? nameof(Lesson) : p is Course ? nameof(Course) : nameof(Collection) }).ToDictionaryAsync(p => p.Id, p => p.Kind, ct);
    }
}
