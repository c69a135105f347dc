using ResourceHub.Core.Search;

namespace ResourceHub.Engines.Checks;

/// <summary>That an index can be made anew while people search and write, with nothing lost, nothing undone and no search that fails.</summary>
internal static class SwapChecks
{
    private const int Lessons = 400, Batch = 50;

    public static IReadOnlyList<BehaviourCheck> All =>
    [
        BehaviourCheck.OfSearch("swap under load", "./hub reindex would lose what is written meanwhile, or searches fail. Stop the hub before you use it, and report the version of the engine.", SwapAsync),
        BehaviourCheck.OfSearch("swap cut off", "A reindex that was killed would leave something behind that searches see.", CutOffAsync),
    ];

    private static async Task SwapAsync(Trial<ISearchIndex> trial, Findings findings, CancellationToken ct)
    {
        var (index, renewal) = (trial.Engine, (IIndexRenewal)trial.Engine);
        var world = new SwapWorld(Enumerable.Range(0, Lessons).Select(i => MadeLessons.Lesson($"数学 第{i}课")));
        await index.WriteAsync([.. world.Record.Values], [], ct);
        await index.MarkWholeAsync(ct);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var searching = Task.Run(() => SearchAsync(index, over.Token, ct), CancellationToken.None);
        var writing = Task.WhenAll(Enumerable.Range(0, SwapWorld.Writers).Select(n => Task.Run(() => world.WriteAsync(index, n, over.Token, ct), CancellationToken.None)));
        try
        {
            await using var fresh = await renewal.BeginAsync(ct);
            foreach (var some in world.Ids.Chunk(Batch))
                await fresh.WriteAsync([.. some.Select(id => world.Record.GetValueOrDefault(id)).OfType<ResourceDocument>()], [], some[^1], ct);
            await world.GoOnAsync(ct);
            await fresh.TakeOverAsync(ct);
            await world.GoOnAsync(ct);
        }
        finally
        {
            await over.CancelAsync();
        }
        var (asked, failed, least) = await searching;
        await writing;

        findings.Is("searches that failed", 0, failed);
        findings.Holds($"no search finds less than there is ({least} of {world.Record.Count})", least >= world.Record.Count);
        var held = await index.HeldAsync(world.Ids, ct);
        findings.Is("writes lost", 0, world.Record.Count(r => held.GetValueOrDefault(r.Key)?.Revision != r.Value.Revision));
        findings.Is("removals undone", 0, world.Ids.Count(id => !world.Record.ContainsKey(id) && held.GetValueOrDefault(id) is { IsRemoved: false }));
        findings.Is("resources", world.Record.Count, await index.CountAsync(null, ct));
        findings.Holds("the new index is whole", (await index.HealthAsync(ct)).IsWhole);
        findings.Note($"{asked} searches and {world.Changes} writes went on, {Lessons - world.Record.Count} of them removals");
    }

    private static async Task<(int Asked, int Failed, int Least)> SearchAsync(ISearchIndex index, CancellationToken over, CancellationToken ct)
    {
        var (asked, failed, least) = (0, 0, int.MaxValue);
        for (; !over.IsCancellationRequested; asked++)
        {
            try
            {
                least = Math.Min(least, (await index.AskAsync("数学", ct)).Total);
            }
            catch (IOException)
            {
                failed++;
            }
        }
        return (asked, failed, asked == failed ? 0 : least);
    }

    private static async Task CutOffAsync(Trial<ISearchIndex> trial, Findings findings, CancellationToken ct)
    {
        ResourceDocument[] lessons = [.. Enumerable.Range(0, 20).Select(i => MadeLessons.Lesson($"第{i}课")).OrderBy(l => l.Id)];
        await trial.Engine.WriteAsync(lessons, [], ct);
        await trial.Engine.MarkWholeAsync(ct);
        await using (var cut = await ((IIndexRenewal)trial.Engine).BeginAsync(ct)) await cut.WriteAsync(lessons[..5], [], lessons[4].Id, ct);
        findings.Is("resources while it is cut off", 20, await trial.Engine.CountAsync(null, ct));
        await trial.ReopenAsync(ct);
        findings.Holds("the index in use is whole after a restart", (await trial.Engine.HealthAsync(ct)).IsWhole);
        var late = MadeLessons.Lesson("后来的课");
        await trial.Engine.WriteAsync(ct, late);
        await using (var again = await ((IIndexRenewal)trial.Engine).BeginAsync(ct))
        {
            // Where it says that it has come so far, the rest is enough.
            await again.WriteAsync([.. lessons.Where(l => l.Id > again.Reached), .. again.Reached == Guid.Empty ? [late] : (ResourceDocument[])[]], [], lessons[^1].Id, ct);
            await again.TakeOverAsync(ct);
        }
        findings.Is("resources when it was gone on with", 21, await trial.Engine.CountAsync(null, ct));
        findings.Is("of them written while it lay cut off", 1, await trial.Engine.CountAsync("后来的课", ct));
        await trial.ReopenAsync(ct);
        findings.Is("resources after a restart", 21, await trial.Engine.CountAsync(null, ct));
    }
}
