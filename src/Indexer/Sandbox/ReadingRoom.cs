using System.Collections.Concurrent;
using ResourceHub.Core;
using ResourceHub.Core.Files;
using ResourceHub.Core.Resources;

namespace ResourceHub.Indexer.Sandbox;

/// <summary>
/// Where untrusted files are read: by a few warm child processes, one file each at a time. A crash, hang or flood costs the file that caused it and nothing else.
/// </summary>
public sealed class ReadingRoom : IDisposable
{
    private readonly ReaderProgram program;
    private readonly ReadingLimits limits;
    private readonly SemaphoreSlim places;
    private readonly ConcurrentStack<ExtractionChild> waiting = new();
    private readonly ITimer closing;

    public ReadingRoom(HubSettings settings, TimeProvider clock) : this(ReaderProgram.OfThisHub(), new ReadingLimits(), settings.Readers, clock)
    {
    }

    public ReadingRoom(ReaderProgram program, ReadingLimits limits, int readers, TimeProvider clock)
    {
        this.program = program;
        this.limits = limits;
        places = new SemaphoreSlim(readers);
        closing = clock.CreateTimer(_ => SendHome(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Reads one local file. Whatever the file does, there is an answer; only cancellation throws.</summary>
    /// <param name="path">Made by the server.</param>
    /// <param name="name">The name the file had on the teacher's machine: a hint, and the source of suggestions.</param>
    public async Task<Extraction> ReadAsync(string path, string name, CancellationToken ct)
    {
        await places.WaitAsync(ct);
        using var measured = new MeasuredReading();
        try
        {
            var answer = await ReadByAsync(waiting.TryPop(out var warm) ? warm : Begin(), path, name, ct);
            // A child that had read other files before may have died of those: the file gets one reading by a fresh one.
            if (answer.Trouble == Reasons.Crash && warm is not null) answer = await ReadByAsync(Begin(), path, name, ct);
            return measured.Of(answer.Extraction ?? Reasons.Failed(FileNames.MediaTypeOf(name), answer.Trouble!));
        }
        finally
        {
            places.Release();
            closing.Change(limits.Idle, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task<ChildAnswer> ReadByAsync(ExtractionChild child, string path, string name, CancellationToken ct)
    {
        var keep = false;
        try
        {
            var answer = await child.ReadAsync(path, name, ct);
            keep = answer.Trouble is null && child.IsFresh;
            return answer;
        }
        finally
        {
            if (keep) waiting.Push(child);
            else child.Dispose();
        }
    }

    private ExtractionChild Begin() => ExtractionChild.Start(program, limits);

    private void SendHome()
    {
        while (waiting.TryPop(out var child)) child.Dispose();
    }

    public void Dispose()
    {
        closing.Dispose();
        SendHome();
        places.Dispose();
    }
}
