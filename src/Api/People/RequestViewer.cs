using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Api.Audit;
using ResourceHub.Api.Files;
using ResourceHub.Core;
using ResourceHub.Core.People;

namespace ResourceHub.Api.People;

/// <summary>Who asks: read from the record for each request, so that a revoked key, a person who left or an ended partnership counts at once.</summary>
public static class RequestViewer
{
    private const string Scheme = "Bearer ";
    private static readonly object Key = new();

    private static readonly Problem TooManyRequests = new("RATE_LIMITED", "此密钥每分钟的请求数已达上限，请稍后再试。This key has used up its requests for this minute; try again later.");

    /// <summary>The viewer of this request; set before any endpoint of the role runs.</summary>
    public static Viewer Viewer(this HttpContext http) => (Viewer)http.Items[Key]!;

    /// <summary>No Authorization header: the session's person, else anonymous. A key or token that is not valid: 401, never anonymous, so that a portal notices.</summary>
    public static async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var found = await FindAsync(http, http.RequestAborted);
        if (found.Value is null && http.Request.Headers.Authorization.Count == 0)
        {
            await Sessions.EndAsync(http); // a cookie that opens nothing any more
            found = Core.People.Viewer.Anonymous;
        }
        if (found.Value is not { } viewer) return Refuse(http, found.Problems[0]);
        viewer = viewer with { Origin = http.Origin() };
        if (http.RequestServices.GetRequiredService<KeyRates>().Count(viewer) is { } wait)
        {
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString("0");
            return Refusal.Of(429, TooManyRequests);
        }
        if (!viewer.CanRead && HttpMethods.IsGet(http.Request.Method))
        {
            Scopes.Note(http.RequestServices.GetRequiredService<AuditQueue>(), viewer);
            return Refusal.Of(403, Scopes.Missing(ApiKeyScopes.Read));
        }
        http.Items[Key] = viewer;
        return await next(context);
    }

    /// <summary>401 for what opens nothing, 503 for what nobody can tell now, 403 for somebody who is known and may not.</summary>
    private static IResult Refuse(HttpContext http, Problem problem)
    {
        if (problem.Code == AccountProblems.Unreachable.Code) http.Response.Headers.RetryAfter = "60";
        else http.Response.Headers.WWWAuthenticate = "Bearer";
        return Refusal.Of(problem.Code == AccountProblems.NotAuthenticated.Code ? 401 : problem.Code == AccountProblems.Unreachable.Code ? 503 : 403, problem);
    }

    /// <summary>Where the request came from, by the connection or by what a trusted proxy said.</summary>
    public static RequestOrigin Origin(this HttpContext http)
        => new(http.Connection.RemoteIpAddress is { } ip ? (ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip).ToString() : null, http.TraceIdentifier);

    /// <summary>For requests that last: who asks, by what they sent, as the record has it now. Null when it opens nothing any more.</summary>
    public static async Task<Viewer?> FindAgainAsync(HttpContext http, CancellationToken ct) => (await FindAsync(http, ct)).Value;

    private static async Task<Outcome<Viewer>> FindAsync(HttpContext http, CancellationToken ct)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (header.Length > 0 && !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return AccountProblems.NotAuthenticated;
        var secret = header.Length > 0 ? header[Scheme.Length..].Trim() : null;
        if (secret is not null && IsToken(secret)) return await http.RequestServices.GetRequiredService<IAccounts>().FindAsync(secret, http.Origin(), ct);
        var viewer = secret is null ? await Sessions.ViewerAsync(http, ct) : await http.RequestServices.GetRequiredService<KeyRing>().FindAsync(secret, ct);
        return viewer is not null ? viewer : AccountProblems.NotAuthenticated;
    }

    /// <summary>Tokens of an issuer elsewhere are JSON in Base64, in three parts; the hub's keys never look so.</summary>
    private static bool IsToken(string secret) => secret.StartsWith("eyJ", StringComparison.Ordinal) && secret.Count(c => c == '.') == 2;
}
