using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ResourceHub.Host.Bench;

/// <summary>What the same machine does with nothing in between: a minimal endpoint that answers the same bytes, takes a PUT to a file, serves a file.</summary>
internal static class Bare
{
    /// <summary>The hidden verb that starts it.</summary>
    public const string Verb = "bench-bare";

    public static async Task<int> RunAsync(string folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(k => k.Limits.MaxRequestBodySize = null);
        await using var app = builder.Build();
        app.MapGet("/", () => "ok");
        app.MapPost("/json/{name}", async (string name, HttpContext http) =>
        {
            // The request's body is read as any server must; the answer lies ready.
            await http.Request.Body.CopyToAsync(Stream.Null);
            var bytes = Answers.GetOrAdd(name, n => File.ReadAllBytes(Path.Join(folder, n)));
            http.Response.ContentType = "application/json";
            http.Response.ContentLength = bytes.Length;
            await http.Response.Body.WriteAsync(bytes);
        });
        app.MapPut("/file", async (HttpContext http) =>
        {
            await using var file = new FileStream(Path.Join(folder, "put.bin"), FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous);
            await http.Request.Body.CopyToAsync(file);
            return Results.NoContent();
        });
        app.MapGet("/file", () => Results.File(Path.Join(folder, "put.bin"), "application/octet-stream", enableRangeProcessing: true));
        await app.RunAsync();
        return 0;
    }

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, byte[]> Answers = new();
}
