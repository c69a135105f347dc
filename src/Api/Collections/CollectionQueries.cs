using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Api.GraphQL;
using ResourceHub.Api.Lessons;
using ResourceHub.Core;
using ResourceHub.Core.Collections;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;

namespace ResourceHub.Api.Collections;

/// <summary>要哪些专辑：字段之间为“且”，一个字段的多个值为“或”。Which collections: fields are AND, the values of one field OR.</summary>
public sealed record CollectionFilter : PackFilter
{
    /// <summary>用途。What they are for.</summary>
    public IReadOnlyList<CollectionPurpose>? Purpose { get; init; }

    public IQueryable<Collection> Of(IQueryable<Collection> collections, Viewer viewer)
        => Purpose is { Count: > 0 } ? Common(collections, viewer).Where(c => Purpose.Contains(c.Purpose)) : Common(collections, viewer);
}

[QueryType]
public static class CollectionQueries
{
    /// <summary>一个专辑；没有或无权查看时为 null。One collection; null when it is not there or you may not see it.</summary>
    /// <param name="id">专辑的全局编号。The collection's global id.</param>
    public static IDataLoaderResult<Collection?> GetCollection([ID<Collection>] Guid id, [Service] PackById<Collection> collections) => collections.LoadAsync(id);

    /// <summary>您能看到的专辑，新的在前。The collections you may see, the newest first.</summary>
    /// <param name="filter">要哪些。Which ones.</param>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    /// <param name="after">从此游标之后开始。Start after this cursor.</param>
    [Cost(2)]
    public static Task<Connection<Collection>> GetCollectionsAsync(
        [Service] IDbContextFactory<HubDb> databases, [Service] Viewer viewer, CancellationToken ct, CollectionFilter? filter = null, int first = 20, string? after = null)
        => PackPage.OfAsync(databases, db => (filter ?? new()).Of(db.Collections.AsNoTracking().VisibleTo(viewer), viewer), first, after, ct);
}
