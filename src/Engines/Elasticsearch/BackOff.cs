namespace ResourceHub.Engines.Elasticsearch;

/// <summary>How long to wait before the same is sent again: half a second at first, twice as long each time up to thirty, and by chance less, so that many processes do not come back at once.</summary>
internal static class BackOff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Attempts before the work is given back to the queue, some two minutes.</summary>
    public const int Attempts = 9;

    /// <param name="attempt">0 for the first that failed.</param>
    /// <param name="asked">What the server asked for (Retry-After); believed up to the longest wait.</param>
    public static TimeSpan Delay(int attempt, TimeSpan? asked, double chance)
    {
        var full = First * Math.Pow(2, attempt);
        var delay = (full < Longest ? full : Longest) * (0.5 + chance / 2);
        var least = asked is { } wanted ? wanted < Longest ? wanted : Longest : TimeSpan.Zero;
        return delay > least ? delay : least;
    }
}
