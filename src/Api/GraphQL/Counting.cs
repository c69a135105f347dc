using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;

namespace ResourceHub.Api.GraphQL;

public static class Counting
{
    /// <summary>A count that is made only when it is asked for, on a connection of its own, because fields are resolved side by side.</summary>
    public static IDataLoaderResult<int> Count(this IDbContextFactory<HubDb> databases, Func<HubDb, CancellationToken, Task<int>> count) => Later.Do(async ct =>
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await count(db, ct);
    });
}
