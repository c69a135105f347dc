using Microsoft.EntityFrameworkCore;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.Schools;

public sealed class SchoolById(IDbContextFactory<HubDb> databases) : BatchLoader<Guid, School>
{
    protected override async Task<IReadOnlyDictionary<Guid, School>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Schools.AsNoTracking().Where(s => keys.Contains(s.Id)).ToDictionaryAsync(s => s.Id, ct);
    }
}

/// <summary>With its members.</summary>
public sealed class PartnershipById(IDbContextFactory<HubDb> databases) : BatchLoader<Guid, Partnership>
{
    protected override async Task<IReadOnlyDictionary<Guid, Partnership>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Partnerships.AsNoTracking().Include(p => p.Members).Where(p => keys.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
    }
}
