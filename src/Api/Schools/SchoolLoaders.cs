using Microsoft.EntityFrameworkCore;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.People;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.Schools;

public sealed class SchoolById(IDbContextFactory<HubDb> databases) : BatchLoader<Guid, School>
{
    // Compiled: every page names schools.
    private static readonly PerModel<Func<HubDb, Guid[], IAsyncEnumerable<School>>> ById = new(() => EF.CompileAsyncQuery((HubDb db, Guid[] ids) => db.Schools.AsNoTracking().Where(s => ids.Contains(s.Id))));

    private static readonly PerModel<Func<HubDb, Guid, IAsyncEnumerable<School>>> One = new(() => EF.CompileAsyncQuery((HubDb db, Guid id) => db.Schools.AsNoTracking().Where(s => s.Id == id)));

    protected override async Task<IReadOnlyDictionary<Guid, School>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = new Dictionary<Guid, School>(keys.Count);
        await foreach (var school in (keys is [var one] ? One.For(db)(db, one) : ById.For(db)(db, [.. keys])).WithCancellation(ct)) found[school.Id] = school;
        return found;
    }
}

/// <summary>With its members. Only what the viewer may know of: absent and forbidden are alike.</summary>
public sealed class PartnershipById(IDbContextFactory<HubDb> databases, Viewer viewer) : BatchLoader<Guid, Partnership>
{
    protected override async Task<IReadOnlyDictionary<Guid, Partnership>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Partnerships.AsNoTracking().Include(p => p.Members).VisibleTo(viewer).Where(p => keys.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
    }
}
