using System.Net;
using ResourceHub.Core.Search;
using ResourceHub.Engines.Elasticsearch.Client;

namespace ResourceHub.Engines.Elasticsearch;

/// <summary>Says how the index stands, for health, doctor and whoever may have to fill it.</summary>
internal static class IndexHealthReport
{
    private static readonly Query Resources = Query.OfTerm(IndexFields.Gone, "false");

    public static async Task<IndexHealth> AskAsync(ElasticsearchClient client, IndexStanding standing, string me, DateTimeOffset now, CancellationToken ct)
    {
        if (standing.Read is not { } read || standing.Write is not { } write) return new(false, 0, "索引不存在。The index is missing.");
        if (read != write) return new(false, 0, $"读写别名指向不同的索引。Reads go to {read} and writes to {write}.");
        if (standing.IsNewer) return new(false, 0, $"索引由更新版本的系统建立，请升级本进程。{read} was made by a newer version of the hub; this process waits to be replaced by it.", MayFill: false);
        if (standing.MetaOf(read) is not { Layout: IndexFields.Layout } meta) return new(false, 0, $"索引为旧版布局。{read} is of another layout.");
        var cluster = await client.ClusterHealthAsync(read, ct);
        var counted = await client.CountAsync(read, Resources, ct);
        var documents = (int)(counted.Value?.Count ?? 0);
        if (cluster.Value is { Status: "red" }) return new(meta.Whole, documents, $"部分索引数据暂不可用。Elasticsearch says red: a part of {read} is on no node.", MayFill: false);
        if (standing.Blocked is { } block) return new(meta.Whole, documents, $"索引暂停写入（磁盘将满）。{read} takes no writes, block {block}: free its disk; reading goes on.", MayFill: false);
        if (counted.HttpStatusCode is 0 or >= (int)HttpStatusCode.InternalServerError) return new(meta.Whole, 0, $"搜索服务暂无响应。Search does not answer: {counted.Error}", MayFill: false);
        if (!meta.Whole && standing.IsFilledElsewhere(me, now)) return new(false, documents, $"另一进程正在重建索引。Another process fills the index; {documents} resources are in.", MayFill: false);
        return new(meta.Whole, documents, meta.Whole ? $"{documents} 个资源。{documents} resources.{Beside(standing)}" : $"正在重建索引。The index is to be filled; {documents} resources are in.");
    }

    private static string Beside(IndexStanding standing) => standing.Filling is { } other ? $"正在另建索引。{other} is being made beside it; ./hub reindex goes on if that was cut off." : "";
}
