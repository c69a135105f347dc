using System.Text.Json.Nodes;
using ResourceHub.Core.Search;
using ResourceHub.Engines.Analysis;
using ResourceHub.Engines.Elasticsearch.Client;

namespace ResourceHub.Engines.Elasticsearch;

/// <summary>Titles that go on from what was typed, most used first, by the keys that the embedded engine has too.</summary>
internal static class TitleSearch
{
    /// <summary>Resources of one title are common (教学设计 …) and give one suggestion, so more are read than asked for.</summary>
    private const int Spare = 4;

    public static async Task<IReadOnlyList<TitleSuggestion>> FindAsync(ElasticsearchClient client, IndexNames names, string text, IReadOnlyList<string>? tokens, int first, CancellationToken ct)
    {
        var typed = TitleKeys.Of(text);
        if (typed.Length == 0 || first <= 0) return [];
        var body = new SearchRequestBody
        {
            Size = first * Spare,
            Source = new JsonArray(IndexFields.TitleShown),
            Query = new() { Bool = new() { Filter = [Query.OfPrefix(IndexFields.TitleStarts, TitleKeys.Start(typed)), .. Selection.Open(tokens)] } },
            Sort = [new() { [IndexFields.Downloads] = "desc" }, new() { [IndexFields.Id] = "asc" }],
        };
        var answer = (await client.SearchAsync(names.Read, null, acrossShards: false, body, ct)).OrAway();
        return
        [
            .. (answer.Hits?.Hits ?? []).Where(h => h.Source?.TitleShown is not null)
                .Select(h => new TitleSuggestion(h.Source!.TitleShown!, Guid.ParseExact(h.Id!, "n")))
                // What is longer than the kept starts is compared as a whole.
                .Where(s => typed.Length <= TitleKeys.LongestStart || TitleKeys.StartsWith(TitleKeys.Of(s.Text), typed))
                .DistinctBy(s => s.Text).Take(first),
        ];
    }
}
