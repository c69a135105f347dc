using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.People;
using ResourceHub.Core.Pinyin;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Search.Understanding;

namespace ResourceHub.Core.Search;

/// <summary>
/// What the doors call to search: the index names ids and passages, the record gives the rows, checked again for this viewer, because an index may
/// lag behind a withdrawal.
/// </summary>
public sealed class ResourceSearch(ISearchIndex index, IDbContextFactory<HubDb> databases, FoundTexts texts, SchoolWords words, Suggestions suggestions, BetterSpelling spelling, CursorSeal seal)
{
    public const int LargestPage = 100;
    public const int MostPassages = 3;

    private static readonly Dictionary<FacetName, IReadOnlyList<string>> NoFilters = [];
    private static readonly string NoPartnership = Guid.Empty.ToString("n");

    public async Task<Outcome<FoundPage>> SearchAsync(Viewer viewer, SearchQuestion question, CancellationToken ct)
    {
        using var measured = new MeasuredSearch();
        return measured.Of(await FindAsync(viewer, question, ct));
    }

    private async Task<Outcome<FoundPage>> FindAsync(Viewer viewer, SearchQuestion question, CancellationToken ct)
    {
        if (question.First is < 0 or > LargestPage)
            return new Problem("INVALID_FIRST", $"first 须在 0 到 {LargestPage} 之间。first must be between 0 and {LargestPage}.", "first");
        var tokens = ResourceAccess.TokensOf(viewer);
        var typed = question.IsUnderstood ? TypedSound.Of(question.Text) : null;
        var attempts = await AttemptsAsync(question, question.Text, null, ct);
        // Half switched, it is no word as it stands: 圆de面积.
        if (typed is { IsAllChinese: false, IsAllLatin: false }) attempts = [.. await PinyinAsync(viewer, question, ct), .. attempts];
        SearchPosition? after = null;
        if (question.After is not null)
        {
            // A cursor leads on in the way it was found by.
            attempts = Opened(attempts);
            if (attempts.Count == 0 && typed is { IsAllLatin: true }) attempts = Opened(await PinyinAsync(viewer, question, ct));
            if (after is null) return new Problem("INVALID_CURSOR", "翻页位置无效或属于另一次搜索，请从第一页重新开始。This cursor is not valid for this search; start again from the first page.", "after");
        }

        IReadOnlyList<SearchAttempt> Opened(IReadOnlyList<SearchAttempt> ways)
            => [.. ways.Where(w => after is null && (after = seal.Open(question.After!, Digest(viewer, tokens, question, w))) is not null)];

        var narrowed = await Narrowed.ReadAsync(databases, ct);
        var known = await KnownPartnershipsAsync(viewer, question, ct);
        (SearchAttempt Attempt, SearchPage Page)? shown = null;
        try
        {
            shown = await FirstFoundAsync(attempts);
            // English stays English while it finds anything.
            if (IsEmpty(shown.Value.Page) && after is null && typed is { IsAllLatin: true } && await PinyinAsync(viewer, question, ct) is { Count: > 0 } pinyin
                && await FirstFoundAsync(pinyin) is var read && !IsEmpty(read.Page)) shown = read;
        }
        catch (IndexAwayException)
        {
            return new Problem("SEARCH_UNAVAILABLE", "搜索暂时不可用，请稍后再试。Search does not answer at the moment; try again soon.");
        }

        async Task<(SearchAttempt Attempt, SearchPage Page)> FirstFoundAsync(IReadOnlyList<SearchAttempt> ways)
        {
            (SearchAttempt, SearchPage)? first = null;
            foreach (var way in ways)
            {
                var request = new SearchRequest(
                    way.Text, Knowing(known, way.Filters), tokens, question.Sort, question.First, after, question.Facets ?? [], question.WithTotal,
                    IsMarked(question, way) ? Math.Clamp(question.Passages, 0, MostPassages) : 0, way.CreatedAfter, way.CreatedBefore, narrowed, way.Boosts);
                var page = await index.SearchAsync(request, ct);
                if (!IsEmpty(page)) return (way, page);
                first ??= (way, page);
            }
            return first!.Value;
        }

        var (way, found) = shown!.Value;
        if (found.IsExpired) return new Problem("CURSOR_EXPIRED", "翻页已过期，请从第一页重新开始。The pages of this search are no longer kept; start again from the first page.", "after");
        if (known is not null) found = found with { Facets = [.. found.Facets.Select(f => f.Name == FacetName.Partnership ? f with { Values = [.. f.Values.Where(v => known.Contains(v.Code))] } : f)] };
        var shownPage = await PageAsync(viewer, question, way, found, Digest(viewer, tokens, question, way), ct) with { Chips = way.Chips, SearchedText = way.Text, Notice = way.Notice };
        return question.WithBetterSpelling && question.After is null && way.Notice != SearchNotice.ReadAsPinyin && attempts[0].Text is { } text
            ? shownPage with { DidYouMean = await BetterAsync(viewer, question, text, shownPage, ct) } : shownPage;
    }

    private static bool IsEmpty(SearchPage page) => page is { Hits.Count: 0, HasMore: false, IsExpired: false };

