using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using ResourceHub.Core;
using ResourceHub.Core.Telemetry;

namespace ResourceHub.Host.Telemetry;

/// <summary>Traces, metrics and logs by OpenTelemetry. Nothing of it is made until a collector or the key of /metrics is set: ADR 10.</summary>
internal static class Observability
{
    /// <summary>The standard's own setting, for operators whose platform sets it.</summary>
    private const string StandardEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddTelemetry(this WebApplicationBuilder builder, HubSettings settings, Roles roles)
    {
        var sends = settings.Telemetry.OtlpEndpoint is not null || builder.Configuration[StandardEndpoint] is { Length: > 0 };
        var isScraped = settings.Telemetry.MetricsKey is not null;
        if (!sends && !isScraped) return;
        if (roles.HasRecord) builder.Services.AddHostedService<HubGauges>();
        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(of => of
            .AddService("resourcehub", serviceVersion: typeof(HubHost).Assembly.GetName().Version?.ToString(3), serviceInstanceId: $"{Environment.MachineName}-{Environment.ProcessId}")
            .AddAttributes([new("hub.roles", roles.ToString())])
            // Last, so that OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES win.
            .AddEnvironmentVariableDetector());
        telemetry.WithMetrics(metrics => Measure(metrics, isScraped));
        if (!sends) return;
        telemetry.WithTracing(Trace).WithLogging(configureBuilder: null, configureOptions: logs => logs.IncludeFormattedMessage = true);
        if (settings.Telemetry.OtlpEndpoint is { } endpoint)
            telemetry.UseOtlpExporter(settings.Telemetry.OtlpProtocol == "grpc" ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf, new Uri(endpoint));
        else telemetry.UseOtlpExporter();
    }

    private static void Measure(MeterProviderBuilder metrics, bool isScraped)
    {
        metrics.AddMeter(HubMeter.Name).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation();
        if (isScraped) metrics.AddPrometheusExporter();
    }

    private static void Trace(TracerProviderBuilder traces) => traces
        .AddSource(HubMeter.Name)
        .AddAspNetCoreInstrumentation(requests => requests.Filter = http => !http.Request.Path.StartsWithSegments("/health") && http.Request.Path != MetricsDoor.Path)
        .AddHttpClientInstrumentation()
        .AddEntityFrameworkCoreInstrumentation()
        .AddProcessor<PlainSpans>();
}
