using System.Collections.Immutable;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace ResourceHub.Web.Addresses;

/// <summary>All of a search, as it stands in the address: it can be kept, sent to a colleague and gone back to. Any change starts at the first page again.</summary>
public sealed record SearchState
{
    public const int TextLimit = 200;
    private const string AsTypedName = "as-typed";
    public const string DefaultSort = "relevance";
    private const int ValueLimit = 200;
    private const int ValuesLimit = 20;

    /// <summary>Names in addresses and in SearchSort.</summary>
    public static readonly IReadOnlyDictionary<string, string> Sorts = new Dictionary<string, string>
    {
        [DefaultSort] = "RELEVANCE",
        ["newest"] = "NEWEST",
        ["used"] = "MOST_USED",
        ["title"] = "TITLE",
    };

    public string Text { get; init; } = "";
    public ImmutableSortedDictionary<string, ImmutableList<string>> Filters { get; init; } = ImmutableSortedDictionary<string, ImmutableList<string>>.Empty;
    public string Sort { get; init; } = DefaultSort;
    public string? After { get; init; }

    /// <summary>What was said of words that the hub recognises in the text.</summary>
    public ImmutableList<WordChoice> Words { get; init; } = [];

    /// <summary>All of the text is searched as it stands, nothing is recognised in it.</summary>
    public bool AsTyped { get; init; }

    public IEnumerable<(FilterField Field, string Code)> Chosen => FilterField.All.SelectMany(f => ValuesOf(f).Select(code => (f, code)));

    /// <summary>Without words there is nothing to be relevant to: then the newest come first.</summary>
    public string SortInForce => Sort == DefaultSort && Text.Length == 0 ? "newest" : Sort;

    public static SearchState Of(IQueryCollection query) => new()
    {
        Text = Cut((query["q"].FirstOrDefault() ?? "").Trim(), TextLimit),
        Filters = FilterField.All
            .Select(f => (f.Name, Values: query[f.Name].OfType<string>().Where(v => v.Length is > 0 and <= ValueLimit).Distinct().Take(ValuesLimit).ToImmutableList()))
            .Where(f => f.Values.Count > 0).ToImmutableSortedDictionary(f => f.Name, f => f.Values),
        Sort = query["sort"].FirstOrDefault() is { } sort && Sorts.ContainsKey(sort) ? sort : DefaultSort,
        Words = [.. query[WordChoice.Name].Select(WordChoice.Read).OfType<WordChoice>().Take(ValuesLimit)],
        AsTyped = query[AsTypedName] == "1",
        After = query["after"].FirstOrDefault() is { Length: > 0 } after ? after : null,
    };

    public ImmutableList<string> ValuesOf(FilterField field) => Filters.GetValueOrDefault(field.Name) ?? [];

    public bool Has(FilterField field, string code) => ValuesOf(field).Contains(code);

    public SearchState With(FilterField field, string code) => this with { After = null, Filters = Filters.SetItem(field.Name, ValuesOf(field).Add(code)) };

    public SearchState Without(FilterField field, string code)
    {
        var left = ValuesOf(field).Remove(code);
        return this with { After = null, Filters = left.IsEmpty ? Filters.Remove(field.Name) : Filters.SetItem(field.Name, left) };
    }

    public SearchState WithoutFilters() => this with { After = null, Filters = Filters.Clear() };

    /// <summary>With another word on one recognised word; what was said of it before no longer holds.</summary>
    public SearchState Saying(WordChoice choice) => this with { After = null, Words = Words.RemoveAll(w => w.Field == choice.Field && w.Code == choice.Code).Add(choice) };

    public SearchState Sorted(string sort) => this with { After = null, Sort = sort };

    public SearchState FirstPage() => this with { After = null };

    public string Address()
    {
        var address = new StringBuilder("/search");
        void Add(string name, string value) => address.Append(address.Length == "/search".Length ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        if (Text.Length > 0) Add("q", Text);
        foreach (var (field, code) in Chosen) Add(field.Name, code);
        foreach (var word in Words) Add(WordChoice.Name, word.ToString());
        if (AsTyped) Add(AsTypedName, "1");
        if (Sort != DefaultSort) Add("sort", Sort);
        if (After is not null) Add("after", After);
        return address.ToString();
    }

    // Half a surrogate pair is no text.
    private static string Cut(string text, int limit) => text.Length <= limit ? text : text[..(char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit)];
}
