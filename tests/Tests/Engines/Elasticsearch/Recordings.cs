using System.Text.Json;
using System.Text.Json.Nodes;

namespace ResourceHub.Tests.Engines.Elasticsearch;

/// <summary>What a real Elasticsearch 8.19.5 was asked and answered, by scenario and step.</summary>
internal sealed record Recording(string Method, string Path, string Body, int Status, string Response, bool IsProduct)
{
    public StubAnswer Answer => new(Status, Response, IsProduct: IsProduct);

    /// <summary>Null where the recordings are not at hand.</summary>
    public static Recording? Find(string scenario, string step)
    {
        if (Shared.Folder is not { } shared) return null;
        foreach (var line in File.ReadLines(System.IO.Path.Join(shared, "elasticsearch", "recorded", scenario + ".jsonl")))
        {
            var exchange = JsonNode.Parse(line)!;
            if (exchange["step"]!.GetValue<string>() != step) continue;
            return new(
                exchange["method"]!.GetValue<string>(), exchange["path"]!.GetValue<string>(), Text(exchange["body"]), exchange["status"]!.GetValue<int>(), Text(exchange["response"]),
                exchange["headers"]!.AsObject().ContainsKey("x-elastic-product"));
        }
        throw new InvalidOperationException($"No recording of {scenario}: {step}");
    }

    private static string Text(JsonNode? node) => node switch
    {
        null => "",
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => node.ToJsonString(),
    };
}
