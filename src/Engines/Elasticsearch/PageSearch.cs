using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using ResourceHub.Core.Search;
using ResourceHub.Engines.Analysis;
using ResourceHub.Engines.Elasticsearch.Client;

namespace ResourceHub.Engines.Elasticsearch;

/// <summary>
/// One search: the first page from the index as it is, later pages from a point in time that the second page opens, counts always from the index as it is,
/// because what was closed since must not be counted; then the passages of the page's hits alone.
/// </summary>
internal sealed class PageSearch(ElasticsearchClient client, IndexNames names, bool acrossShards, TimeSpan limit, TimeProvider clock, SearchRequest request)
{
    /// <summary>How long one may read on a page; each page begins it anew.</summary>
    private const string KeepAlive = "5m";

    private const string Inner = "passages";

    private readonly SearchPatience patience = new(limit, clock);
    private readonly Question? question = Question.Of(request.Text);
    private readonly string timeout = $"{(int)limit.TotalMilliseconds}ms";

    private bool HasWords => question is not null || request.Boosts is { Count: > 0 };

    private bool IsRanked => request.Sort == SearchSort.Relevance && HasWords;

    private string Asked => string.Join('\n', (request.Boosts ?? []).Select(b => b.Words).Prepend(request.Text));

    private string? Preference => HasWords ? $"q{Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(Asked)).AsSpan(0, 9))}" : null;

    /// <exception cref="IndexAwayException">Elasticsearch does not answer in time or cannot search.</exception>
    public async Task<SearchPage> FindAsync(CancellationToken ct)
    {
        var selection = new Selection(request, question, IsRanked);
        if (request.After is null) return await PageOfAsync(selection, (await SearchAsync(First(selection), ct)).OrAway(), "", ct);

        if (PagePosition.Of(request.After) is not { } position) return SearchPage.Expired;
        var pointInTime = position.PointInTime.Length > 0 ? position.PointInTime : (await patience.AskAsync(() => client.OpenPointInTimeAsync(names.Read, KeepAlive, Preference, ct), mayBeGone: false, ct)).OrAway().Id;
        var counting = IsCounted(selection) ? SearchAsync(Counts(selection), ct) : null;
        var found = await patience.AskAsync(() => client.SearchAsync(acrossShards, Later(selection, position, pointInTime), ct), mayBeGone: true, ct);
        var counts = counting is null ? null : await counting;
        if (position.PointInTime.Length > 0 && IsGone(found)) return SearchPage.Expired;
        var page = found.OrAway();
        var later = await PageOfAsync(selection, page, page.PitId ?? pointInTime, ct);
        return counts is null ? later : later with { Total = TotalOf(counts.OrAway()), Facets = selection.Counts(counts.OrAway().Aggregations) };
    }

    /// <summary>404 when it was not asked for long enough, 503 when its index is no more (both as recorded). No answer at all says nothing of it.</summary>
    private static bool IsGone(ElasticsearchResponse<SearchResponse> answer) => answer.HttpStatusCode is (int)HttpStatusCode.NotFound or (int)HttpStatusCode.ServiceUnavailable;

    private bool IsCounted(Selection selection) => request.WithTotal || selection.Aggregations is not null;

    private Task<ElasticsearchResponse<SearchResponse>> SearchAsync(SearchRequestBody body, CancellationToken ct)
        => patience.AskAsync(() => client.SearchAsync(names.Read, Preference, acrossShards, body, ct), mayBeGone: false, ct);

    /// <summary>One more than the page tells whether another follows.</summary>
    private SearchRequestBody First(Selection selection) => new()
    {
        Size = request.First + 1,
        Query = selection.Query,
        PostFilter = selection.PostFilter,
        Aggregations = selection.Aggregations,
        Sort = Order(),
        TrackTotalHits = request.WithTotal,
        Timeout = timeout,
    };

