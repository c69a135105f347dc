using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using ResourceHub.Core;
using ResourceHub.Core.People;

namespace ResourceHub.Api.People;

/// <summary>
/// How often one may try a name, a password, a link: counted for each field that is executed, not for each request, so that aliases and many documents are
/// no way around. One minute is one window.
/// </summary>
public sealed class Attempts(HubSettings settings) : IDisposable
{
    /// <summary>Wrong links, and wrong passwords of somebody signed in.</summary>
    private const int WrongInAMinute = 10;

    private const int OfOneName = 10;

    /// <summary>How many may wait for their turn; a request has at most 30 aliases.</summary>
    private const int Waiting = 100;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<string> addresses = Minute(settings.AttemptsPerMinute);
    private readonly PartitionedRateLimiter<string> names = Minute(OfOneName);
    private readonly PartitionedRateLimiter<string> wrong = Minute(WrongInAMinute);

    // One after the other: else thirty side by side would all begin before the first of them was found wrong.
    private readonly PartitionedRateLimiter<string> turns = PartitionedRateLimiter.Create<string, string>(
        key => RateLimitPartition.GetConcurrencyLimiter(key, _ => new ConcurrencyLimiterOptions { PermitLimit = 1, QueueLimit = Waiting }));

    /// <summary>A sign-in, right or wrong: each costs the hub a slow hash. How long to wait; null when it may be tried.</summary>
    public TimeSpan? SignIn(RequestOrigin origin, string userName) => Take(addresses, Network(origin.Ip)) ?? Take(names, UserNames.Fold(userName) ?? "");

    /// <summary>Runs a try at something secret; only wrong ones count, so that a class of teachers behind one address can use their links.</summary>
    /// <param name="who">Whose tries are counted together.</param>
    /// <param name="refused">What is answered instead when there were too many wrong ones.</param>
    public async Task<T> GuessAsync<T>(string who, Func<Task<T>> run, Func<T, bool> isWrong, Func<TimeSpan, T> refused, CancellationToken ct)
    {
        using var turn = await turns.AcquireAsync(who, 1, ct);
        if (!turn.IsAcquired || Take(wrong, who, permits: 0) is not null) return refused(Take(wrong, who, permits: 0) ?? Window);
        var answer = await run();
        if (isWrong(answer)) Take(wrong, who);
        return answer;
    }

    /// <summary>A network of IPv6 counts as one address: each of its customers has at least 2^64.</summary>
    public static string Network(string? ip)
        => IPAddress.TryParse(ip, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : ip ?? "";

    private static TimeSpan? Take(PartitionedRateLimiter<string> limiter, string key, int permits = 1)
    {
        using var lease = limiter.AttemptAcquire(key, permits);
        if (lease.IsAcquired) return null;
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) && wait > TimeSpan.Zero ? wait : Window;
    }

    private static PartitionedRateLimiter<string> Minute(int limit) => PartitionedRateLimiter.Create<string, string>(
        key => RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions { PermitLimit = limit, Window = Window, QueueLimit = 0 }));

    public void Dispose()
    {
        addresses.Dispose();
        names.Dispose();
        wrong.Dispose();
        turns.Dispose();
    }
}