    private async Task<IReadOnlyList<SearchAttempt>> AttemptsAsync(SearchQuestion question, string? text, SearchNotice? notice, CancellationToken ct)
    {
        var query = question.IsUnderstood ? await words.ReadAsync(text, question.Choices ?? [], ct) : UnderstoodQuery.Plain(text);
        return [.. SearchAttempt.Of(question, query).Select(a => a with { Notice = a.Notice ?? notice })];
    }

    /// <summary>The ways to look for what pinyin means among what this viewer may see; none where it means nothing.</summary>
    private async Task<IReadOnlyList<SearchAttempt>> PinyinAsync(Viewer viewer, SearchQuestion question, CancellationToken ct)
        => await suggestions.WrittenAsync(viewer, question.Text!, ct) is { } written ? await AttemptsAsync(question, written, SearchNotice.ReadAsPinyin, ct) : [];

    /// <summary>A better spelling, if what it asks for finds something.</summary>
    private async Task<string?> BetterAsync(Viewer viewer, SearchQuestion question, string text, FoundPage page, CancellationToken ct)
    {
        if (await spelling.OfAsync(viewer, question.Text!, text, page.Hits, ct) is not { } better) return null;
        var found = await SearchAsync(viewer, question with { Text = better, First = 1, Facets = null, WithTotal = false, WithHighlights = false, WithBetterSpelling = false }, ct);
        return found.Value is { Hits.Count: > 0, Notice: null } ? better : null;
    }

    private static bool IsMarked(SearchQuestion question, SearchAttempt attempt) => (question.WithHighlights || question.WithBetterSpelling) && !string.IsNullOrWhiteSpace(attempt.Marked);

    /// <summary>The page as the record has it now, for this viewer.</summary>
    private async Task<FoundPage> PageAsync(Viewer viewer, SearchQuestion question, SearchAttempt way, SearchPage page, byte[] digest, CancellationToken ct)
    {
        if (page.Hits.Count == 0) return new FoundPage(page.Total, [], false, null, page.Facets);
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await ReadAsync(db, viewer, page.Hits, ct);
        var visible = page.Hits.Where(h => rows.ContainsKey(h.Id)).ToList();
        var highlights = IsMarked(question, way) ? await texts.MarkAsync(db, way.Marked!, visible, rows, ct) : null;
        var found = visible.ConvertAll(h => new FoundResource(rows[h.Id], seal.Seal(h.Position, digest), highlights?[h.Id] ?? []));
        var total = page.Total < 0 ? page.Total : Math.Max(0, page.Total - (page.Hits.Count - visible.Count));
        return new FoundPage(total, found, page.HasMore, seal.Seal(page.Hits[^1].Position, digest), page.Facets);
    }

    /// <summary>
    /// With whom else a school shares is its own matter: found through one partnership, a resource neither counts for nor is found by another that the viewer
    /// is not in. Null where nothing is asked of partnerships, and for hub admins, who know all.
    /// </summary>
    private async Task<HashSet<string>?> KnownPartnershipsAsync(Viewer viewer, SearchQuestion question, CancellationToken ct)
    {
        if (viewer.IsHubAdmin || question.Filters?.ContainsKey(FacetName.Partnership) != true && question.Facets?.Contains(FacetName.Partnership) != true) return null;
        if (viewer.SchoolId is not { } school) return [];
        await using var db = await databases.CreateDbContextAsync(ct);
        return [.. (await db.PartnershipMembers.Where(m => m.SchoolId == school).Select(m => m.PartnershipId).ToListAsync(ct)).Select(id => id.ToString("n"))];
    }

    private static IReadOnlyDictionary<FacetName, IReadOnlyList<string>> Knowing(HashSet<string>? known, IReadOnlyDictionary<FacetName, IReadOnlyList<string>> filters)
    {
        if (known is null || !filters.TryGetValue(FacetName.Partnership, out var wanted)) return filters;
        List<string> left = [.. wanted.Where(known.Contains)];
        // An empty list would ask for nothing in particular; this asks for what no resource is shared with.
        return new Dictionary<FacetName, IReadOnlyList<string>>(filters) { [FacetName.Partnership] = left.Count > 0 ? left : [NoPartnership] };
    }

    private static Task<Dictionary<Guid, Resource>> ReadAsync(HubDb db, Viewer viewer, IReadOnlyList<SearchHit> hits, CancellationToken ct)
    {
        var ids = hits.Select(h => h.Id).ToList();
        return db.Resources.AsNoTracking().VisibleTo(viewer).Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, ct);
    }

    /// <summary>All that a cursor is bound to: who asks, with which rights, and what. Not the page's size, which may change on the way.</summary>
    private static byte[] Digest(Viewer viewer, IReadOnlyList<string>? tokens, SearchQuestion question, SearchAttempt attempt) => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new
    {
        viewer.ActorId,
        tokens,
        question.Text,
        question.Sort,
        searched = attempt.Text,
        attempt.CreatedAfter,
        attempt.CreatedBefore,
        chips = attempt.Chips.Select(c => new { c.Field, c.Code, c.Mode }),
        filters = attempt.Filters.OrderBy(f => f.Key).Select(f => new { f.Key, values = f.Value.Order(StringComparer.Ordinal) }),
    }));
}
