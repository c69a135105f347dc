using ResourceHub.Core.Search;

namespace ResourceHub.Engines.Checks;

/// <summary>That pages follow each other with nothing twice and nothing left out, as deep as anybody goes.</summary>
internal static class PageChecks
{
    private const string Advice = "Portals read in pages: they would miss resources or see some twice.";
    private const int Many = 137, Deep = 10_300;

    public static IReadOnlyList<BehaviourCheck> All =>
    [
        BehaviourCheck.OfSearch("pages", Advice, PagesAsync),
        BehaviourCheck.OfSearch("orders", Advice, OrdersAsync),
        new("search/deep pages", Advice, DeepAsync),
        BehaviourCheck.OfSearch("expired pages", "Whoever goes on from a page that is no longer kept must be told so (CURSOR_EXPIRED) instead of an error.", ExpiredAsync),
    ];

    private static async Task PagesAsync(Trial<ISearchIndex> trial, Findings findings, CancellationToken ct)
    {
        ResourceDocument[] lessons = [.. Enumerable.Range(0, Many).Select(i => MadeLessons.Lesson($"数学 {i % 10} {(char)('甲' + i % 3)}") with
        {
            Downloads = i % 7, CreatedAt = MadeLessons.Day(i % 5), Description = i % 4 == 0 ? "数学课与数学题" : "课",
        })];
        foreach (var batch in lessons.Chunk(50)) await trial.Engine.WriteAsync(batch, [], ct);
        foreach (var (sort, text) in (IEnumerable<(SearchSort, string?)>)[(SearchSort.Relevance, "数学"), (SearchSort.Newest, "数学"), (SearchSort.MostUsed, null), (SearchSort.Title, null)])
        {
            var whole = await trial.Engine.AskAsync(text, ct, r => r with { Sort = sort, First = 200 });
            var paged = await WalkAsync(trial.Engine, text, sort, 10, ct);
            findings.Is($"resources by {sort}", Many, whole.Hits.Count);
            findings.Holds($"pages by {sort} are the whole in its order", whole.Hits.Select(h => h.Id).SequenceEqual(paged));
        }
    }

    private static async Task OrdersAsync(Trial<ISearchIndex> trial, Findings findings, CancellationToken ct)
    {
        ResourceDocument[] lessons = [Lesson("Beta", 3, 5), Lesson("alpha", 1, 9), Lesson("Gamma", 2, 1)];
        var days = lessons.ToDictionary(l => l.Id, l => l.CreatedAt);
        foreach (var lesson in lessons) await trial.Engine.WriteAsync(ct, lesson);
        foreach (var (sort, order) in (IEnumerable<(SearchSort, int[])>)[(SearchSort.Newest, [3, 2, 1]), (SearchSort.MostUsed, [1, 3, 2]), (SearchSort.Title, [1, 3, 2])])
            findings.Are($"days by {sort}", order.Select(MadeLessons.Day), (await trial.Engine.AskAsync(null, ct, r => r with { Sort = sort })).Hits.Select(h => days[h.Id]));

        static ResourceDocument Lesson(string title, int day, int downloads) => MadeLessons.Lesson(title) with { CreatedAt = MadeLessons.Day(day), Downloads = downloads };
    }

    /// <summary>An index that counts from the start refuses to go behind the ten thousandth; one that goes on from the last hit does not.</summary>
    private static async Task DeepAsync(CheckedEngines engines, Findings findings, CancellationToken ct)
    {
        await using var trial = await engines.Searches!.OpenAsync(ct);
        var (count, size) = engines.IsThorough ? (Deep, 500) : (900, 100);
        foreach (var batch in Enumerable.Range(0, count).Select(i => MadeLessons.Lesson($"第{i}课")).Chunk(2000)) await trial.Engine.WriteAsync(batch, [], ct);
        foreach (var sort in (SearchSort[])[SearchSort.Title, SearchSort.Newest])
        {
            var paged = await WalkAsync(trial.Engine, null, sort, size, ct);
            findings.Is($"resources in pages of {size} by {sort}", count, paged.Count);
            findings.Is($"different resources in pages by {sort}", count, paged.Distinct().Count());
        }
        findings.Is("total", count, await trial.Engine.CountAsync(null, ct));
        findings.Note($"{count:N0} resources read in pages of {size}");
    }

    private static async Task ExpiredAsync(Trial<ISearchIndex> trial, Findings findings, CancellationToken ct)
    {
        await trial.Engine.WriteAsync([.. Enumerable.Range(0, 9).Select(i => MadeLessons.Lesson($"第{i}课"))], [], ct);
        var first = await trial.Engine.AskAsync(null, ct, r => r with { Sort = SearchSort.Title, First = 2 });
        var second = await AfterAsync(first);
        findings.Is("resources on the second page", 2, second.Hits.Count);
        // Given later, it stands before the second page's end: what was read is not read again and what follows is not left out.
        await trial.Engine.WriteAsync(ct, MadeLessons.Lesson("第00课"));
        findings.Is("resources on the third page", 2, (await AfterAsync(second)).Hits.Count);
        if (!await trial.ExpireAsync(second.Hits[^1].Position, ct))
        {
            findings.Note("positions of this engine are good for ever");
            return;
        }
        findings.Holds("a page that is no longer kept says that it expired", (await AfterAsync(second)).IsExpired);
        findings.Holds("the first page is asked for anew", !(await AfterAsync(first)).IsExpired);

        Task<SearchPage> AfterAsync(SearchPage page) => trial.Engine.AskAsync(null, ct, r => r with { Sort = SearchSort.Title, First = 2, After = page.Hits[^1].Position });
    }

    private static async Task<List<Guid>> WalkAsync(ISearchIndex index, string? text, SearchSort sort, int size, CancellationToken ct)
    {
        List<Guid> paged = [];
        SearchPosition? after = null;
        for (var hasMore = true; hasMore;)
        {
            var page = await index.AskAsync(text, ct, r => r with { Sort = sort, First = size, After = after, WithTotal = false });
            if (page.Hits.Count == 0) break;
            paged.AddRange(page.Hits.Select(h => h.Id));
            (after, hasMore) = (page.Hits[^1].Position, page.HasMore);
        }
        return paged;
    }
}
