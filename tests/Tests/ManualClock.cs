namespace ResourceHub.Tests;

/// <summary>A clock that says what the test wants; its timers ring when it is advanced.</summary>
public sealed class ManualClock : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<Alarm> alarms = [];
    private DateTime now = new(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc);

    public DateTime UtcNow
    {
        get
        {
            lock (gate) return now;
        }
    }

    public override DateTimeOffset GetUtcNow() => UtcNow;

    public void Advance(TimeSpan by)
    {
        Alarm[] ringing;
        lock (gate)
        {
            now += by;
            ringing = [.. alarms.Where(a => a.Due <= now)];
            foreach (var alarm in ringing) alarm.Due = alarm.Period > TimeSpan.Zero ? now + alarm.Period : DateTime.MaxValue;
        }
        foreach (var alarm in ringing) alarm.Ring();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        lock (gate) alarms.Add(alarm);
        return alarm;
    }

    private sealed class Alarm(ManualClock clock, Action ring) : ITimer
    {
        public DateTime Due { get; set; } = DateTime.MaxValue;
        public TimeSpan Period { get; private set; }

        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate) (Due, Period) = (dueTime < TimeSpan.Zero ? DateTime.MaxValue : clock.now + dueTime, period);
            return true;
        }

        public void Dispose()
        {
            lock (clock.gate) clock.alarms.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
