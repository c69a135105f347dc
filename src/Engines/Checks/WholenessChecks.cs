using ResourceHub.Core.Search;

namespace ResourceHub.Engines.Checks;

/// <summary>That an index knows whether everything is in it, and can be begun anew while people search.</summary>
internal static class WholenessChecks
{
    public static IReadOnlyList<BehaviourCheck> All =>
    [
        BehaviourCheck.OfSearch("whole", "A fill that was cut off would be taken for whole, and resources be missing from searches.", WholeAsync),
        BehaviourCheck.OfSearch("begun anew", "Searches would fail while the index is begun anew.", AnewAsync),
    ];

    private static async Task WholeAsync(Trial<ISearchIndex> trial, Findings findings, CancellationToken ct)
    {
        findings.Holds("a new index is not whole", !(await trial.Engine.HealthAsync(ct)).IsWhole);
        await trial.Engine.ClearAsync(ct);
        await trial.Engine.WriteAsync(ct, MadeLessons.Lesson("甲"));
        findings.Holds("one that is being filled is not whole", !(await trial.Engine.HealthAsync(ct)).IsWhole);
        await trial.Engine.MarkWholeAsync(ct);
        await trial.ReopenAsync(ct);
        var health = await trial.Engine.HealthAsync(ct);
        findings.Holds("a filled one is whole, also after a restart", health.IsWhole);
        findings.Is("resources in it", 1, health.Documents);
        findings.Is("hits", 1, await trial.Engine.CountAsync("甲", ct));
        await trial.Engine.ClearAsync(ct);
        findings.Holds("one that is begun anew is not whole", !(await trial.Engine.HealthAsync(ct)).IsWhole);
        findings.Is("hits in it", 0, await trial.Engine.CountAsync(null, ct));
        findings.Note(health.Detail);
    }

    private static async Task AnewAsync(Trial<ISearchIndex> trial, Findings findings, CancellationToken ct)
    {
        var index = trial.Engine;
        await index.WriteAsync([.. Enumerable.Range(0, 50).Select(MadeLessons.Lesson)], [], ct);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var asking = Task.Run(async () =>
        {
            var asked = 0;
            for (; !done.IsCancellationRequested; asked++) await index.AskAsync("数学", ct);
            return asked;
        }, CancellationToken.None);
        try
        {
            for (var i = 0; i < 3; i++)
            {
                await index.ClearAsync(ct);
                await index.WriteAsync([.. Enumerable.Range(0, 50).Select(MadeLessons.Lesson)], [], ct);
            }
        }
        finally
        {
            await done.CancelAsync();
        }
        findings.Note($"{await asking} searches went on meanwhile");
    }
}
