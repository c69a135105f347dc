using System.IO.Compression;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ResourceHub.Tests.Engines.Elasticsearch;

/// <summary>A request as the adapter sent it, its body uncompressed.</summary>
/// <param name="Path">With its query string.</param>
internal sealed record SentRequest(string Step, string Method, string Path, string? ContentType, string Body, string? Authorization);

/// <param name="Fault">What happens instead of an answer, or to it.</param>
internal sealed record StubAnswer(int Status, string Body, Func<HttpContext, Task>? Fault = null, TimeSpan? RetryAfter = null, bool IsProduct = true);

/// <summary>
/// Stands where Elasticsearch would: keeps what it is sent and answers as the test says. Not Elasticsearch: what a test shows with it is what the adapter sends
/// and how it takes an answer, never that a server takes the one or gives the other.
/// </summary>
internal sealed class StubServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Lock gate = new();
    private readonly List<SentRequest> sent = [];

    private StubServer(WebApplication app) => this.app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>What the requests from now on are sent for.</summary>
    public string Step { get; set; } = "";

    public required Func<SentRequest, StubAnswer> Answer { get; set; }

    public IReadOnlyList<SentRequest> Sent
    {
        get
        {
            lock (gate) return [.. sent];
        }
    }

    public static async Task<StubServer> StartAsync(Func<SentRequest, StubAnswer> answer, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                if (certificate is not null) listen.UseHttps(certificate);
            });
        });
        if (certificate is not null) builder.WebHost.UseKestrelHttpsConfiguration();
        var app = builder.Build();
        var stub = new StubServer(app) { Answer = answer };
        app.Run(stub.ServeAsync);
        await app.StartAsync();
        stub.Address = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return stub;
    }

    private async Task ServeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Headers.ContentEncoding == "gzip" ? new GZipStream(http.Request.Body, CompressionMode.Decompress) : http.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var request = new SentRequest(Step, http.Request.Method, http.Request.Path + Uri.UnescapeDataString(http.Request.QueryString.Value ?? ""), http.Request.ContentType, body, http.Request.Headers.Authorization);
        StubAnswer answer;
        lock (gate)
        {
            sent.Add(request);
            answer = Answer(request);
        }
        if (answer.Fault is { } fault)
        {
            await fault(http);
            return;
        }
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = "application/json";
        if (answer.IsProduct) http.Response.Headers["X-elastic-product"] = "Elasticsearch";
        if (answer.RetryAfter is { } wait) http.Response.Headers.RetryAfter = ((int)wait.TotalSeconds).ToString();
        if (!HttpMethods.IsHead(http.Request.Method)) await http.Response.WriteAsync(answer.Body);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }
}
