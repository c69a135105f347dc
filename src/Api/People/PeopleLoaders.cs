using Microsoft.EntityFrameworkCore;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.People;

namespace ResourceHub.Api.People;

/// <summary>With their places; only whom the viewer may know of.</summary>
public sealed class PersonById(IDbContextFactory<HubDb> databases, Viewer viewer) : BatchLoader<Guid, Person>
{
    protected override async Task<IReadOnlyDictionary<Guid, Person>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.People.AsNoTracking().Include(p => p.Places).KnownTo(viewer).Where(p => keys.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
    }
}

/// <summary>What somebody signs in with; ask <see cref="PersonAccess.MaySeeAccountOf"/> first.</summary>
public sealed class AccountOfPerson(IDbContextFactory<HubDb> databases) : BatchLoader<Guid, LocalAccount>
{
    protected override async Task<IReadOnlyDictionary<Guid, LocalAccount>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.LocalAccounts.AsNoTracking().Where(a => keys.Contains(a.PersonId)).ToDictionaryAsync(a => a.PersonId, ct);
    }
}
