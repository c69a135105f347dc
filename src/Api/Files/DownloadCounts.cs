using System.Data.Common;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ResourceHub.Core;
using ResourceHub.Core.Telemetry;

namespace ResourceHub.Api.Files;

/// <summary>Counts downloads in the record without making a download wait for it: what comes in while one batch is written makes up the next.</summary>
internal sealed partial class DownloadCounts(IDbContextFactory<HubDb> databases, TimeProvider clock, ILogger<DownloadCounts> log) : BackgroundService, IHostedLifecycleService
{
    // Each batch costs one flush of the disk, whatever its size.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly Channel<Guid> downloads = Channel.CreateUnbounded<Guid>(new UnboundedChannelOptions { SingleReader = true });

    public void Note(Guid resourceId)
    {
        HubMeter.Downloads.Add(1);
        downloads.Writer.TryWrite(resourceId);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await downloads.Reader.WaitToReadAsync(stoppingToken))
        {
            await WriteAsync();
            await Task.Delay(Pause, clock, stoppingToken);
        }
    }

    /// <summary>After the last request: downloads that ended while the hub was stopping count too.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken) => WriteAsync();

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task WriteAsync()
    {
        var counts = new Dictionary<Guid, long>();
        while (downloads.Reader.TryRead(out var id)) counts[id] = counts.GetValueOrDefault(id) + 1;
        if (counts.Count == 0) return;
        try
        {
            await using var db = await databases.CreateDbContextAsync();
            await using var transaction = await db.Database.BeginTransactionAsync();
            // In one order everywhere: two processes that count the same resources would otherwise wait for each other.
            foreach (var (id, count) in counts.OrderBy(c => c.Key))
                await db.Resources.Where(r => r.Id == id).ExecuteUpdateAsync(set => set.SetProperty(r => r.Downloads, r => r.Downloads + count));
            await transaction.CommitAsync();
        }
        catch (DbException failed)
        {
            // A count is not worth a second try that could count twice.
            LogLost(counts.Values.Sum(), failed);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} downloads were not counted")]
    private partial void LogLost(long count, Exception error);
}
