using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ResourceHub.Web.Hub;

/// <summary>Asks the API as any portal would: GraphQL over HTTP, on behalf of the person whose browser asked for the page.</summary>
public sealed partial class HubClient(HttpClient http, HubAddress address, IHttpContextAccessor browser, ILogger<HubClient> log)
{
    /// <param name="document">Name of a page's document: Pages/<paramref name="document"/>.graphql.</param>
    public async Task<HubAnswer<T>> AskAsync<T>(string document, object variables, CancellationToken ct) where T : class
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address.GraphQL) { Content = JsonContent.Create(new { query = Documents.Of(document), variables }) };
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            request.OnBehalfOf(browser.HttpContext);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            response.PassSessionTo(browser.HttpContext);
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

    /// <param name="change">Name of a mutation in Changes/*.graphql.</param>
    /// <param name="input">Its input; with a clientMutationId it may be sent again.</param>
    public async Task<Done> ChangeAsync(string change, object input, CancellationToken ct)
    {
        var answer = await AskAsync<ChangeAnswer>(change, new { input }, ct);
        return answer switch
        {
            { Data.Done: { } done } => done,
            { Failure: HubFailure.Refused refused } => Done.Not(refused.Code, refused.Message),
            _ => Done.Not(Problem.Unreachable, ""),
        };
    }

    private HubAnswer<T> Read<T>(string document, Envelope<T>? answer) where T : class
    {
        HubFailure? failure = null;
        if (answer?.Errors is [var error, ..])
        {
            failure = new HubFailure.Refused(error.Extensions?.Code ?? "", error.Message);
            LogRefused(document, error.Extensions?.Code ?? "", error.Message);
            if (answer.Data is null) return new(null, failure);
        }
        return answer?.Data is { } data ? new(data, failure) : new(null, new HubFailure.Unreachable());
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

    private sealed record ChangeAnswer(Done? Done);
}
