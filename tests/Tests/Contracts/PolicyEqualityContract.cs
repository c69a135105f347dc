using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Search;
using ResourceHub.Engines.Lucene;
using ResourceHub.Tests.Sharing;
using Xunit.Abstractions;

namespace ResourceHub.Tests.Contracts;

/// <summary>The one rule on who sees a resource says the same in each form, whatever the database. An engine inherits it.</summary>
public abstract class PolicyEqualityContract(ITestOutputHelper output)
{
    /// <summary>How many are drawn, others in each run.</summary>
    protected virtual int Worlds => 2000;

    protected abstract Task<TempRecord> StartAsync(TimeProvider clock);

    [Fact]
    public async Task SQL_memory_tokens_and_index_say_what_the_agreements_say_in_random_worlds()
    {
        var first = Random.Shared.Next(1_000_000_000);
        output.WriteLine($"worlds of the seeds {first} to {first + Worlds - 1}");
        var began = Stopwatch.GetTimestamp();
        var clock = new ManualClock();
        await using var record = await StartAsync(clock);
        using var index = new LuceneIndex(Path.Join(record.Folder, "index"), NullLogger<LuceneIndex>.Instance);
        await index.PrepareAsync(default);
        List<RandomWorld> worlds = [.. Enumerable.Range(first, Worlds).Select(seed => new RandomWorld(seed, clock.UtcNow))];
        foreach (var some in worlds.Chunk(100))
        {
            await record.SaveAsync([.. some.SelectMany(w => (IEnumerable<object>)[.. w.Schools, .. w.Partnerships, .. w.People])]);
            await record.SaveAsync([.. some.SelectMany(w => w.Resources)]);
            // What is deleted has no document.
            await index.WriteAsync([.. some.SelectMany(w => w.Resources).Where(r => r.State != ResourceState.Deleted).Select(DocumentOf)], [], default);
        }
        var (asked, seen) = (0, 0);
        foreach (var world in worlds)
            for (var who = -1; who < world.People.Count; who++)
            {
                seen += await AskAsync(record, index, world, who < 0 ? null : world.People[who], isCompiled: who == world.Seed % (world.People.Count + 1) - 1);
                asked += world.Resources.Count;
            }
        output.WriteLine($"{asked} times asked, {seen} times yes, {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        Assert.InRange(seen, asked / 5, asked * 4 / 5);
    }

    /// <summary>Asks all four in one world as one person, made a viewer from the record; returns how many resources are to be seen.</summary>
    private static async Task<int> AskAsync(TempRecord record, LuceneIndex index, RandomWorld world, Person? person, bool isCompiled)
    {
        var told = world.Resources.Where(r => world.MaySee(person, r)).Select(r => r.Id).ToHashSet();
        await using var db = record.CreateDbContext();
        // Who left has no session; the partnerships are the record's to tell.
        var viewer = person is null or { LeftAt: not null } ? Viewer.Anonymous : await record.Get<Viewers>().OfAsync(db, person, default);
        // Compiling takes longer than all the rest: in each world it is done for one of them.
        var memory = isCompiled ? world.Resources.Where(ResourceAccess.VisibleTo(viewer).Compile()).Select(r => r.Id) : told;
        var ids = world.Resources.ConvertAll(r => r.Id);
        var sql = await db.Resources.VisibleTo(viewer).Where(r => ids.Contains(r.Id)).Select(r => r.Id).ToListAsync();
        var held = ResourceAccess.TokensOf(viewer);
        var tokens = world.Resources.Where(r => ResourceAccess.TokensOf(r) is { Count: > 0 } opens && (held is null || opens.Intersect(held).Any())).Select(r => r.Id);
        var found = await index.SearchAsync(new SearchRequest(null, new Dictionary<FacetName, IReadOnlyList<string>> { [FacetName.School] = [.. world.Schools.Select(s => s.Id.ToString("n"))] }, held), default);
        Assert.Equal(told.Count, found.Total);
        foreach (var (by, said) in new[] { ("memory", memory), ("SQL", sql), ("tokens", tokens), ("index", found.Hits.Select(h => h.Id)) })
            Assert.True(told.SetEquals(said), $"seed {world.Seed}, {viewer}: {by} differs");
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
