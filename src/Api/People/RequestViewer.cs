using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core.People;

namespace ResourceHub.Api.People;

/// <summary>Who asks: read from the record for each request, so that a revoked key or an ended partnership counts at once.</summary>
public static class RequestViewer
{
    private const string Scheme = "Bearer ";
    private static readonly object Key = new();

    /// <summary>The viewer of this request; set before any endpoint of the role runs.</summary>
    public static Viewer Viewer(this HttpContext http) => (Viewer)http.Items[Key]!;

    /// <summary>No Authorization header: anonymous. A key that is not valid: 401, never anonymous, so that a portal notices.</summary>
    public static async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (await FindAgainAsync(http, http.RequestAborted) is not { } viewer)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return Results.Json(new { errors = new[] { new { message = "接口密钥无效、已过期或已撤销。The API key is not valid, has expired or was revoked.", extensions = new { code = "UNAUTHENTICATED" } } } }, statusCode: 401);
        }
        http.Items[Key] = viewer;
        return await next(context);
    }

    /// <summary>For requests that last: who asks, by what they sent, as the record has it now. Null when it opens nothing any more.</summary>
    public static async Task<Viewer?> FindAgainAsync(HttpContext http, CancellationToken ct)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (header.Length == 0) return Core.People.Viewer.Anonymous;
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        return await http.RequestServices.GetRequiredService<KeyRing>().FindAsync(header[Scheme.Length..].Trim(), ct);
    }
}
