using Microsoft.EntityFrameworkCore;

namespace ResourceHub.Core.Search;

/// <summary>What the index may still show to those it was closed to. Nearly always empty: an entry lives until its document is written.</summary>
internal static class Narrowed
{
    private static readonly PerModel<Func<HubDb, IAsyncEnumerable<Guid>>> All = new(() => EF.CompileAsyncQuery((HubDb db) => db.Narrowings.Select(n => n.ResourceId)));

    public static async Task<IReadOnlyCollection<Guid>> ReadAsync(IDbContextFactory<HubDb> databases, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        List<Guid> ids = [];
        await foreach (var id in All.For(db)(db).WithCancellation(ct)) ids.Add(id);
        return ids;
    }
}
