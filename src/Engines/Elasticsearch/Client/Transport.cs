using System.Net;
using System.Net.Http.Headers;

namespace ResourceHub.Engines.Elasticsearch.Client;

/// <summary>
/// Sends a request to one node and, where that does not answer, to the next. Everything sent here may be sent twice: writes carry their versions.
/// What comes back is a value, an answer or the reason why there is none.
/// </summary>
internal sealed class Transport(HttpClient http, StaticNodePool nodes, TimeProvider clock)
{
    private const string ProductHeader = "X-Elastic-Product";
    private const string Product = "Elasticsearch";

    /// <param name="pathAndQuery">Such as /hub/_search?x=1, without the address.</param>
    /// <param name="body">Makes the body anew for each attempt.</param>
    /// <param name="limit">For one attempt, and for all together.</param>
    public async Task<TransportResponse> RequestAsync(HttpMethod method, string pathAndQuery, Func<HttpContent>? body, RequestLimit limit, CancellationToken ct)
    {
        using var inAll = new CancellationTokenSource(limit.InAll, clock);
        var failure = TransportResponse.None("no node is set");
        foreach (var node in nodes.CreateView())
        {
            using var one = new CancellationTokenSource(limit.OneAttempt, clock);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(inAll.Token, one.Token, ct);
            failure = await TryAsync(node, method, pathAndQuery, body, both.Token, ct);
            if (!failure.IsNodeAway) return failure;
            if (inAll.IsCancellationRequested) break;
        }
        return failure;
    }

    private async Task<TransportResponse> TryAsync(Node node, HttpMethod method, string pathAndQuery, Func<HttpContent>? body, CancellationToken limited, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, Address(node.Uri, pathAndQuery)) { Content = body?.Invoke() };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limited);
            var bytes = await response.Content.ReadAsByteArrayAsync(limited);
            var isProduct = response.Headers.TryGetValues(ProductHeader, out var product) && product.Contains(Product);
            var answer = new TransportResponse((int)response.StatusCode, bytes, isProduct, RetryAfter(response));
            // A node that says 503 itself is there; a proxy that says so has lost it.
            if (!answer.IsNodeAway) node.MarkAlive();
            else node.MarkDead();
            return answer;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            node.MarkDead();
            return TransportResponse.None($"{node.Uri.Authority} did not answer in time");
        }
        catch (HttpRequestException broken)
        {
            node.MarkDead();
            return TransportResponse.None($"{node.Uri.Authority}: {Innermost(broken)}") with { IsTrustRefused = broken.InnerException is System.Security.Authentication.AuthenticationException };
        }
        catch (IOException cut)
        {
            node.MarkDead();
            return TransportResponse.None($"{node.Uri.Authority}: {cut.Message}");
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - clock.GetUtcNow(),
        _ => null,
    };

    /// <summary>The node may stand behind a path of a proxy.</summary>
    private static Uri Address(Uri node, string pathAndQuery) => new(node.GetLeftPart(UriPartial.Path).TrimEnd('/') + pathAndQuery);

    private static string Innermost(Exception broken)
    {
        while (broken.InnerException is { } inner) broken = inner;
        return broken.Message;
    }
}

/// <param name="OneAttempt">How long one node may take.</param>
/// <param name="InAll">How long all of them together.</param>
internal sealed record RequestLimit(TimeSpan OneAttempt, TimeSpan InAll);

/// <param name="Status">0 when no node answered.</param>
/// <param name="IsProduct">Whether it says that it is Elasticsearch; it does not where it refuses who asks.</param>
internal sealed record TransportResponse(int Status, byte[] Body, bool IsProduct, TimeSpan? RetryAfter)
{
    /// <summary>Why no node answered.</summary>
    public string? Trouble { get; private init; }

    public bool IsTrustRefused { get; init; }

    public bool IsNodeAway => Status is 0 or (int)HttpStatusCode.BadGateway or (int)HttpStatusCode.GatewayTimeout && !IsProduct || Status == (int)HttpStatusCode.ServiceUnavailable && !IsProduct;

    public static TransportResponse None(string trouble) => new(0, [], false, null) { Trouble = trouble };
}
