using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Search;

namespace ResourceHub.Engines.Checks;

/// <summary>The one rule on who sees a resource, asked in each of its forms: in memory, in SQL, by tokens and of the index, and held against the agreements' words.</summary>
internal sealed class PolicyWorlds(IDbContextFactory<HubDb> databases, Viewers viewers, ISearchIndex index, DateTime now)
{
    private const int AtOnce = 100;

    /// <param name="first">Seed of the first world; the others follow.</param>
    public async Task RunAsync(int first, int count, Findings findings, CancellationToken ct)
    {
        List<RandomWorld> worlds = [.. Enumerable.Range(first, count).Select(seed => new RandomWorld(seed, now))];
        foreach (var some in worlds.Chunk(AtOnce)) await KeepAsync(some, ct);
        var (asked, seen) = (0, 0);
        foreach (var world in worlds)
            for (var who = -1; who < world.People.Count; who++)
            {
                // Compiling takes longer than all the rest: in each world it is done for one of them.
                seen += await AskAsync(world, who < 0 ? null : world.People[who], isCompiled: who == world.Seed % (world.People.Count + 1) - 1, findings, ct);
                asked += world.Resources.Count;
            }
        findings.Holds($"neither nearly nothing nor nearly everything is to be seen ({seen} of {asked})", seen > asked / 5 && seen < asked * 4 / 5);
        findings.Note($"{count} worlds from seed {first}, {asked} times asked, {seen} times yes");
    }

    private async Task KeepAsync(RandomWorld[] worlds, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        db.AddRange(worlds.SelectMany(w => (IEnumerable<object>)[.. w.Schools, .. w.Partnerships, .. w.People]));
        await db.SaveChangesAsync(ct);
        db.AddRange(worlds.SelectMany(w => w.Resources));
        await db.SaveChangesAsync(ct);
        // What is deleted has no document.
        await index.WriteAsync([.. worlds.SelectMany(w => w.Resources).Where(r => r.State != ResourceState.Deleted).Select(DocumentOf)], [], ct);
    }

    /// <summary>Asks all forms in one world as one person, made a viewer from the record; returns how many resources are to be seen.</summary>
    private async Task<int> AskAsync(RandomWorld world, Person? person, bool isCompiled, Findings findings, CancellationToken ct)
    {
        var told = world.Resources.Where(r => world.MaySee(person, r)).Select(r => r.Id).ToHashSet();
        await using var db = await databases.CreateDbContextAsync(ct);
        // Who left has no session; the partnerships are the record's to tell.
        var viewer = person is null or { LeftAt: not null } ? Viewer.Anonymous : await viewers.OfAsync(db, person, ct);
        var memory = isCompiled ? world.Resources.Where(ResourceAccess.VisibleTo(viewer).Compile()).Select(r => r.Id) : told;
        var ids = world.Resources.ConvertAll(r => r.Id);
        var sql = await db.Resources.VisibleTo(viewer).Where(r => ids.Contains(r.Id)).Select(r => r.Id).ToListAsync(ct);
        var held = ResourceAccess.TokensOf(viewer);
        var tokens = world.Resources.Where(r => ResourceAccess.TokensOf(r) is { Count: > 0 } opens && (held is null || opens.Intersect(held).Any())).Select(r => r.Id);
        var found = await index.SearchAsync(new SearchRequest(null, new Dictionary<FacetName, IReadOnlyList<string>> { [FacetName.School] = [.. world.Schools.Select(s => s.Id.ToString("n"))] }, held), ct);
        findings.Is($"total of the index, seed {world.Seed}, {viewer}", told.Count, found.Total);
        foreach (var (by, said) in (IEnumerable<(string, IEnumerable<Guid>)>)[("memory", memory), ("SQL", sql), ("tokens", tokens), ("index", found.Hits.Select(h => h.Id))])
            findings.Holds($"seed {world.Seed}, {viewer}: {by} says what the agreements say", told.SetEquals(said));
        return told.Count;
    }

    private static ResourceDocument DocumentOf(Resource r) => new()
    {
        Id = r.Id,
        Revision = r.Revision,
        Title = r.Title,
        Values = new Dictionary<FacetName, IReadOnlyList<string>> { [FacetName.School] = [r.SchoolId.ToString("n")] },
        AccessTokens = ResourceAccess.TokensOf(r),
        CreatedAt = r.CreatedAt,
        UpdatedAt = r.UpdatedAt,
        Downloads = 0,
    };
}
