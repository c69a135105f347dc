using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ResourceHub.Engines.Elasticsearch.Client;

internal sealed record SearchRequestBody
{
    public required int Size { get; init; }

    /// <summary>false for none, or a list of names.</summary>
    [JsonPropertyName("_source")]
    public JsonNode Source { get; init; } = JsonValue.Create(false);

    public Query? Query { get; init; }
    public Query? PostFilter { get; init; }

    [JsonPropertyName("aggs")]
    public Dictionary<string, Aggregation>? Aggregations { get; init; }

    public IReadOnlyList<Dictionary<string, string>>? Sort { get; init; }
    public IReadOnlyList<JsonElement>? SearchAfter { get; init; }
    public bool TrackTotalHits { get; init; }
    public PointInTimeReference? Pit { get; init; }
    public string? Timeout { get; init; }
}

internal sealed record PointInTimeReference(string Id, string? KeepAlive);

internal sealed record Aggregation
{
    public TermsAggregation? Terms { get; init; }
    public Query? Filter { get; init; }

    [JsonPropertyName("aggs")]
    public Dictionary<string, Aggregation>? Aggregations { get; init; }
}

internal sealed record TermsAggregation(string Field, int Size);

internal sealed record CountRequestBody(Query Query);

internal sealed record AnalyzeRequestBody(string Field, string Text);

internal sealed record UpdateAliasesRequestBody(IReadOnlyList<AliasAction> Actions);

internal sealed record AliasAction
{
    public AliasPlace? Add { get; init; }
    public AliasPlace? Remove { get; init; }
}

internal sealed record AliasPlace(string Index, string Alias, bool? IsWriteIndex = null);

internal sealed record CreateIndexRequestBody(Dictionary<string, JsonObject>? Aliases, MetaMapping Mappings);

internal sealed record MetaMapping([property: JsonPropertyName("_meta")] IndexMeta Meta);

/// <summary>What the hub notes on an index of itself.</summary>
/// <param name="Layout">Of fields and analysis.</param>
/// <param name="Whole">Whether a fill has put everything in.</param>
/// <param name="FilledBy">Which process fills it.</param>
/// <param name="Seen">When that process was last at it.</param>
/// <param name="Reached">Filled beside the one in use: the last resource, in the order of ids, up to which all are in.</param>
/// <param name="Retired">When it was replaced, or was first seen without any use.</param>
internal sealed record IndexMeta(int Layout, bool Whole, string? FilledBy = null, DateTimeOffset? Seen = null, Guid? Reached = null, DateTimeOffset? Retired = null);
