using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace ResourceHub.Web;

/// <summary>The style sheet, the icon and the scripts, carried inside the assembly, so that they are there wherever the hub is started from.</summary>
public static class PageFiles
{
    private static readonly PageFile Css = Read("hub.css", "text/css; charset=utf-8");
    private static readonly PageFile Icon = Read("icon.svg", "image/svg+xml");

    private static readonly PageFile[] Scripts = [.. new[] { "upload.js", "copy.js", "suggest.js" }.Select(name => Read(name, "text/javascript; charset=utf-8"))];

    public static string CssAddress => Css.Address;
    public static string IconAddress => Icon.Address;

    public static string ScriptAddress(string name) => Scripts.Single(s => s.Name == name).Address;

    public static void MapPageFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet("/hub.css", (HttpContext http) => Serve(Css, http));
        foreach (var script in Scripts) app.MapGet("/" + script.Name, (HttpContext http) => Serve(script, http));
        app.MapGet("/icon.svg", (HttpContext http) => Serve(Icon, http));
        app.MapGet("/favicon.ico", (HttpContext http) => Serve(Icon, http));
    }

    private static IResult Serve(PageFile asset, HttpContext http)
    {
        // The address changes with the bytes, so a browser that asked with it need never ask again.
        http.Response.Headers.CacheControl = http.Request.QueryString.HasValue ? "public, max-age=31536000, immutable" : "public, max-age=3600";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(asset.Content, asset.MediaType, entityTag: new EntityTagHeaderValue($"\"{asset.Hash}\""));
    }

    private static PageFile Read(string name, string mediaType)
    {
        using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return new PageFile(name, mediaType, bytes.ToArray(), Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()))[..16]);
    }

    private sealed record PageFile(string Name, string MediaType, byte[] Content, string Hash)
    {
        public string Address => $"/{Name}?v={Hash}";
    }
}
