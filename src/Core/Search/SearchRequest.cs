namespace ResourceHub.Core.Search;

/// <summary>搜索结果的次序。The order of what was found.</summary>
public enum SearchSort
{
    /// <summary>最相关的在前。Best first.</summary>
    Relevance,

    /// <summary>最新的在前。Newest first.</summary>
    Newest,

    /// <summary>下载最多的在前。Most downloaded first.</summary>
    MostUsed,

    /// <summary>按标题。By title.</summary>
    Title,
}

/// <summary>可计数、可筛选的字段。A field that can be counted and filtered by.</summary>
public enum FacetName
{
    /// <summary>学段。Stage of schooling.</summary>
    Stage,

    /// <summary>年级。Grade.</summary>
    Grade,

    /// <summary>学科。Subject.</summary>
    Subject,

    /// <summary>教材版本。Edition of the textbook.</summary>
    Edition,

    /// <summary>册次。Volume of the textbook.</summary>
    Volume,

    /// <summary>资源类型。Kind of resource.</summary>
    Kind,

    /// <summary>授权方式。Licence.</summary>
    Licence,

    /// <summary>语言。Language.</summary>
    Language,

    /// <summary>学校。School that owns it.</summary>
    School,

    /// <summary>共享给的结对。Partnership it is shared with.</summary>
    Partnership,

    /// <summary>章节。Chapter.</summary>
    Chapter,

    /// <summary>文件的媒体类型。Media type of its files.</summary>
    MediaType,
}

/// <summary>What a viewer asks of the index.</summary>
/// <param name="Text">As typed; null or blank lists everything visible.</param>
/// <param name="Filters">Values of one field are OR, fields are AND. Codes; ids as 32 hex digits for school and partnership.</param>
/// <param name="AccessTokens">The viewer's tokens (<c>ResourceAccess.TokensOf</c>); null opens all doors. Applied before anything is counted.</param>
/// <param name="Facets">Facets to count; each ignores its own field's filter. Empty counts none.</param>
/// <param name="WithTotal">Whether <see cref="SearchPage.Total"/> is wanted; counting all is half the cost of a search.</param>
/// <param name="Passages">How many best passages to name for each hit, 0 to 3; no two of one section, as two passages of a page are one place.</param>
/// <param name="LeftOut">Resources that were closed to somebody and whose document may be older than that: they match nothing and count nowhere.</param>
/// <param name="After">Position after which the page starts; null for the first page.</param>
/// <param name="Boosts">What lifts matches; where there is no text it decides on them: see <see cref="Boost"/>.</param>
public sealed record SearchRequest(
    string? Text,
    IReadOnlyDictionary<FacetName, IReadOnlyList<string>> Filters,
    IReadOnlyList<string>? AccessTokens,
    SearchSort Sort = SearchSort.Relevance,
    int First = 20,
    SearchPosition? After = null,
    IReadOnlyCollection<FacetName>? Facets = null,
    bool WithTotal = true,
    int Passages = 1,
    DateTime? CreatedAfter = null,
    DateTime? CreatedBefore = null,
    IReadOnlyCollection<Guid>? LeftOut = null,
    IReadOnlyList<Boost>? Boosts = null);

/// <summary>Where a hit stands in its order: the sort value and, where that is equal, the resource's id.</summary>
public sealed record SearchPosition(string Key, Guid Id);

/// <summary>One page of hits, best first.</summary>
/// <param name="Total">All matches the viewer may see; -1 when it was not asked for.</param>
/// <param name="HasMore">Whether another page follows.</param>
public sealed record SearchPage(int Total, IReadOnlyList<SearchHit> Hits, bool HasMore, IReadOnlyList<FacetCounts> Facets)
{
    /// <summary>The position asked for can no longer be gone on from: the question must be asked from its first page.</summary>
    public static readonly SearchPage Expired = new(-1, [], false, []) { IsExpired = true };

    public bool IsExpired { get; private init; }
}

public sealed record SearchHit(Guid Id, SearchPosition Position, IReadOnlyList<PassageHit> Passages);

/// <summary>A passage that holds the words: which part of the resource, not its text. The one highlighter reads the original text and marks it.</summary>
/// <param name="Score">Comparable within one hit only.</param>
public sealed record PassageHit(PassageSource Source, double Score)
{
    /// <summary>How many passages of a hit are looked through for its places: enough that one section, however full of the words, leaves room for another.</summary>
    public static int Candidates(int passages) => 4 * passages;

    /// <summary>The best of each section, best first.</summary>
    /// <param name="best">The best <see cref="Candidates"/>, best first.</param>
    public static IReadOnlyList<PassageHit> Places(IEnumerable<PassageHit> best, int passages)
        => [.. best.DistinctBy(p => (p.Source.Field, p.Source.FileId, p.Source.Section)).Take(passages)];
}

/// <summary>Where a passage's original text is kept: a piece of a kept section of a file, or a field of the resource itself.</summary>
/// <param name="Field">title, description, or text for a section of a file.</param>
/// <param name="FileId">The file, for text.</param>
/// <param name="Section">The section's ordinal in that file, for text.</param>
/// <param name="Start">First UTF-16 unit within the section's text.</param>
/// <param name="Length">UTF-16 units.</param>
public sealed record PassageSource(string Field, Guid? FileId = null, int Section = 0, int Start = 0, int Length = 0);

public sealed record FacetCounts(FacetName Name, IReadOnlyList<FacetCount> Values);

public sealed record FacetCount(string Code, int Count);
