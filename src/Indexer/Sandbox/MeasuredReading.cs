using System.Diagnostics;
using ResourceHub.Core.Files;
using ResourceHub.Core.Telemetry;

namespace ResourceHub.Indexer.Sandbox;

/// <summary>Times the reading of one file, and is its part of the trace.</summary>
internal readonly struct MeasuredReading() : IDisposable
{
    private readonly long began = Stopwatch.GetTimestamp();
    private readonly Activity? trace = HubMeter.Traces.StartActivity("read file");

    public Extraction Of(Extraction read)
    {
        var outcome = read.Reason ?? (read.State == ExtractionState.Done ? "done" : "partial");
        HubMeter.ReadingTime.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, new("hub.file.media_type", read.MediaType), new("hub.outcome", outcome));
        trace?.SetTag("hub.file.media_type", read.MediaType).SetTag("hub.outcome", outcome);
        return read;
    }

    public void Dispose() => trace?.Dispose();
}
