namespace ResourceHub.Engines.Elasticsearch.Client;

/// <summary>One node of the cluster, and whether it was out of reach lately: then it rests, twice as long each time, before it is asked again.</summary>
internal sealed class Node(Uri uri, TimeProvider clock)
{
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(60);

    private readonly Lock gate = new();
    private int failures;
    private DateTimeOffset deadUntil = DateTimeOffset.MinValue;

    public Uri Uri => uri;

    public DateTimeOffset DeadUntil
    {
        get
        {
            lock (gate) return deadUntil;
        }
    }

    public void MarkDead()
    {
        lock (gate)
        {
            var rest = FirstRest * Math.Pow(2, Math.Min(failures++, 10));
            deadUntil = clock.GetUtcNow() + (rest < LongestRest ? rest : LongestRest);
        }
    }

    public void MarkAlive()
    {
        lock (gate)
        {
            failures = 0;
            deadUntil = DateTimeOffset.MinValue;
        }
    }
}

/// <summary>The nodes that were set, asked in turn.</summary>
internal sealed class StaticNodePool(IEnumerable<Uri> uris, TimeProvider clock)
{
    private readonly Node[] nodes = [.. uris.Select(u => new Node(u, clock))];
    private int next = -1;

    /// <summary>All nodes in the order to try: the living in turn, then the resting, the one first whose rest ends first. A cluster of dead nodes is still asked.</summary>
    public IReadOnlyList<Node> CreateView()
    {
        var start = (int)((uint)Interlocked.Increment(ref next) % nodes.Length);
        var now = clock.GetUtcNow();
        return [.. Enumerable.Range(0, nodes.Length).Select(i => nodes[(start + i) % nodes.Length]).OrderBy(n => n.DeadUntil <= now ? DateTimeOffset.MinValue : n.DeadUntil)];
    }
}