    private SearchRequestBody Later(Selection selection, PagePosition position, string pointInTime) => new()
    {
        Size = request.First + 1,
        Query = selection.Query,
        PostFilter = selection.PostFilter,
        Sort = [.. Order(), new() { ["_shard_doc"] = "asc" }],
        SearchAfter = position.SearchAfter(),
        Pit = new(pointInTime, KeepAlive),
        Timeout = timeout,
    };

    private SearchRequestBody Counts(Selection selection) => new()
    {
        Size = 0,
        Query = selection.Query,
        PostFilter = selection.PostFilter,
        Aggregations = selection.Aggregations,
        TrackTotalHits = request.WithTotal,
        Timeout = timeout,
    };

    private IReadOnlyList<Dictionary<string, string>> Order() =>
    [
        IsRanked ? new() { ["_score"] = "desc" }
        : request.Sort == SearchSort.MostUsed ? new() { [IndexFields.Downloads] = "desc" }
        : request.Sort == SearchSort.Title ? new() { [IndexFields.TitleKey] = "asc" }
        : new() { [IndexFields.Created] = "desc" },
        new() { [IndexFields.Id] = "asc" },
    ];

    private async Task<SearchPage> PageOfAsync(Selection selection, SearchResponse answer, string pointInTime, CancellationToken ct)
    {
        var found = answer.Hits?.Hits ?? [];
        var page = found.Take(request.First).ToList();
        var passages = question is not { Terms.Count: > 0 } || request.Passages == 0 || page.Count == 0 ? null : await PassagesAsync(page, pointInTime, ct);
        return new SearchPage(
            TotalOf(answer),
            page.ConvertAll(h => new SearchHit(IdOf(h), new PagePosition(pointInTime, h.Sort![0].GetRawText(), IdOf(h)).ToPosition(), passages?.GetValueOrDefault(IdOf(h)) ?? [])),
            found.Count > page.Count,
            selection.Counts(answer.Aggregations));
    }

    /// <summary>Asked for the page alone: looking for them in every match would cost more than the search.</summary>
    private async Task<Dictionary<Guid, IReadOnlyList<PassageHit>>> PassagesAsync(List<SearchedHit> page, string pointInTime, CancellationToken ct)
    {
        var body = new SearchRequestBody
        {
            Size = page.Count,
            Query = new()
            {
                Bool = new()
                {
                    Must = [new() { Nested = new(Inner, QuestionQuery.Passages(question!), "max", new(PassageHit.Candidates(request.Passages), Source: false, IndexFields.PassagePlace)) }],
                    Filter = [new() { Ids = new([.. page.Select(h => h.Id!)]) }],
                },
            },
            Timeout = timeout,
        };
        var answer = pointInTime.Length == 0
            ? await SearchAsync(body, ct)
            : await patience.AskAsync(() => client.SearchAsync(acrossShards, body with { Pit = new(pointInTime, KeepAlive) }, ct), mayBeGone: true, ct);
        return (answer.OrAway().Hits?.Hits ?? []).ToDictionary(IdOf, h => PassageHit.Places((h.InnerHits?[Inner].Hits?.Hits ?? []).Select(PassageOf), request.Passages));
    }

    private static PassageHit PassageOf(SearchedHit inner) => new(
        new PassageSource(
            Text(inner, 0) ?? "text", Text(inner, 1) is { } file ? Guid.ParseExact(file, "n") : null, Number(inner, 2), Number(inner, 3), Number(inner, 4)),
        inner.Score ?? 0);

    private static string? Text(SearchedHit inner, int place) => inner.Fields?.GetValueOrDefault(IndexFields.PassagePlace[place]) is [var value, ..] ? value.GetString() : null;

    private static int Number(SearchedHit inner, int place) => inner.Fields?.GetValueOrDefault(IndexFields.PassagePlace[place]) is [var value, ..] ? value.GetInt32() : 0;

    private static Guid IdOf(SearchedHit hit) => Guid.ParseExact(hit.Id!, "n");

    private int TotalOf(SearchResponse answer) => request.WithTotal ? (int)(answer.Hits?.Total?.Value ?? 0) : -1;
}
