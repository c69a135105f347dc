using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using ResourceHub.Core.Search;
using ResourceHub.Engines.Elasticsearch.Client;

namespace ResourceHub.Engines.Elasticsearch;

/// <summary>
/// Sends documents until each has its outcome. Written or older than what is held (409): done. Overloaded (429, 503) or cut off: sent again after a rest, which
/// harms nothing, as versions decide. Refused for what it holds (400, too large): noted by resource, and the others go on. Anything else is the
/// machine's trouble: nothing is lost, the caller gives its work back.
/// </summary>
internal sealed partial class BulkWriter(ElasticsearchClient client, TimeProvider clock, Random chance)
{
    private const string NoDisk = "cluster_block_exception";
    private const string NoIndex = "index_not_found_exception";
    private const string Closed = "index_closed_exception";

    /// <param name="refused">Gets the documents that were refused, and why.</param>
    /// <exception cref="IndexAwayException">Some documents could not be written now.</exception>
    public async Task SendAsync(string alias, IReadOnlyList<BulkLines> documents, string? refresh, Dictionary<Guid, string> refused, CancellationToken ct)
    {
        List<BulkLines> pending = [.. documents];
        for (var attempt = 0; pending.Count > 0; attempt++)
        {
            var answer = await client.BulkAsync(alias, pending, refresh, ct);
            var (again, why) = answer.Value is { } value ? Items(alias, value, pending, refused) : (pending, answer.Error!.ToString());
            if (!answer.IsValidResponse && !IsPassing(answer))
            {
                // Too large as a whole, or one of them cannot be read at all: by halves the others get in.
                if (answer.HttpStatusCode is not ((int)HttpStatusCode.RequestEntityTooLarge or (int)HttpStatusCode.BadRequest)) throw new IndexAwayException($"Elasticsearch refuses writes: {answer.Error}");
                await HalvesAsync(alias, pending, refresh, refused, why, ct);
                return;
            }
            if (again.Count == 0) return;
            if (IsTooLargeForever(why))
            {
                await HalvesAsync(alias, again, refresh, refused, why, ct);
                return;
            }
            if (attempt + 1 >= BackOff.Attempts) throw new IndexAwayException($"Elasticsearch takes no writes: {why}");
            await Task.Delay(BackOff.Delay(attempt, answer.RetryAfter, chance.NextDouble()), clock, ct);
            pending = again;
        }
    }

    private static bool IsPassing(ElasticsearchResponse<BulkResponse> answer)
        => answer.HttpStatusCode is 0 or (int)HttpStatusCode.TooManyRequests or (int)HttpStatusCode.BadGateway or (int)HttpStatusCode.ServiceUnavailable or (int)HttpStatusCode.GatewayTimeout
            || answer.Error is { Type: ElasticsearchServerError.NotUnderstood };

    private async Task HalvesAsync(string alias, List<BulkLines> documents, string? refresh, Dictionary<Guid, string> refused, string why, CancellationToken ct)
    {
        if (documents.Count == 1)
        {
            refused[documents[0].Id] = why;
            return;
        }
        await SendAsync(alias, [.. documents.Take(documents.Count / 2)], refresh, refused, ct);
        await SendAsync(alias, [.. documents.Skip(documents.Count / 2)], refresh, refused, ct);
    }

    /// <summary>What is to be sent again, and why. Outcomes come in the order of what was sent.</summary>
    private static (List<BulkLines> Again, string Why) Items(string alias, BulkResponse answer, List<BulkLines> sent, Dictionary<Guid, string> refused)
    {
        List<BulkLines> again = [];
        var (why, halt) = ("", (string?)null);
        if (answer.Items is not { } items || items.Count != sent.Count) return (sent, "the answer has another number of items than was sent");
        for (var i = 0; i < sent.Count; i++)
        {
            var item = items[i].Values.First();
            var said = $"{item.Status} {item.Error?.Type}: {Reason(item.Error)}";
            switch (item.Status, item.Error?.Type)
            {
                case ( >= 200 and < 300 or (int)HttpStatusCode.Conflict, _):
                    break;
                case (_, NoDisk or NoIndex or Closed) or ((int)HttpStatusCode.Forbidden or (int)HttpStatusCode.Unauthorized, _):
                    halt ??= said;
                    break;
                case ((int)HttpStatusCode.TooManyRequests or (int)HttpStatusCode.ServiceUnavailable or (int)HttpStatusCode.InternalServerError, _):
                    again.Add(sent[i]);
                    why = said;
                    break;
                default:
                    refused[sent[i].Id] = said;
                    break;
            }
        }
        // All the others have their outcome; asking a full disk again and again helps nobody.
        return halt is null ? (again, why) : throw new IndexAwayException($"Elasticsearch takes no writes into {alias}: {halt}");
    }

    private static string Reason(ErrorCause? error) => error?.CausedBy?.Reason is { } cause ? $"{error.Reason} ({cause})" : error?.Reason ?? "";

    /// <summary>A request above the limit for all writes together is refused however often it is sent.</summary>
    private static bool IsTooLargeForever(string why)
        => OperationBytes().Match(why) is { Success: true } match
            && long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) > long.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"coordinating_operation_bytes=(\d+), max_coordinating_bytes=(\d+)")]
    private static partial Regex OperationBytes();
}
