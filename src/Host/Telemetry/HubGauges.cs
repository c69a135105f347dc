using System.Data.Common;
using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.Search;
using ResourceHub.Core.Telemetry;

namespace ResourceHub.Host.Telemetry;

/// <summary>
/// What can only be asked: how long the queue is and how old, what the index holds. Asked every fifteen seconds, so that neither a collector nor a scrape
/// waits for the record; runs only where telemetry is on.
/// </summary>
internal sealed partial class HubGauges : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);
    private readonly IDbContextFactory<HubDb> databases;
    private readonly ISearchIndex index;
    private readonly TimeProvider clock;
    private readonly ILogger<HubGauges> log;
    private IReadOnlyList<QueueFigures> queue = [];
    private IndexHealth? health;

    public HubGauges(IMeterFactory meters, IDbContextFactory<HubDb> databases, ISearchIndex index, TimeProvider clock, ILogger<HubGauges> log)
    {
        (this.databases, this.index, this.clock, this.log) = (databases, index, clock, log);
        // The factory's: it ends with this hub.
        var meter = meters.Create(HubMeter.Name);
        meter.CreateObservableGauge("hub.jobs.open", Jobs, "{job}", "Promised work by kind and state: waiting, running, failed.");
        meter.CreateObservableGauge("hub.jobs.oldest.age", () => queue.Select(q => new Measurement<double>(q.OldestSeconds ?? 0, Kind(q))), "s", "How long the oldest work that is not done has been waited for, by kind; 0 when there is none.");
        meter.CreateObservableGauge("hub.index.documents", () => Known(h => h.Documents), "{resource}", "Resources that the index holds.");
        meter.CreateObservableGauge("hub.index.size", () => Known(h => h.Bytes), "By", "Bytes of the index on disk, where the engine knows.");
        meter.CreateObservableGauge("hub.index.whole", () => Known(h => h.IsWhole ? 1 : 0), "1", "1 when the index is whole, 0 while it is rebuilt or away.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do await LookAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(CancellationToken ct)
    {
        try
        {
            health = await index.HealthAsync(ct);
            await using var db = await databases.CreateDbContextAsync(ct);
            queue = await QueueFigures.ReadAsync(db, clock.GetUtcNow().UtcDateTime, ct);
        }
        // Old figures would look like health; none is what is known.
        catch (Exception away) when (away is DbException or IOException)
        {
            (queue, health) = ([], null);
            LogAway(away);
        }
    }

    private IEnumerable<Measurement<long>> Jobs() => queue.SelectMany(q => new Measurement<long>[]
    {
        new(q.Waiting, Kind(q), State("waiting")), new(q.Running, Kind(q), State("running")), new(q.Failed, Kind(q), State("failed")),
    });

    private IEnumerable<Measurement<long>> Known(Func<IndexHealth, long?> figure) => health is { } known && figure(known) is { } value ? [new(value)] : [];

    private static KeyValuePair<string, object?> Kind(QueueFigures figures) => new("hub.job.kind", figures.Kind);

    private static KeyValuePair<string, object?> State(string state) => new("hub.job.state", state);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The figures of the queue and the index could not be read")]
    private partial void LogAway(Exception error);
}
