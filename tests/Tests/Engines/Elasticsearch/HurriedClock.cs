using System.Collections.Concurrent;

namespace ResourceHub.Tests.Engines.Elasticsearch;

/// <summary>A clock on which waiting takes a twentieth of its time, and which remembers what was waited for.</summary>
internal sealed class HurriedClock : TimeProvider
{
    private const int Haste = 20;

    public ConcurrentQueue<TimeSpan> Waits { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero) Waits.Enqueue(dueTime);
        return base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / Haste : dueTime, period > TimeSpan.Zero ? period / Haste : period);
    }
}
