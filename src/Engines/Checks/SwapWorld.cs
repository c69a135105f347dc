using System.Collections.Concurrent;
using ResourceHub.Core.Search;

namespace ResourceHub.Engines.Checks;

/// <summary>A record in memory with writers that change it and then tell the index, each its own resources: as the hub's database and its jobs do.</summary>
internal sealed class SwapWorld
{
    public const int Writers = 6;

    private const int Enough = 30;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15), Look = TimeSpan.FromMilliseconds(20);

    private int changes;

    public SwapWorld(IEnumerable<ResourceDocument> lessons)
    {
        Record = new(lessons.ToDictionary(l => l.Id));
        Ids = [.. Record.Keys.Order()];
    }

    /// <summary>What is committed: everything else follows it.</summary>
    public ConcurrentDictionary<Guid, ResourceDocument> Record { get; }

    public Guid[] Ids { get; }

    public int Changes => Volatile.Read(ref changes);

    /// <summary>Commits, then writes into the index, again and again: every fourth time a removal, as long as half are left.</summary>
    public async Task WriteAsync(ISearchIndex index, int writer, CancellationToken over, CancellationToken ct)
    {
        var random = new Random(writer);
        Guid[] mine = [.. Ids.Where((_, i) => i % Writers == writer)];
        for (var n = 0; !over.IsCancellationRequested; n++)
        {
            var id = mine[random.Next(mine.Length)];
            if (!Record.TryGetValue(id, out var lesson)) continue;
            if (n % 4 == 3 && Record.Count > Ids.Length / 2)
            {
                Record.TryRemove(id, out _);
                await index.RemoveAsync(id, long.MaxValue, ct);
            }
            else
            {
                Record[id] = lesson with { Revision = lesson.Revision + 1, Title = $"数学 改{n}" };
                await index.WriteAsync(ct, Record[id]);
            }
            Interlocked.Increment(ref changes);
        }
    }

    /// <summary>Until some more changes are made: a slow index shows each only after a second.</summary>
    public async Task GoOnAsync(CancellationToken ct)
    {
        var until = Changes + Enough;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        using var tick = new PeriodicTimer(Look);
        while (Changes < until && !limit.IsCancellationRequested)
            try
            {
                await tick.WaitForNextTickAsync(limit.Token);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                return;
            }
    }
}
