using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;
using ResourceHub.Core.People;

namespace ResourceHub.Engines.Checks;

/// <summary>That database and index say alike who sees what, in worlds drawn by chance.</summary>
internal static class PolicyChecks
{
    private const int Thorough = 300, Quick = 60;

    public static IReadOnlyList<BehaviourCheck> All =>
    [
        new("policy/who sees what", "Do not run the hub on these engines: they differ on who may see what. Report the seed and the engines' versions.", EqualAsync),
    ];

    private static async Task EqualAsync(CheckedEngines engines, Findings findings, CancellationToken ct)
    {
        await using var search = await engines.Searches!.OpenAsync(ct);
        await using var trial = await engines.Records!.OpenAsync(ct);
        var record = trial.Engine;
        var worlds = new PolicyWorlds(record.Get<IDbContextFactory<HubDb>>(), record.Get<Viewers>(), search.Engine, record.Now);
        await worlds.RunAsync(Random.Shared.Next(1_000_000_000), engines.IsThorough ? Thorough : Quick, findings, ct);
    }
}
