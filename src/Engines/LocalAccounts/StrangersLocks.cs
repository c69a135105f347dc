using ResourceHub.Core.People;

namespace ResourceHub.Engines.LocalAccounts;

/// <summary>
/// Names that no account has are locked as an account would be: otherwise the lock-out would tell which names exist. Kept in memory, bounded, by the
/// process that was asked; nothing depends on it but this likeness.
/// </summary>
internal sealed class StrangersLocks(Microsoft.Extensions.Options.IOptions<Microsoft.AspNetCore.Identity.IdentityOptions> options, TimeProvider clock)
{
    private const int Most = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, LocalAccount> names = [];
    private readonly Queue<string> order = new();

    public DateTime? LockedUntil(string name)
    {
        lock (gate) return names.GetValueOrDefault(name)?.LockedUntil is { } until && until > Now ? until : null;
    }

    /// <summary>Counts a wrong try by the same rule as <see cref="AccountBook.AccessFailedAsync"/>; returns until when the name is locked now.</summary>
    public DateTime? Count(string name)
    {
        lock (gate)
        {
            if (!names.TryGetValue(name, out var stranger))
            {
                if (names.Count >= Most) names.Remove(order.Dequeue());
                names[name] = stranger = new LocalAccount { UserName = "", NormalizedUserName = "" };
                order.Enqueue(name);
            }
            if (++stranger.FailedCount < options.Value.Lockout.MaxFailedAccessAttempts) return null;
            stranger.FailedCount = 0;
            return stranger.LockedUntil = Now + options.Value.Lockout.DefaultLockoutTimeSpan;
        }
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}
