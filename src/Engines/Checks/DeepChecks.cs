using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ResourceHub.Engines.Checks;

/// <summary>Every behaviour that the hub counts on. <c>doctor --deep</c> runs them on what is configured, the contract tests on each engine.</summary>
public static class DeepChecks
{
    public static IReadOnlyList<BehaviourCheck> All => [.. SearchChecks, .. BlobChecks.All, .. RecordChecks.All, .. PolicyChecks.All];

    public static IReadOnlyList<BehaviourCheck> SearchChecks => [.. WordChecks.All, .. VersionChecks.All, .. PageChecks.All, .. FacetChecks.All, .. PassageChecks.All, .. VisibilityChecks.All, .. WholenessChecks.All, .. SwapChecks.All, .. EqualityChecks.All];

    /// <summary>Removes what killed runs left; only what could not be removed is an outcome.</summary>
    public static async IAsyncEnumerable<CheckOutcome> SweepAsync(CheckedEngines engines, [EnumeratorCancellation] CancellationToken ct)
    {
        const string advice = "The engine does not answer or does not let its throw-away places be removed: look at its address and at what this user or key may do.";
        foreach (var (name, sweep) in (IEnumerable<(string, Func<CancellationToken, Task>)>)[(engines.Records!.Name, engines.Records.SweepAsync), (engines.Searches!.Name, engines.Searches.SweepAsync), (engines.Blobs!.Name, engines.Blobs.SweepAsync)])
        {
            var outcome = await RunAsync(new BehaviourCheck($"left behind/{name}", advice, (_, _, stop) => sweep(stop)), engines, ct);
            if (!outcome.Ok) yield return outcome;
        }
    }

    public static async IAsyncEnumerable<CheckOutcome> RunAsync(IEnumerable<BehaviourCheck> checks, CheckedEngines engines, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var check in checks)
        {
            ct.ThrowIfCancellationRequested();
            yield return await RunAsync(check, engines, ct);
        }
    }

    public static async Task<CheckOutcome> RunAsync(BehaviourCheck check, CheckedEngines engines, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        var findings = new Findings();
        try
        {
            await check.RunAsync(engines, findings, ct);
        }
        // Whatever an engine throws is what was to be found out; the other checks go on. A run that was told to stop stops.
        catch (Exception broken) when (!ct.IsCancellationRequested)
        {
            findings.Holds($"it goes through ({broken.GetType().Name}: {broken.Message})", false);
        }
        return new(check.Name, findings.Ok, findings.Detail, findings.Ok ? "" : check.Advice, Stopwatch.GetElapsedTime(began));
    }
}

/// <param name="Advice">Empty when all is well.</param>
public sealed record CheckOutcome(string Name, bool Ok, string Detail, string Advice, TimeSpan Took);
