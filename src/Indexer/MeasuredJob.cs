using System.Diagnostics;
using ResourceHub.Core.Telemetry;
using ResourceHub.Indexer.Jobs;

namespace ResourceHub.Indexer;

/// <summary>Times one run of a handler, and is the trace that everything done for it belongs to.</summary>
internal static class MeasuredJob
{
    public static async Task<JobOutcome> RunAsync(string kind, int count, Func<Task<JobOutcome>> run)
    {
        using var trace = HubMeter.Traces.StartActivity($"job {kind}", ActivityKind.Consumer);
        var began = Stopwatch.GetTimestamp();
        var outcome = await run();
        var word = outcome switch
        {
            JobOutcome.Done => "done",
            JobOutcome.Lost => "lost",
            JobOutcome.NotNow => "returned",
            _ => "failed",
        };
        HubMeter.JobTime.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, new("hub.job.kind", kind), new("hub.outcome", word));
        // A failure is counted when it is known what follows from it: another attempt, or none.
        if (outcome is not JobOutcome.Failed) HubMeter.JobEnded(kind, word, count);
        else trace?.SetStatus(ActivityStatusCode.Error);
        trace?.SetTag("hub.job.kind", kind).SetTag("hub.job.count", count).SetTag("hub.outcome", word);
        return outcome;
    }
}
