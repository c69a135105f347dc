using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Api.Files;
using ResourceHub.Core;
using ResourceHub.Core.People;

namespace ResourceHub.Api.People;

/// <summary>Who asks: read from the record for each request, so that a revoked key, a person who left or an ended partnership counts at once.</summary>
public static class RequestViewer
{
    private const string Scheme = "Bearer ";
    private static readonly object Key = new();

    private static readonly Problem NotAuthenticated = new("UNAUTHENTICATED", "接口密钥或令牌无效、已过期或已撤销。The API key or token is not valid, has expired or was revoked.");

    /// <summary>The viewer of this request; set before any endpoint of the role runs.</summary>
    public static Viewer Viewer(this HttpContext http) => (Viewer)http.Items[Key]!;

    /// <summary>No Authorization header: the session's person, else anonymous. A key or token that is not valid: 401, never anonymous, so that a portal notices.</summary>
    public static async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var viewer = await FindAgainAsync(http, http.RequestAborted);
        if (viewer is null && http.Request.Headers.Authorization.Count == 0)
        {
            await Sessions.EndAsync(http); // a cookie that opens nothing any more
            viewer = Core.People.Viewer.Anonymous;
        }
        if (viewer is null)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return Refusal.Of(401, NotAuthenticated);
        }
        http.Items[Key] = viewer with { Origin = http.Origin() };
        return await next(context);
    }

    /// <summary>Where the request came from, by the connection or by what a trusted proxy said.</summary>
    public static RequestOrigin Origin(this HttpContext http)
        => new(http.Connection.RemoteIpAddress is { } ip ? (ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip).ToString() : null, http.TraceIdentifier);

    /// <summary>For requests that last: who asks, by what they sent, as the record has it now. Null when it opens nothing any more.</summary>
    public static async Task<Viewer?> FindAgainAsync(HttpContext http, CancellationToken ct)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (header.Length == 0) return await Sessions.ViewerAsync(http, ct);
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var secret = header[Scheme.Length..].Trim();
        return IsToken(secret)
            ? await http.RequestServices.GetRequiredService<IAccounts>().FindAsync(secret, ct)
            : await http.RequestServices.GetRequiredService<KeyRing>().FindAsync(secret, ct);
    }

    /// <summary>Tokens of an issuer elsewhere are JSON in Base64, in three parts; the hub's keys never look so.</summary>
    private static bool IsToken(string secret) => secret.StartsWith("eyJ", StringComparison.Ordinal) && secret.Count(c => c == '.') == 2;
}
