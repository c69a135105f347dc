using System.Text.Json;
using System.Text.Json.Serialization;

namespace ResourceHub.Engines.Elasticsearch.Client;

/// <summary>The answer to a request, or what was wrong.</summary>
/// <param name="HttpStatusCode">0 when no node answered.</param>
internal sealed record ElasticsearchResponse<T>(int HttpStatusCode, T? Value, ElasticsearchServerError? Error, TimeSpan? RetryAfter = null) where T : class
{
    public bool IsValidResponse => Value is not null;
}

/// <param name="Status">0 when no node answered.</param>
/// <param name="Type">The server's name of it, or one of the names here.</param>
internal sealed record ElasticsearchServerError(int Status, string Type, string Reason)
{
    public const string NoAnswer = "no_answer";
    public const string NotTrusted = "certificate_not_trusted";
    public const string NotUnderstood = "not_understood";
    public const string Plain = "error";

    public override string ToString() => Status == 0 ? Reason : $"{Status} {Type}: {Reason}";
}

internal sealed record InfoResponse(ServerVersion? Version, string? Tagline);

internal sealed record ServerVersion(string? Number, string? BuildFlavor);

internal sealed record AcknowledgedResponse(bool Acknowledged);

internal sealed record GetIndexTemplateResponse(IReadOnlyList<NamedTemplate>? IndexTemplates);

internal sealed record NamedTemplate(string Name);

internal sealed record CountResponse(long Count);

internal sealed record OpenPointInTimeResponse(string Id);

internal sealed record ClosePointInTimeResponse(bool Succeeded);

internal sealed record HealthResponse(string Status, int NumberOfNodes, int UnassignedShards);

internal sealed record RefreshResponse([property: JsonPropertyName("_shards")] ShardStatistics? Shards);

internal sealed record ShardStatistics(int Total, int Successful, int Failed);

internal sealed record AnalyzeResponse(IReadOnlyList<AnalyzeToken>? Tokens);

internal sealed record AnalyzeToken(string Token, int StartOffset, int EndOffset, int Position);

internal sealed record SearchResponse(HitsMetadata? Hits, string? PitId, bool TimedOut, Dictionary<string, Aggregate>? Aggregations);

internal sealed record HitsMetadata(TotalHits? Total, IReadOnlyList<SearchedHit>? Hits);

internal sealed record TotalHits(long Value);

internal sealed record SearchedHit(
    [property: JsonPropertyName("_id")] string? Id,
    [property: JsonPropertyName("_score")] double? Score,
    [property: JsonPropertyName("_source")] HitSource? Source,
    IReadOnlyList<JsonElement>? Sort,
    Dictionary<string, IReadOnlyList<JsonElement>>? Fields,
    Dictionary<string, SearchResponse>? InnerHits);

internal sealed record HitSource([property: JsonPropertyName("phrases")] string? Phrases, long Revision, bool Gone);

/// <summary>Of terms, or of a filter with those of its terms in <see cref="Values"/>.</summary>
internal sealed record Aggregate(IReadOnlyList<Bucket>? Buckets, Aggregate? Values);

internal sealed record Bucket(string Key, long DocCount);

internal sealed record BulkResponse(bool Errors, IReadOnlyList<Dictionary<string, BulkItem>>? Items);

internal sealed record BulkItem([property: JsonPropertyName("_id")] string? Id, int Status, ErrorCause? Error);

internal sealed record ErrorCause(string? Type, string? Reason, ErrorCause? CausedBy);

/// <summary>An index as it stands: its aliases, what the hub noted on it, and whether it takes writes.</summary>
internal sealed record IndexState(Dictionary<string, JsonElement>? Aliases, MetaHolder? Mappings, IndexSettings? Settings);

internal sealed record MetaHolder([property: JsonPropertyName("_meta")] IndexMeta? Meta);

internal sealed record IndexSettings(IndexSettingsOfIndex? Index);

internal sealed record IndexSettingsOfIndex(Dictionary<string, string>? Blocks);
