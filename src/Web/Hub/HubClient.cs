using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace ResourceHub.Web.Hub;

/// <summary>Asks the API as any portal would: GraphQL over HTTP.</summary>
public sealed partial class HubClient(HttpClient http, HubAddress address, ILogger<HubClient> log)
{
    /// <param name="document">Name of a page's document: Pages/<paramref name="document"/>.graphql.</param>
    public async Task<HubAnswer<T>> AskAsync<T>(string document, object variables, CancellationToken ct) where T : class
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address.GraphQL) { Content = JsonContent.Create(new { query = Documents.Of(document), variables }) };
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            var answer = await response.Content.ReadFromJsonAsync<Envelope<T>>(ct);
            return Read(document, answer);
        }
        catch (HttpRequestException e)
        {
            return Unreachable<T>(document, e);
        }
        catch (JsonException e) // a proxy's error page, or an API of another version
        {
            return Unreachable<T>(document, e);
        }
        catch (TaskCanceledException e) when (!ct.IsCancellationRequested) // our own time limit
        {
            return Unreachable<T>(document, e);
        }
    }

    private HubAnswer<T> Read<T>(string document, Envelope<T>? answer) where T : class
    {
        if (answer?.Errors is [var error, ..])
        {
            var code = error.Extensions?.Code ?? "";
            LogRefused(document, code, error.Message);
            if (answer.Data is null) return new(null, new HubFailure.Refused(code, error.Message));
        }
        return answer?.Data is { } data ? new(data, null) : new(null, new HubFailure.Unreachable());
    }

    private HubAnswer<T> Unreachable<T>(string document, Exception e) where T : class
    {
        LogUnreachable(e, document, address.GraphQL);
        return new(null, new HubFailure.Unreachable());
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The API answered {Document} with {Code}: {Error}")]
    private partial void LogRefused(string document, string code, string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The API at {Address} did not answer {Document}")]
    private partial void LogUnreachable(Exception e, string document, Uri address);

    private sealed record Envelope<T>(T? Data, List<Error>? Errors);

    private sealed record Error(string Message, Extensions? Extensions);

    private sealed record Extensions(string? Code);
}
