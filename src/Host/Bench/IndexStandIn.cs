using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ResourceHub.Host.Bench;

/// <summary>Takes what indexers write and says that all is well, keeping nothing: for measuring indexers, never a search engine.</summary>
internal sealed class IndexStandIn : IAsyncDisposable
{
    private readonly WebApplication app;
    private string template = "";

    private IndexStandIn(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.First());

    public static async Task<IndexStandIn> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        var app = builder.Build();
        var index = new IndexStandIn(app);
        app.Run(index.AnswerAsync);
        await app.StartAsync();
        return index;
    }

    private async Task AnswerAsync(HttpContext http)
    {
        http.Response.Headers["X-elastic-product"] = "Elasticsearch";
        http.Response.ContentType = "application/json";
        var path = http.Request.Path.Value!;
        if (http.Request.Method == "PUT" && path.StartsWith("/_index_template/", StringComparison.Ordinal)) template = path["/_index_template/".Length..];
        var answer = (http.Request.Method, path) switch
        {
            ("GET", "/") => """{"version":{"number":"8.19.5","build_flavor":"default"},"tagline":"You Know, for Search"}""",
            ("POST", _) when path.EndsWith("/_bulk", StringComparison.Ordinal) => await BulkAsync(http),
            ("GET", _) when path.StartsWith("/_cluster/health", StringComparison.Ordinal) => """{"status":"green","number_of_nodes":1,"unassigned_shards":0}""",
            ("GET", _) => Standing(),
            _ => """{"acknowledged":true,"count":0}""",
        };
        await http.Response.WriteAsync(answer);
    }

    /// <summary>One index, whole, behind both aliases.</summary>
    private string Standing()
    {
        var (prefix, layout) = (template[..template.LastIndexOf("-v", StringComparison.Ordinal)], template[(template.LastIndexOf("-v", StringComparison.Ordinal) + 2)..]);
        return $$"""
            { "{{template}}-1": {
                "aliases": { "{{prefix}}-read": {}, "{{prefix}}-write": { "is_write_index": true } },
                "mappings": { "_meta": { "layout": {{layout}}, "whole": true } },
                "settings": { "index": {} } } }
            """;
    }

    private static async Task<string> BulkAsync(HttpContext http)
    {
        await using var body = http.Request.Headers.ContentEncoding == "gzip" ? new GZipStream(http.Request.Body, CompressionMode.Decompress) : http.Request.Body;
        using var reader = new StreamReader(body, Encoding.UTF8);
        var items = new StringBuilder();
        while (await reader.ReadLineAsync() is { } action)
        {
            if (action.Length == 0) continue;
            await reader.ReadLineAsync();
            items.Append(items.Length > 0 ? "," : "").Append("""{"index":{"status":201}}""");
        }
        return $$"""{"errors":false,"items":[{{items}}]}""";
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
