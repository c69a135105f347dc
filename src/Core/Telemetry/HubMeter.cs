using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ResourceHub.Core.Telemetry;

/// <summary>
/// What the hub counts and times of its own work. Tags are few and fixed words: never a person, a school, a title or what somebody searched for.
/// Costs a comparison each while nobody listens.
/// </summary>
public static class HubMeter
{
    /// <summary>Of the meter and of the source of traces.</summary>
    public const string Name = "ResourceHub";

    public static readonly ActivitySource Traces = new(Name);
    private static readonly Meter Meter = new(Name);

    public static readonly Counter<long> JobsEnded = Meter.CreateCounter<long>("hub.jobs.ended", "{job}", "Attempts at promised work, by kind and outcome: done, failed (tried again), given_up, returned, lost.");
    public static readonly Histogram<double> JobTime = Seconds("hub.jobs.run.duration", "How long one run took, of one job or of a batch, by kind and outcome.");
    public static readonly Histogram<double> ReadingTime = Seconds("hub.extraction.duration", "How long a file was read in the child process, by media type and outcome.");
    public static readonly Histogram<double> Lag = Seconds("hub.searchable.lag", "From the moment a file was added to the moment its words are found.", [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600, 14400, 86400]);
    public static readonly Histogram<double> SearchTime = Seconds("hub.search.duration", "Searches, by outcome: found, none, refused, away.");
    public static readonly Counter<long> Downloads = Meter.CreateCounter<long>("hub.downloads", "{download}", "Downloads begun; a player that jumps about counts once.");
    public static readonly UpDownCounter<long> Subscriptions = Meter.CreateUpDownCounter<long>("hub.subscriptions.open", "{subscription}", "Subscriptions that this process keeps open.");
    private static readonly Counter<long> BlobFailures = Meter.CreateCounter<long>("hub.blobs.failures", "{failure}", "What the blob store could not do: away, full, missing.");

    public static void JobEnded(string kind, string outcome, int count) => JobsEnded.Add(count, new("hub.job.kind", kind), new("hub.outcome", outcome));

    public static void BlobsFailed(string how) => BlobFailures.Add(1, new KeyValuePair<string, object?>("hub.outcome", how));

    private static Histogram<double> Seconds(string name, string description, double[]? bounds = null) => Meter.CreateHistogram(
        name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds ?? [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120] });
}
