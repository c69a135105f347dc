using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ResourceHub.Tests.Telemetry;

/// <summary>An OpenTelemetry collector on a port of its own that keeps what it is sent, as it is sent: text stands in OTLP as it is.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<(string Signal, byte[] Body)> got = [];

    private Collector()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapPost("/v1/{signal}", async (string signal, HttpRequest request, CancellationToken ct) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, ct);
            got.Enqueue((signal, body.ToArray()));
            return Results.Bytes([], "application/x-protobuf");
        });
    }

    public static async Task<Collector> StartAsync()
    {
        var collector = new Collector();
        await collector.app.StartAsync();
        return collector;
    }

    public string Address => app.Urls.First();

    public Dictionary<string, string?> Settings => new() { ["Telemetry:OtlpEndpoint"] = Address, ["Telemetry:OtlpProtocol"] = "http/protobuf" };

    /// <summary>All that came of a signal: traces, metrics or logs.</summary>
    public string Text(string signal) => string.Concat(got.Where(g => g.Signal == signal).Select(g => Encoding.UTF8.GetString(g.Body)));

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
