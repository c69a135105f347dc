using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace ResourceHub.Engines.Elasticsearch.Client;

/// <summary>
/// What the hub asks of Elasticsearch, under the names of Elastic.Clients.Elasticsearch, which is to take this folder's place where it can be had (ADR 4).
/// Bodies are plain application/json: 8 and 9 both take it, while a media type with a version is refused by the other one.
/// </summary>
internal sealed class ElasticsearchClient(Transport transport, RequestLimit writing, RequestLimit searching)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly RequestLimit Merging = new(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10));

    public Task<ElasticsearchResponse<InfoResponse>> InfoAsync(CancellationToken ct) => SendAsync(HttpMethod.Get, "/", null, ClientJson.Relaxed.InfoResponse, searching, ct, mustBeProduct: true);

    public Task<ElasticsearchResponse<HealthResponse>> ClusterHealthAsync(string index, CancellationToken ct)
        => SendAsync(HttpMethod.Get, $"/_cluster/health/{index}", null, ClientJson.Relaxed.HealthResponse, searching, ct);

    public Task<ElasticsearchResponse<AcknowledgedResponse>> PutIndexTemplateAsync(string name, JsonObject template, CancellationToken ct)
        => SendAsync(HttpMethod.Put, $"/_index_template/{name}", Body(template, ClientJson.Relaxed.JsonObject), ClientJson.Relaxed.AcknowledgedResponse, writing, ct);

    /// <summary>The names of templates of a pattern.</summary>
    public Task<ElasticsearchResponse<GetIndexTemplateResponse>> GetIndexTemplateAsync(string pattern, CancellationToken ct)
        => SendAsync(HttpMethod.Get, $"/_index_template/{pattern}?filter_path=index_templates.name", null, ClientJson.Relaxed.GetIndexTemplateResponse, writing, ct);

    public Task<ElasticsearchResponse<AcknowledgedResponse>> PutSettingsAsync(string index, JsonObject settings, CancellationToken ct)
        => SendAsync(HttpMethod.Put, $"/{index}/_settings", Body(settings, ClientJson.Relaxed.JsonObject), ClientJson.Relaxed.AcknowledgedResponse, writing, ct);

    /// <summary>The indexes of a pattern: their aliases, notes and blocks. None is an empty answer.</summary>
    public Task<ElasticsearchResponse<Dictionary<string, IndexState>>> GetIndexAsync(string pattern, CancellationToken ct)
        => SendAsync(HttpMethod.Get, $"/{pattern}?filter_path=*.aliases,*.mappings._meta,*.settings.index.blocks", null, ClientJson.Relaxed.DictionaryStringIndexState, searching, ct);

    public Task<ElasticsearchResponse<AcknowledgedResponse>> CreateIndexAsync(string index, CreateIndexRequestBody body, CancellationToken ct)
        => SendAsync(HttpMethod.Put, $"/{index}", Body(body, ClientJson.Relaxed.CreateIndexRequestBody), ClientJson.Relaxed.AcknowledgedResponse, writing, ct);

    public Task<ElasticsearchResponse<AcknowledgedResponse>> DeleteIndexTemplateAsync(string name, CancellationToken ct)
        => SendAsync(HttpMethod.Delete, $"/_index_template/{name}", null, ClientJson.Relaxed.AcknowledgedResponse, writing, ct);

    public Task<ElasticsearchResponse<AcknowledgedResponse>> DeleteIndexAsync(string index, CancellationToken ct)
        => SendAsync(HttpMethod.Delete, $"/{index}", null, ClientJson.Relaxed.AcknowledgedResponse, writing, ct);

    public Task<ElasticsearchResponse<AcknowledgedResponse>> PutMappingAsync(string index, MetaMapping mapping, CancellationToken ct)
        => SendAsync(HttpMethod.Put, $"/{index}/_mapping", Body(mapping, ClientJson.Relaxed.MetaMapping), ClientJson.Relaxed.AcknowledgedResponse, writing, ct);

    public Task<ElasticsearchResponse<AcknowledgedResponse>> UpdateAliasesAsync(UpdateAliasesRequestBody actions, CancellationToken ct)
        => SendAsync(HttpMethod.Post, "/_aliases", Body(actions, ClientJson.Relaxed.UpdateAliasesRequestBody), ClientJson.Relaxed.AcknowledgedResponse, writing, ct);

    public Task<ElasticsearchResponse<RefreshResponse>> RefreshAsync(string index, CancellationToken ct)
        => SendAsync(HttpMethod.Post, $"/{index}/_refresh", null, ClientJson.Relaxed.RefreshResponse, writing, ct);

    /// <summary>Merges its segments, which takes minutes. Not waited for, the server would keep a note of it in an index that is not ours.</summary>
    public Task<ElasticsearchResponse<RefreshResponse>> ForceMergeAsync(string index, int segments, CancellationToken ct)
        => SendAsync(HttpMethod.Post, $"/{index}/_forcemerge?max_num_segments={segments}", null, ClientJson.Relaxed.RefreshResponse, Merging, ct);

    public Task<ElasticsearchResponse<CountResponse>> CountAsync(string index, Query query, CancellationToken ct)
        => SendAsync(HttpMethod.Post, $"/{index}/_count", Body(new CountRequestBody(query), ClientJson.Relaxed.CountRequestBody), ClientJson.Relaxed.CountResponse, searching, ct);

    public Task<ElasticsearchResponse<AnalyzeResponse>> AnalyzeAsync(string index, AnalyzeRequestBody body, CancellationToken ct)
        => SendAsync(HttpMethod.Post, $"/{index}/_analyze", Body(body, ClientJson.Relaxed.AnalyzeRequestBody), ClientJson.Relaxed.AnalyzeResponse, searching, ct);

    /// <param name="preference">Questions with the same one go to the same copies, whose scores do not differ by what each has not yet merged away.</param>
    public Task<ElasticsearchResponse<SearchResponse>> SearchAsync(string index, string? preference, bool acrossShards, SearchRequestBody body, CancellationToken ct)
        => SendAsync(
            HttpMethod.Post, $"/{index}/_search?allow_partial_search_results=false{(preference is null ? "" : $"&preference={preference}")}{SearchType(acrossShards)}",
            Body(body, ClientJson.Relaxed.SearchRequestBody), ClientJson.Relaxed.SearchResponse, searching, ct);

    /// <summary>Searches in a point in time, which names its indexes itself.</summary>
    public Task<ElasticsearchResponse<SearchResponse>> SearchAsync(bool acrossShards, SearchRequestBody body, CancellationToken ct)
        => SendAsync(
            HttpMethod.Post, $"/_search?allow_partial_search_results=false{SearchType(acrossShards)}", Body(body, ClientJson.Relaxed.SearchRequestBody), ClientJson.Relaxed.SearchResponse, searching, ct);

    public Task<ElasticsearchResponse<OpenPointInTimeResponse>> OpenPointInTimeAsync(string index, string keepAlive, string? preference, CancellationToken ct)
        => SendAsync(HttpMethod.Post, $"/{index}/_pit?keep_alive={keepAlive}{(preference is null ? "" : $"&preference={preference}")}", null, ClientJson.Relaxed.OpenPointInTimeResponse, searching, ct);

    public Task<ElasticsearchResponse<ClosePointInTimeResponse>> ClosePointInTimeAsync(string id, CancellationToken ct)
        => SendAsync(HttpMethod.Delete, "/_pit", Body(new PointInTimeReference(id, null), ClientJson.Relaxed.PointInTimeReference), ClientJson.Relaxed.ClosePointInTimeResponse, searching, ct);

    /// <param name="refresh">true, wait_for, or null to leave showing it for later.</param>
    public Task<ElasticsearchResponse<BulkResponse>> BulkAsync(string alias, IReadOnlyList<BulkLines> lines, string? refresh, CancellationToken ct)
        => SendAsync(
            HttpMethod.Post, $"/{alias}/_bulk?require_alias=true{(refresh is null ? "" : $"&refresh={refresh}")}&filter_path=errors,items.*._id,items.*.status,items.*.error",
            () => new BulkContent(lines), ClientJson.Relaxed.BulkResponse, writing, ct);

    private static string SearchType(bool acrossShards) => acrossShards ? "&search_type=dfs_query_then_fetch" : "";

    private static Func<HttpContent> Body<T>(T body, JsonTypeInfo<T> type) => () =>
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, type));
        content.Headers.ContentType = Json;
        return content;
    };

    private async Task<ElasticsearchResponse<T>> SendAsync<T>(
        HttpMethod method, string path, Func<HttpContent>? body, JsonTypeInfo<T> type, RequestLimit limit, CancellationToken ct, bool mustBeProduct = false) where T : class
    {
        var response = await transport.RequestAsync(method, path, body, limit, ct);
        if (response.Status is < 200 or > 299) return new(response.Status, null, ErrorReader.Read(response), response.RetryAfter);
        if (mustBeProduct && !response.IsProduct) return new(response.Status, null, new(response.Status, ElasticsearchServerError.NotUnderstood, "what answers is not Elasticsearch"));
        try
        {
            return JsonSerializer.Deserialize(response.Body, type) is { } value
                ? new(response.Status, value, null)
                : new(response.Status, null, new(response.Status, ElasticsearchServerError.NotUnderstood, "an empty answer"));
        }
        catch (JsonException broken)
        {
            return new(response.Status, null, new(response.Status, ElasticsearchServerError.NotUnderstood, broken.Message));
        }
    }
}
