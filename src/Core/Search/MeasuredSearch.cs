using System.Diagnostics;
using ResourceHub.Core.Telemetry;

namespace ResourceHub.Core.Search;

/// <summary>Times one search, and is its part of the trace; never with its words.</summary>
internal readonly struct MeasuredSearch() : IDisposable
{
    private readonly long began = Stopwatch.GetTimestamp();
    private readonly Activity? trace = HubMeter.Traces.StartActivity("search");

    public Outcome<FoundPage> Of(Outcome<FoundPage> outcome)
    {
        var word = outcome switch
        {
            { Problems: [{ Code: "SEARCH_UNAVAILABLE" }, ..] } => "away",
            { Value: null } => "refused",
            { Value: { Hits: [], Total: <= 0 } } => "none",
            _ => "found",
        };
        HubMeter.SearchTime.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, new KeyValuePair<string, object?>("hub.outcome", word));
        trace?.SetTag("hub.outcome", word);
        return outcome;
    }

    public void Dispose() => trace?.Dispose();
}
