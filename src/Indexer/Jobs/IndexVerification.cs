using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Search;

namespace ResourceHub.Indexer.Jobs;

/// <param name="Wrong">Empty when the index holds what the record says.</param>
public sealed record IndexVerdict(int InRecord, int InIndex, int Sampled, IReadOnlyList<string> Wrong);

/// <summary>Compares an index with the record while both go on: how many resources there are, and of a sample whether each is held as new as it is, and the removed are not.</summary>
public sealed class IndexVerification(IDbContextFactory<HubDb> databases, ISearchIndex index)
{
    private const int Sample = 500;
    private const int MostNamed = 10;

    public async Task<IndexVerdict> RunAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var alive = await db.Resources.CountAsync(r => r.State != ResourceState.Deleted, ct);
        var ids = await db.Resources.AsNoTracking().OrderBy(r => r.Id).Select(r => r.Id).ToListAsync(ct);
        var step = Math.Max(1, ids.Count / Sample);
        List<Guid> sampled = [.. ids.Where((_, i) => i % step == 0)];
        List<string> wrong = [];
        foreach (var some in sampled.Chunk(Sample)) wrong.AddRange(await CompareAsync(db, some, ct));
        var held = (await index.HealthAsync(ct)).Documents;
        // What was promised meanwhile is on its way.
        var waiting = await db.Jobs.CountAsync(j => j.Kind == JobKinds.Index, ct);
        if (Math.Abs(alive - held) > waiting) wrong.Insert(0, $"{alive} resources are in the record and {held} in the index, and only {waiting} are on their way");
        return new(alive, held, sampled.Count, [.. wrong.Take(MostNamed), .. wrong.Count > MostNamed ? [$"and {wrong.Count - MostNamed} more"] : (string[])[]]);
    }

    private async Task<IEnumerable<string>> CompareAsync(HubDb db, Guid[] ids, CancellationToken ct)
    {
        var rows = await db.Resources.AsNoTracking().Where(r => EF.Parameter(ids).Contains(r.Id)).Select(r => new { r.Id, r.State, r.Revision }).ToListAsync(ct);
        var held = await index.HeldAsync(ids, ct);
        // A resource with a promise is written again: what is held of it may be old.
        var promised = await db.Jobs.Where(j => j.Kind == JobKinds.Index && EF.Parameter(ids).Contains(j.Subject)).Select(j => j.Subject).ToListAsync(ct);
        return rows.Where(r => !promised.Contains(r.Id)).Select(r => (r.State == ResourceState.Deleted, held.GetValueOrDefault(r.Id)) switch
        {
            (true, null or { IsRemoved: true }) => null,
            (true, _) => $"{r.Id} was deleted and is still held",
            (false, null or { IsRemoved: true }) => $"{r.Id} is missing",
            (false, { Revision: var revision }) when revision < r.Revision => $"{r.Id} is held at revision {revision} and is at {r.Revision}",
            _ => null,
        }).OfType<string>();
    }
}
