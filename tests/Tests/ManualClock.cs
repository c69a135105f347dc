namespace ResourceHub.Tests;

/// <summary>A clock that says what the test wants. Timers still run on the machine's own.</summary>
public sealed class ManualClock : TimeProvider
{
    private long ticks = new DateTime(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc).Ticks;

    public DateTime UtcNow => GetUtcNow().UtcDateTime;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
}
