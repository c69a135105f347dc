using System.Text;
using System.Text.Json;

namespace ResourceHub.Engines.Elasticsearch.Client;

/// <summary>Reads what was wrong from an answer: <c>error</c> may be an object, a string, or missing, and a proxy's answer need not be JSON at all.</summary>
internal static class ErrorReader
{
    private const int LongestQuote = 300;

    public static ElasticsearchServerError Read(TransportResponse response)
    {
        if (response.Status == 0) return new(0, response.IsTrustRefused ? ElasticsearchServerError.NotTrusted : ElasticsearchServerError.NoAnswer, response.Trouble ?? "no answer");
        try
        {
            using var json = JsonDocument.Parse(response.Body);
            if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("error", out var error))
                return error.ValueKind == JsonValueKind.Object ? Of(response.Status, error) : new(response.Status, ElasticsearchServerError.Plain, error.ToString());
        }
        catch (JsonException)
        {
            // A proxy's page: quoted below.
        }
        var said = Encoding.UTF8.GetString(response.Body.AsSpan(0, Math.Min(response.Body.Length, LongestQuote)));
        return new(response.Status, ElasticsearchServerError.Plain, said.Length > 0 ? said : "no reason given");
    }

    /// <summary>"all shards failed" says nothing: the reason is in its root cause.</summary>
    private static ElasticsearchServerError Of(int status, JsonElement error)
    {
        var source = error.TryGetProperty("root_cause", out var causes) && causes.ValueKind == JsonValueKind.Array && causes.GetArrayLength() > 0 ? causes[0] : error;
        return new(status, Text(source, "type") ?? ElasticsearchServerError.Plain, Text(source, "reason") ?? "");
    }

    private static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
