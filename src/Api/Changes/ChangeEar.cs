using System.Threading.Channels;
using ResourceHub.Core.Changes;

namespace ResourceHub.Api.Changes;

/// <summary>Hears the changes that one stream wants, as many as it has room for.</summary>
internal sealed class ChangeEar : IDisposable
{
    private readonly ChangeWire wire;
    private readonly Func<Change, bool> wants;
    private readonly Channel<Change> heard;
    private Task<bool>? waiting;

    /// <param name="room">1 keeps the latest only, for who is shown what is and not what was.</param>
    internal ChangeEar(ChangeWire wire, Func<Change, bool> wants, int room)
    {
        this.wire = wire;
        this.wants = wants;
        heard = Channel.CreateBounded<Change>(new BoundedChannelOptions(room) { FullMode = room == 1 ? BoundedChannelFullMode.DropOldest : BoundedChannelFullMode.Wait });
    }

    /// <summary>What is up to here was there before.</summary>
    public long Start { get; set; }

    /// <summary>Whether something was missed because it was not taken in time.</summary>
    public bool IsOverrun { get; private set; }

    internal void Tell(Change change)
    {
        if (wants(change) && !heard.Writer.TryWrite(change)) IsOverrun = true;
    }

    /// <summary>Returns when something was heard, at the latest after the given time.</summary>
    public async Task WaitAsync(TimeSpan most, TimeProvider clock, CancellationToken ct)
    {
        // Kept while nothing comes: a new one each time would pile up over a quiet day.
        waiting ??= heard.Reader.WaitToReadAsync(ct).AsTask();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(waiting, Task.Delay(most, clock, enough.Token));
        await enough.CancelAsync();
        ct.ThrowIfCancellationRequested();
        if (waiting.IsCompleted) waiting = null;
    }

    /// <summary>What was heard since the last time.</summary>
    public IReadOnlyList<Change> Take()
    {
        List<Change> taken = [];
        while (heard.Reader.TryRead(out var change))
            if (change.Seq > Start) taken.Add(change);
        return taken;
    }

    public void Dispose() => wire.Leave(this);
}
