using System.Text.Json.Nodes;
using ResourceHub.Core.Search;
using ResourceHub.Engines.Elasticsearch.Client;

namespace ResourceHub.Engines.Elasticsearch;

/// <summary>What the index holds of some resources, also of removed ones.</summary>
internal static class HeldDocuments
{
    private const int AtOnce = 1000;

    public static async Task<IReadOnlyDictionary<Guid, HeldDocument>> AskAsync(ElasticsearchClient client, IndexNames names, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var found = new Dictionary<Guid, HeldDocument>(ids.Count);
        // Searches see what was written before the last refresh.
        (await client.RefreshAsync(names.Read, ct)).OrAway();
        foreach (var some in ids.Chunk(AtOnce))
        {
            var body = new SearchRequestBody
            {
                Size = some.Length,
                Source = new JsonArray(IndexFields.Revision, IndexFields.Gone),
                Query = new() { Ids = new([.. some.Select(id => id.ToString("n"))]) },
            };
            foreach (var hit in (await client.SearchAsync(names.Read, null, acrossShards: false, body, ct)).OrAway().Hits?.Hits ?? [])
                if (hit.Source is { } source) found[Guid.ParseExact(hit.Id!, "n")] = new(source.Revision, source.Gone);
        }
        return found;
    }
}
