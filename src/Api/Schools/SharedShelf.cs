using System.Globalization;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.Schools;

public sealed record SharedPage(Guid PartnershipId, int First, SharedPlace? Before);

/// <summary>Many may be shared in the same moment.</summary>
public sealed record SharedPlace(DateTime At, Guid ResourceId);

public sealed record SharedResource(Resource Resource, SharedPlace Place);

/// <summary>What is shared with partnerships and open to the viewer, the latest first: three statements for each different page size and start.</summary>
public sealed class SharedWithPartnership(IDbContextFactory<HubDb> databases, ResourceRows rows, Viewer viewer) : BatchLoader<SharedPage, IReadOnlyList<SharedResource>>
{
    public IDataLoaderResult<int> Count(Guid partnershipId) => databases.Count((db, ct) => OpenShares(db).CountAsync(s => s.PartnershipId == partnershipId, ct));

    protected override async Task<IReadOnlyDictionary<SharedPage, IReadOnlyList<SharedResource>>> LoadBatchAsync(IReadOnlyList<SharedPage> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var open = OpenShares(db);
        var found = new Dictionary<SharedPage, IReadOnlyList<SharedResource>>();
        foreach (var alike in keys.GroupBy(k => k with { PartnershipId = default }))
        {
            var (_, first, before) = alike.Key;
            var (at, id) = before ?? new(DateTime.MaxValue, Guid.Empty);
            var partnerships = alike.Select(k => k.PartnershipId).ToList();
            var shares = await db.Partnerships.Where(p => partnerships.Contains(p.Id))
                .SelectMany(p => open.Where(s => s.PartnershipId == p.Id && (before == null || s.SharedAt < at || s.SharedAt == at && s.ResourceId < id))
                    .OrderByDescending(s => s.SharedAt).ThenByDescending(s => s.ResourceId).Take(first + 1))
                .Select(s => new { s.PartnershipId, s.ResourceId, s.SharedAt }).ToListAsync(ct);
            var resources = await rows.ByIdAsync(db, viewer, [.. shares.Select(s => s.ResourceId).Distinct()], ct);
            foreach (var ofOne in shares.GroupBy(s => s.PartnershipId))
                found[alike.Key with { PartnershipId = ofOne.Key }] =
                [
                    .. ofOne.Where(s => resources.ContainsKey(s.ResourceId)).Select(s => new SharedResource(resources[s.ResourceId], new(s.SharedAt, s.ResourceId)))
                        .OrderByDescending(s => s.Place.At).ThenByDescending(s => s.Place.ResourceId.ToString("n"), StringComparer.Ordinal),
                ];
        }
        return found;
    }

    /// <summary>What was made narrower since is no longer shared through it.</summary>
    private IQueryable<ResourceShare> OpenShares(HubDb db)
    {
        var open = db.Resources.VisibleTo(viewer).Where(r => r.State == ResourceState.Published && r.Visibility >= Visibility.Partners);
        return db.ResourceShares.Where(s => open.Any(r => r.Id == s.ResourceId));
    }
}

/// <summary>The page of what is shared that a member sees. That a resource is shared through it is for the partnership's schools to know.</summary>
public sealed class SharedShelf(SharedWithPartnership shared, Viewer viewer)
{
    public IDataLoaderResult<Connection<Resource>> Read(Partnership partnership, int first, string? after)
    {
        var before = PlaceOf(after);
        if (!partnership.OpensAgreementTo(viewer)) return Later.Given(new Connection<Resource>([], new PageInfo(false, false, null, null), Later.Given(0)));
        return shared.LoadAsync(new SharedPage(partnership.Id, first, before)).Then(found =>
        {
            var page = Page.Of(found ?? [], first, after, s => $"{s.Place.At.Ticks}:{s.Place.ResourceId:n}", shared.Count(partnership.Id));
            return new Connection<Resource>([.. page.Edges.Select(e => new Edge<Resource>(e.Cursor, e.Node.Resource))], page.PageInfo, page.Total);
        });
    }

    private static SharedPlace? PlaceOf(string? after)
    {
        if (Page.KeyOf<SharedResource>(after) is not { } key) return null;
        return key.Split(':') is [var at, var id] && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks && Guid.TryParseExact(id, "n", out var resource)
            ? new SharedPlace(new DateTime(ticks, DateTimeKind.Utc), resource) : throw Page.Invalid();
    }
}
