using ResourceHub.Core;

namespace ResourceHub.Host;

/// <summary>
/// Between being told to stop and closing the door: for <c>Hub:LeaveSeconds</c> requests are still answered while /health/ready says no, so that a balancer has sent
/// the next ones elsewhere before this process refuses them.
/// </summary>
internal sealed class Leaving(HubSettings settings, TimeProvider clock) : IHostedLifecycleService
{
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (settings.LeaveSeconds > 0) await Task.Delay(TimeSpan.FromSeconds(settings.LeaveSeconds), clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
