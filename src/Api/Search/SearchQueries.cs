using ResourceHub.Api.GraphQL;
using ResourceHub.Core.People;
using ResourceHub.Core.Search;

namespace ResourceHub.Api.Search;

[QueryType]
public static class SearchQueries
{
    /// <summary>搜索您能看到的资源，含文件中的文字。Finds resources that you may see by words in them and in their files.</summary>
    /// <param name="text">要找的文字；省略则列出全部。What to look for; everything when left out.</param>
    /// <param name="filter">条件。Conditions.</param>
    /// <param name="sort">排序。The order.</param>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    /// <param name="after">从此游标之后开始；游标只对同一提问者的同一搜索有效。Start after this cursor; good for the same search by the same viewer only.</param>
    /// <param name="understand">是否识别文字中的年级、学科、版本、类型等词（见 chips）；false 时全部当作文字。Whether words for grade, subject, edition, kind and the like are recognised in the text (see chips); all of it is text when false.</param>
    /// <param name="chips">对识别出的词的选择。What is to be done with recognised words.</param>
    [Cost(10)]
    public static async Task<SearchConnection> GetSearchAsync(
        [Service] ResourceSearch search, [Service] Viewer viewer, Selection selection, CancellationToken ct,
        string? text = null, SearchFilter? filter = null, SearchSort sort = SearchSort.Relevance, int first = 20, string? after = null,
        bool understand = true, IReadOnlyList<ChipInput>? chips = null)
    {
        var question = (filter ?? new SearchFilter()).Ask(text, sort, first, after) with
        {
            Facets = selection.Has("facets") ? selection.Argument<IReadOnlyList<FacetName>>("facets", "names") ?? Enum.GetValues<FacetName>() : null,
            WithTotal = selection.Has("totalCount"),
            WithHighlights = selection.Has("edges", "highlights"),
            WithBetterSpelling = selection.Has("didYouMean"),
            IsUnderstood = understand,
            Choices = [.. (chips ?? []).Select(c => c.ToChoice())],
            Passages = selection.Number(["edges", "highlights"], "passages") ?? 2,
        };
        var found = await search.SearchAsync(viewer, question, ct);
        return found.Value is { } page ? new SearchConnection(page, after) : throw UserError.AsError(found.Problems);
    }

    /// <summary>输入时的建议：标题、知识点和章节，可用汉字、全拼、首字母或混合输入。Titles, topics and chapters that go on from what was typed: characters, pinyin, its initials, or mixed.</summary>
    /// <param name="text">已输入的文字。What was typed.</param>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    [Cost(5)]
    public static Task<IReadOnlyList<SuggestedPhrase>> GetSuggestAsync(string text, [Service] Suggestions suggestions, [Service] Viewer viewer, CancellationToken ct, int first = 8)
        => suggestions.SuggestAsync(viewer, text, first, ct);
}
