using System.Net;
using ResourceHub.Engines.Elasticsearch.Client;

namespace ResourceHub.Engines.Elasticsearch;

/// <summary>
/// Asks a busy cluster again, after rests that grow and differ by chance, as long as the time lasts that a person waits. A full queue (429) and copies that
/// are being moved (503), or an index that was replaced this moment (404), pass; anything else is answered at once.
/// </summary>
internal sealed class SearchPatience(TimeSpan limit, TimeProvider clock)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(60);

    private readonly long began = clock.GetTimestamp();

    /// <param name="mayBeGone">Whether what is searched may be gone for good, as a point in time is.</param>
    public async Task<ElasticsearchResponse<T>> AskAsync<T>(Func<Task<ElasticsearchResponse<T>>> ask, bool mayBeGone, CancellationToken ct) where T : class
    {
        for (var attempt = 0; ; attempt++)
        {
            var answer = await ask();
            if (answer.IsValidResponse || !IsPassing(answer, mayBeGone, attempt)) return answer;
            var rest = First * Math.Pow(2, attempt) * (0.5 + Random.Shared.NextDouble() / 2);
            if (answer.RetryAfter is { } asked && asked > rest) rest = asked;
            if (clock.GetElapsedTime(began) + rest >= limit) return answer;
            await Task.Delay(rest, clock, ct);
        }
    }

    private static bool IsPassing<T>(ElasticsearchResponse<T> answer, bool mayBeGone, int attempt) where T : class => answer.HttpStatusCode switch
    {
        (int)HttpStatusCode.TooManyRequests => true,
        (int)HttpStatusCode.ServiceUnavailable => !mayBeGone,
        // Missing still, it is missing.
        (int)HttpStatusCode.NotFound => !mayBeGone && attempt == 0,
        _ => false,
    };
}
