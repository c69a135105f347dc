using System.Security.Cryptography;
using System.Text;
using ResourceHub.Core;

namespace ResourceHub.Host.Telemetry;

/// <summary>/metrics for Prometheus, by a key of its own. Without the key, or with a wrong one, there is no such address.</summary>
internal static class MetricsDoor
{
    public const string Path = "/metrics";

    public static void UseMetrics(this WebApplication app, HubSettings settings)
    {
        if (settings.Telemetry.MetricsKey is not { } key) return;
        var wanted = SHA256.HashData(Encoding.UTF8.GetBytes($"Bearer {key}"));
        app.UseOpenTelemetryPrometheusScrapingEndpoint(http => http.Request.Path == Path && Opens(http.Request, wanted));
    }

    // Hashes have one length, and comparing them takes the same time wherever they differ.
    private static bool Opens(HttpRequest request, byte[] wanted)
        => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString())), wanted);
}
