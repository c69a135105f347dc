using System.Runtime.InteropServices;
using ResourceHub.Core;
using ResourceHub.Engines;
using ResourceHub.Engines.Checks;

namespace ResourceHub.Host.Commands;

/// <summary>The behaviour checks of <c>doctor --deep</c>: on the configured engines, in places of their own that are gone afterwards, also when it is stopped.</summary>
internal static class DeepDoctor
{
    /// <param name="tell">Called with each outcome as soon as it is there.</param>
    /// <exception cref="OperationCanceledException">It was told to stop; nothing is left behind.</exception>
    public static async Task RunAsync(HubSettings settings, IConfiguration configuration, Action<CheckOutcome> tell)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await using var services = new ServiceCollection().AddLogging(log => log.SetMinimumLevel(LogLevel.None)).AddSingleton(configuration).AddSingleton(settings).AddCore().AddEngines(settings).BuildServiceProvider();
        var engines = CheckedEngines.Of(services);
        await foreach (var left in DeepChecks.SweepAsync(engines, stop.Token)) tell(left);
        await foreach (var outcome in DeepChecks.RunAsync(DeepChecks.All, engines, stop.Token)) tell(outcome);

        // The process goes on until its places are removed.
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }
}
