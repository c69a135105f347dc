using System.Text.Json.Nodes;
using ResourceHub.Core.Search;
using ResourceHub.Engines.Analysis;
using ResourceHub.Engines.Elasticsearch.Client;

namespace ResourceHub.Engines.Elasticsearch;

/// <summary>Titles, topics and chapters that go on from what was typed, by the keys that the embedded engine has too.</summary>
internal static class PhraseSearch
{
    /// <summary>Resources share phrases (教学设计 …), so more resources are read than phrases are asked for.</summary>
    private const int Spare = 4;

    public static async Task<IReadOnlyList<SuggestedPhrase>> FindAsync(ElasticsearchClient client, IndexNames names, SuggestRequest request, CancellationToken ct)
    {
        List<SuggestedPhrase> found = [];
        if (request.First <= 0) return found;
        var typed = TypedPhrase.Of(request);
        foreach (var way in typed.Ways)
        {
            if (found.Count >= request.First) break;
            var answer = (await client.SearchAsync(names.Read, null, acrossShards: false, Body(request, typed, way), ct)).OrAway();
            var resources = (answer.Hits?.Hits ?? []).Where(h => h.Source?.Phrases is not null).Select(h => (Guid.ParseExact(h.Id!, "n"), h.Source!.Phrases!));
            found.AddRange(typed.Fitting(way, resources).ExceptBy(found.ConvertAll(f => f.Text), s => s.Text));
        }
        return [.. found.Take(request.First)];
    }

    private static SearchRequestBody Body(SuggestRequest request, TypedPhrase typed, PhraseLookup way)
    {
        var field = way switch { PhraseLookup.Written => IndexFields.Starts, PhraseLookup.Sound => IndexFields.SoundStarts, _ => IndexFields.InitialStarts };
        return new()
        {
            Size = request.First * Spare,
            Source = new JsonArray(IndexFields.Phrases),
            Query = new()
            {
                Bool = new()
                {
                    Filter = [Query.OfPrefix(field, TitleKeys.Start(typed.Key(way))), .. Selection.Open(request.AccessTokens)],
                    MustNot = request.LeftOut is { Count: > 0 } left ? [new() { Ids = new([.. left.Select(id => id.ToString("n"))]) }] : null,
                },
            },
            Sort = [new() { [IndexFields.Downloads] = "desc" }, new() { [IndexFields.Id] = "asc" }],
        };
    }
}
