namespace ResourceHub.Core.Telemetry;

/// <summary>Where the hub sends what it measures of itself, under <c>Hub:Telemetry</c>. Nothing is measured for nobody: off until something is set.</summary>
public sealed class TelemetrySettings
{
    /// <summary>Address of an OpenTelemetry collector, such as http://collector:4317. Traces, metrics and logs go there; so they do when the standard OTEL_EXPORTER_OTLP_ENDPOINT is set instead.</summary>
    public string? OtlpEndpoint { get; set; }

    /// <summary>How the collector is spoken to: grpc, or http/protobuf (whose port is mostly 4318).</summary>
    public string OtlpProtocol { get; set; } = "grpc";

    /// <summary>Opens /metrics to Prometheus, which sends it as a bearer token; at least 16 characters. Without it there is no /metrics.</summary>
    public string? MetricsKey { get; set; }

    /// <summary>What is wrong, in one sentence; null when nothing is.</summary>
    public string? Check()
    {
        if (OtlpEndpoint is { } endpoint && (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")))
            return $"Hub:Telemetry:OtlpEndpoint={endpoint} is no http or https address; write http://collector:4317.";
        if (OtlpProtocol is not ("grpc" or "http/protobuf")) return $"Hub:Telemetry:OtlpProtocol={OtlpProtocol} is unknown; it can be grpc or http/protobuf.";
        if (MetricsKey is { Length: < 16 }) return "Hub:Telemetry:MetricsKey must have at least 16 characters; take a long random one.";
        return null;
    }
}
