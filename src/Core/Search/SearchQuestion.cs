using ResourceHub.Core.Search.Understanding;

namespace ResourceHub.Core.Search;

/// <summary>What a person or portal asks, before anything of the engine's: filters by code, a page by cursor, and which parts of the answer are wanted.</summary>
/// <param name="Text">As typed; null or blank lists everything visible.</param>
/// <param name="Filters">Values of one field are OR, fields are AND. Codes; ids as 32 hex digits for school and partnership.</param>
/// <param name="After">A cursor of an earlier page of the same question by the same viewer.</param>
/// <param name="Facets">Facets to count; null or empty counts none.</param>
/// <param name="WithTotal">Ask for it only where it is shown: counting costs.</param>
/// <param name="WithHighlights">Whether title, description and the best passages are to be marked.</param>
/// <param name="WithBetterSpelling">Whether a better spelling is to be looked for.</param>
/// <param name="IsUnderstood">Whether words that file resources (七上, 课件) are recognised in the text; otherwise all of it is text.</param>
/// <param name="Choices">What the asker says of recognised words; those not named boost.</param>
/// <param name="Passages">How many places in its files to name for each hit, 0 to <see cref="ResourceSearch.MostPassages"/>.</param>
public sealed record SearchQuestion(
    string? Text,
    IReadOnlyDictionary<FacetName, IReadOnlyList<string>>? Filters = null,
    SearchSort Sort = SearchSort.Relevance,
    int First = 20,
    string? After = null,
    DateTime? CreatedAfter = null,
    DateTime? CreatedBefore = null,
    IReadOnlyCollection<FacetName>? Facets = null,
    bool WithTotal = true,
    bool WithHighlights = true,
    bool WithBetterSpelling = false,
    bool IsUnderstood = true,
    IReadOnlyCollection<ChipChoice>? Choices = null,
    int Passages = 2);
