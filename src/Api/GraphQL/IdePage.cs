using System.Collections.Frozen;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ResourceHub.Api.GraphQL;

/// <summary>The page that a browser gets at /graphql: our own, from this assembly, so that it works without the internet and no script of others runs beside a key.</summary>
internal static class IdePage
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly FrozenDictionary<string, byte[]> Files = new[] { "ide.html", "ide.css", "ide.js" }.ToFrozenDictionary(name => name, Read);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/graphql/ide.css", http => SendAsync(http, "ide.css", "text/css; charset=utf-8"));
        app.MapGet("/graphql/ide.js", http => SendAsync(http, "ide.js", "text/javascript; charset=utf-8"));
    }

    /// <summary>A browser that opens the address asks for a page first of all.</summary>
    public static bool IsAskedFor(HttpRequest request)
        => HttpMethods.IsGet(request.Method) && request.Headers.Accept.ToString().StartsWith("text/html", StringComparison.OrdinalIgnoreCase);

    public static Task SendAsync(HttpContext http) => SendAsync(http, "ide.html", "text/html; charset=utf-8");

    private static Task SendAsync(HttpContext http, string name, string type)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache";
        http.Response.ContentType = type;
        http.Response.ContentLength = Files[name].Length;
        return http.Response.Body.WriteAsync(Files[name], http.RequestAborted).AsTask();
    }

    private static byte[] Read(string name)
    {
        using var file = typeof(IdePage).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded.");
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
