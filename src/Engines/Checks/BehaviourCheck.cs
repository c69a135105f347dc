using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core.Blobs;
using ResourceHub.Core.Search;

namespace ResourceHub.Engines.Checks;

/// <summary>One behaviour that the hub counts on, tried out on the configured engines in places of their own.</summary>
/// <param name="Name">subject/what.</param>
/// <param name="Advice">What it costs when it does not hold, and what to do.</param>
public sealed record BehaviourCheck(string Name, string Advice, Func<CheckedEngines, Findings, CancellationToken, Task> RunAsync)
{
    internal static BehaviourCheck OfSearch(string name, string advice, Func<Trial<ISearchIndex>, Findings, CancellationToken, Task> run)
        => new("search/" + name, advice, async (engines, findings, ct) =>
        {
            await using var trial = await engines.Searches!.OpenAsync(ct);
            await run(trial, findings, ct);
        });

    internal static BehaviourCheck OfBlobs(string name, string advice, Func<Trial<IBlobStore>, Findings, CancellationToken, Task> run)
        => new("blobs/" + name, advice, async (engines, findings, ct) =>
        {
            await using var trial = await engines.Blobs!.OpenAsync(ct);
            await run(trial, findings, ct);
        });

    internal static BehaviourCheck OfRecord(string name, string advice, Func<TrialRecord, Findings, CancellationToken, Task> run)
        => new("record/" + name, advice, async (engines, findings, ct) =>
        {
            await using var trial = await engines.Records!.OpenAsync(ct);
            await run(trial.Engine, findings, ct);
        });
}

/// <summary>The engines that are tried out.</summary>
/// <param name="IsThorough">Whether to go where it takes seconds, such as behind the ten thousandth hit.</param>
public sealed record CheckedEngines(ITrials<ISearchIndex>? Searches, ITrials<IBlobStore>? Blobs, ITrials<TrialRecord>? Records, bool IsThorough)
{
    public static CheckedEngines Of(IServiceProvider services) => new(
        services.GetRequiredService<ITrials<ISearchIndex>>(), services.GetRequiredService<ITrials<IBlobStore>>(), services.GetRequiredService<ITrials<TrialRecord>>(), IsThorough: true);
}
