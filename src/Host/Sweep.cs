using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Host;

/// <summary>
/// Every ten seconds: what ends by itself is ended. Each step is one transaction that does nothing when another process was first, so that all processes of
/// a hub may sweep.
/// </summary>
internal sealed partial class Sweep(PartnershipEnds ends, ResourceConsents consents, TimeProvider clock, ILogger<Sweep> log) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                var closed = await consents.CloseExpiredAsync(stoppingToken);
                var ended = await ends.NoteAsync(stoppingToken);
                if (closed + ended > 0) LogEnded(closed, ended);
            }
            catch (Exception later) when (later is DbException or DbUpdateException)
            {
                LogFailed(later);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Resources} resources whose consent ended were closed; {Partnerships} partnerships came to their end")]
    private partial void LogEnded(int resources, int partnerships);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What ends by itself could not be ended; the next sweep tries again")]
    private partial void LogFailed(Exception error);
}
