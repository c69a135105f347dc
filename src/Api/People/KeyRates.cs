using System.Threading.RateLimiting;
using ResourceHub.Core;
using ResourceHub.Core.People;

namespace ResourceHub.Api.People;

/// <summary>Requests a minute of each key: its own limit, else the hub's. A portal gone wild slows itself and nobody else.</summary>
public sealed class KeyRates(HubSettings settings) : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<(Guid Key, int Limit)> requests = PartitionedRateLimiter.Create<(Guid, int), (Guid, int)>(
        key => RateLimitPartition.GetFixedWindowLimiter(key, k => new FixedWindowRateLimiterOptions { PermitLimit = k.Item2, Window = Window, QueueLimit = 0 }));

    /// <summary>How long to wait; null when the request may go on.</summary>
    public TimeSpan? Count(Viewer viewer)
    {
        if (!viewer.IsKey) return null;
        using var lease = requests.AttemptAcquire((viewer.ActorId!.Value, viewer.RequestsPerMinute ?? settings.RequestsPerMinute));
        if (lease.IsAcquired) return null;
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) && wait > TimeSpan.Zero ? wait : Window;
    }

    public void Dispose() => requests.Dispose();
}
