using ResourceHub.Core.Search.Understanding;

namespace ResourceHub.Core.Search;

/// <summary>搜索结果需要说明的原因。Why the results need a word of explanation.</summary>
public enum SearchNotice
{
    /// <summary>识别出的条件筛选后没有结果，改为优先显示。The recognised filters left nothing; they only boost now.</summary>
    FiltersLeftNothing,

    /// <summary>其余的词没有找到，显示的是符合识别出的词的结果。The rest of the words is found nowhere; these fit the recognised words.</summary>
    RestFoundNothing,

    /// <summary>按拼音理解，搜索的是 searchedText。Read as pinyin: searchedText was searched.</summary>
    ReadAsPinyin,
}

/// <summary>One way to look for what was asked. The first that finds something is shown: a page's cursors lead on in it alone.</summary>
/// <param name="Text">What is searched as text.</param>
/// <param name="Chips">The chips as they worked.</param>
internal sealed record SearchAttempt(
    string? Text, IReadOnlyList<QueryChip> Chips, IReadOnlyDictionary<FacetName, IReadOnlyList<string>> Filters, DateTime? CreatedAfter, DateTime? CreatedBefore, SearchNotice? Notice = null)
{
    private static readonly Dictionary<FacetName, IReadOnlyList<string>> NoFilters = [];

    public IReadOnlyList<Boost> Boosts => [.. Chips.Where(c => c.Mode == ChipMode.Boost).Select(Boost.Of)];

    /// <summary>The text and the recognised words, parted: what is to be marked in the results.</summary>
    public string? Marked => Chips.Count == 0 ? Text : string.Join('，', new[] { Text }.Concat(Chips.Select(c => c.Words)).OfType<string>());

    public static IReadOnlyList<SearchAttempt> Of(SearchQuestion question, UnderstoodQuery query)
    {
        List<SearchAttempt> attempts = [.. InWords(question, query)];
        if (LoneCharacters.In(query.Typed) is { } alone) attempts.Add(attempts[^1] with { Text = alone, Notice = null });
        return attempts;
    }

    private static List<SearchAttempt> InWords(SearchQuestion question, UnderstoodQuery query)
    {
        var given = question.Filters ?? NoFilters;
        // Whoever chose values of a field beside the words has decided what it filters by.
        List<QueryChip> chips = [.. query.Chips.Select(c => c.Mode == ChipMode.Filter && c.Facet is { } facet && given.ContainsKey(facet) ? c with { Mode = ChipMode.Boost } : c)];
        List<QueryChip> boosting = [.. chips.Select(c => c with { Mode = ChipMode.Boost })];
        List<SearchAttempt> attempts = [Filtered(query.Rest, chips, question, given)];
        var hasFilter = chips.Exists(c => c.Mode == ChipMode.Filter);
        if (hasFilter) attempts.Add(Filtered(query.Rest, boosting, question, given) with { Notice = SearchNotice.FiltersLeftNothing });
        if (query.Rest == query.Typed) return attempts;
        // All that was typed as text, where the rest of it is found nowhere, or nothing is filed as the words say: first as far as the filters go.
        SearchNotice? notice = query.Rest is null ? null : SearchNotice.RestFoundNothing;
        foreach (var some in hasFilter ? [chips, boosting] : new[] { boosting })
        {
            attempts.Add(Filtered(query.Typed, some, question, given) with { Notice = notice ?? (hasFilter ? SearchNotice.FiltersLeftNothing : null) });
            if (query.Rest is not null) attempts.Add(Filtered(null, some, question, given) with { Notice = notice });
        }
        return attempts;
    }

    private static SearchAttempt Filtered(string? text, List<QueryChip> chips, SearchQuestion question, IReadOnlyDictionary<FacetName, IReadOnlyList<string>> given)
    {
        var filters = new Dictionary<FacetName, IReadOnlyList<string>>(given);
        var (after, before) = (question.CreatedAfter, question.CreatedBefore);
        foreach (var field in chips.Where(c => c.Mode == ChipMode.Filter).GroupBy(c => c.Facet))
            if (field.Key is { } facet) filters[facet] = [.. field.Select(c => c.Code)];
            else
                foreach (var chip in field)
                    if (chip.Year is { } year)
                        (after, before) = (after > year.From ? after : year.From, before < year.Before ? before : year.Before);
        return new(text, chips, filters, after, before);
    }
}
