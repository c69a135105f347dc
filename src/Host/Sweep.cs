using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Schools;

namespace ResourceHub.Host;

/// <summary>
/// Every ten seconds: what ends by itself is ended. Each step is one transaction that does nothing when another process was first, so that all processes of
/// a hub may sweep.
/// </summary>
internal sealed partial class Sweep(PartnershipEnds ends, TimeProvider clock, ILogger<Sweep> log) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                var ended = await ends.NoteAsync(stoppingToken);
                if (ended > 0) LogEnded(ended);
            }
            catch (Exception later) when (later is DbException or DbUpdateException)
            {
                LogFailed(later);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} partnerships came to their end")]
    private partial void LogEnded(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What ends by itself could not be ended; the next sweep tries again")]
    private partial void LogFailed(Exception error);
}
