using GraphQL.DataLoader;
using ResourceHub.Api.GraphQL;
using ResourceHub.Api.Schools;
using ResourceHub.Core.Schools;
using ResourceHub.Core.Search;
using ResourceHub.Core.Taxonomy;

namespace ResourceHub.Api.Search;

/// <summary>一个分面：某字段各值的计数。Counts of one field's values.</summary>
[ObjectType<FacetCounts>, GraphQLName("Facet")]
public static class FacetType
{
    /// <summary>字段。The field.</summary>
    public static FacetName GetName([Parent] FacetCounts facet) => facet.Name;

    /// <summary>各值，多的在前。Its values, the most frequent first.</summary>
    public static IReadOnlyList<FacetValue> GetValues([Parent] FacetCounts facet) => [.. facet.Values.Select(v => new FacetValue(facet.Name, v))];
}

/// <summary>分面的一个值。One value of a facet.</summary>
public sealed record FacetValue([property: GraphQLIgnore] FacetName Of, [property: GraphQLIgnore] FacetCount Counted)
{
    /// <summary>代码，可直接用于 SearchFilter；学校与结对为全局编号。What SearchFilter takes: a code, or the global id of a school or partnership.</summary>
    public string Code => Of switch
    {
        FacetName.School => GlobalId.Of<School>(Guid.ParseExact(Counted.Code, "n")),
        FacetName.Partnership => GlobalId.Of<Partnership>(Guid.ParseExact(Counted.Code, "n")),
        _ => Counted.Code,
    };

    /// <summary>匹配数。How many match.</summary>
    public int Count => Counted.Count;

    /// <summary>名称。Its label.</summary>
    /// <param name="lang">zh-CN（默认）或 en。zh-CN when left out, or en.</param>
    public IDataLoaderResult<string> GetLabel([Service] SchoolById schools, [Service] PartnershipById partnerships, string? lang = null) => Of switch
    {
        FacetName.School => schools.LoadAsync(Guid.ParseExact(Counted.Code, "n")).Then(s => s?.Name ?? ""),
        FacetName.Partnership => partnerships.LoadAsync(Guid.ParseExact(Counted.Code, "n")).Then(p => p?.Name ?? ""),
        _ => Later.Given(Enum.TryParse<Vocabulary>(Of.ToString(), out var vocabulary) ? Terms.Label(vocabulary, Counted.Code, lang) : Counted.Code),
    };
}
