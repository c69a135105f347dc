using GraphQL.DataLoader;
using ResourceHub.Api.Files;
using ResourceHub.Api.GraphQL;
using ResourceHub.Api.Resources;
using ResourceHub.Core.Files;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Search;
using ResourceHub.Core.Search.Understanding;

namespace ResourceHub.Api.Search;

/// <summary>搜索结果的一页。One page of what was found.</summary>
public sealed record SearchConnection([property: GraphQLIgnore] FoundPage Page, [property: GraphQLIgnore] string? After)
{
    /// <summary>您能看到的匹配总数。How many match that you may see.</summary>
    public int TotalCount => Page.Total;

    /// <summary>各项，最相关的在前。What was found, best first.</summary>
    public IReadOnlyList<SearchEdge> Edges => [.. Page.Hits.Select(h => new SearchEdge(h.Cursor, h.Resource, h.Highlights))];

    /// <summary>分页信息。Where this page stands.</summary>
    public PageInfo PageInfo => new(Page.HasMore, After is not null, Page.Hits.Count > 0 ? Page.Hits[0].Cursor : null, Page.EndCursor);

    /// <summary>您是不是要找：同音、错一字或颠倒的字写对之后的查询，且能找到您可见的资源；没有则为 null。The query with characters of the same sound, one other or two swapped put right, where that finds something you may see; null when there is none.</summary>
    public string? DidYouMean => Page.DidYouMean;

    /// <summary>从查询中识别出的词，按本页结果实际的作用。The words that were recognised in the query, as they worked on these results.</summary>
    public IReadOnlyList<QueryChip> Chips => Page.Chips;

    /// <summary>当作文字搜索的部分；只有识别出的词时为 null。What was searched as text; null when recognised words were all there was.</summary>
    public string? SearchedText => Page.SearchedText;

    /// <summary>结果与所求不尽相同的原因；没有则为 null。Why these results are not quite what was asked; null when they are.</summary>
    public SearchNotice? Notice => Page.Notice;

    /// <summary>分面计数；各分面不计自身的条件，以便再选。Counts by value; a facet ignores its own condition, so that another value can be added.</summary>
    /// <param name="names">要哪些分面；省略则全部。Which ones; all when left out.</param>
    public IReadOnlyList<FacetCounts> GetFacets(IReadOnlyList<FacetName>? names = null) => [.. Page.Facets.Where(f => names is null || names.Contains(f.Name))];
}

/// <summary>找到的一项。One thing found.</summary>
/// <param name="Cursor">不透明的位置。Its place; opaque.</param>
/// <param name="Node">资源。The resource.</param>
public sealed record SearchEdge(string Cursor, Resource Node, [property: GraphQLIgnore] IReadOnlyList<FoundHighlight> Marked)
{
    /// <summary>匹配处的原文：标题、简介，然后是文件中最好的几处。The places that match, in the original's words: title, description, then the best places in its files.</summary>
    /// <param name="passages">文件中最多几处，0–3。How many places in files at most.</param>
    public IReadOnlyList<FoundHighlight> GetHighlights(int passages = 2) => [.. Marked.Where(h => h.FileId is null), .. Marked.Where(h => h.FileId is not null).Take(Math.Max(0, passages))];
}

/// <summary>一处匹配：纯文本加标记范围，不含任何标记语言。A place that matches: plain text and what to mark in it; no markup.</summary>
[ObjectType<FoundHighlight>, GraphQLName("Highlight")]
public static class HighlightType
{
    /// <summary>所在：title、description，或文件中的 text。Where: title, description, or text of a file.</summary>
    public static string GetField([Parent] FoundHighlight highlight) => highlight.Field;

    /// <summary>原文片段。A piece of the original.</summary>
    public static string GetText([Parent] FoundHighlight highlight) => highlight.Text.Text;

    /// <summary>要标记的范围。What to mark in it.</summary>
    public static IReadOnlyList<TextRange> GetRanges([Parent] FoundHighlight highlight) => highlight.Text.Ranges;

    /// <summary>在文件中的位置。Where in the file it stands.</summary>
    public static Location? GetLocation([Parent] FoundHighlight highlight) => highlight.Location;

    /// <summary>所在文件。The file it stands in.</summary>
    public static IDataLoaderResult<ResourceFile?> GetFile([Parent] FoundHighlight highlight, [Service] FileById files)
        => highlight.FileId is { } id ? files.LoadAsync(id) : Later.Nothing<ResourceFile>();

    /// <summary>在浏览器中打开这一处的地址：音视频（字幕则为其音视频）从该秒播放，PDF 翻到该页；浏览器不能显示的为 null。Where a browser opens this very place: a recording, also for its subtitles, from that second; a PDF at that page; null for what browsers do not show.</summary>
    public static IDataLoaderResult<string?> GetOpenUrl([Parent] FoundHighlight highlight, [Service] FileById files, [Service] FilesOfResource beside) => highlight.FileId is { } id
        ? files.LoadAsync(id).Then(file => file is null ? Later.Nothing<string>() : FileType.GetRecording(file, beside).Then(recording => FileAddress.At(recording ?? file, highlight.Location)))
        : Later.Nothing<string>();
}

/// <summary>文字范围，按 UTF-16 单位。A range of text in UTF-16 units.</summary>
[ObjectType<TextRange>]
public static class TextRangeType
{
    /// <summary>起点。Its first unit.</summary>
    public static int GetStart([Parent] TextRange range) => range.Start;

    /// <summary>终点，不含。The unit after its last.</summary>
    public static int GetEnd([Parent] TextRange range) => range.End;
}

/// <summary>输入时的建议。What goes on from what was typed.</summary>
[ObjectType<SuggestedPhrase>, GraphQLName("Suggestion")]
public static class SuggestionType
{
    /// <summary>文字。The words.</summary>
    public static string GetText([Parent] SuggestedPhrase suggestion) => suggestion.Text;

    /// <summary>来源。Where it is from.</summary>
    public static SuggestionKind GetKind([Parent] SuggestedPhrase suggestion) => suggestion.Kind;

    /// <summary>有这些文字的一份资源。A resource that has them.</summary>
    public static IDataLoaderResult<Resource?> GetResource([Parent] SuggestedPhrase suggestion, [Service] ResourceById resources) => resources.LoadAsync(suggestion.ResourceId);
}
