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
            var closed = await TryAsync(consents.CloseExpiredAsync, stoppingToken);
            var ended = await TryAsync(ends.NoteAsync, stoppingToken);
            if (closed + ended > 0) LogEnded(closed, ended);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>One that fails does not keep the others from being done.</summary>
    private async Task<int> TryAsync(Func<CancellationToken, Task<int>> end, CancellationToken ct)
    {
        try
        {
            return await end(ct);
        }
        catch (Exception later) when (later is DbException or DbUpdateException)
        {
            LogFailed(later);
            return 0;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Resources} resources whose consent ended were closed; {Partnerships} partnerships came to their end")]
    private partial void LogEnded(int resources, int partnerships);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What ends by itself could not be ended; the next sweep tries again")]
    private partial void LogFailed(Exception error);
}
