using ResourceHub.Api.GraphQL;
using ResourceHub.Core.Schools;
using ResourceHub.Core.Search;

namespace ResourceHub.Api.Search;

/// <summary>搜索条件：同一字段的多个值为“或”，字段之间为“且”。Conditions: values of one field are OR, fields are AND.</summary>
public sealed record SearchFilter
{
    /// <summary>学段代码。Codes of stages.</summary>
    public IReadOnlyList<string>? Stage { get; init; }

    /// <summary>年级代码。Codes of grades.</summary>
    public IReadOnlyList<string>? Grade { get; init; }

    /// <summary>学科代码。Codes of subjects.</summary>
    public IReadOnlyList<string>? Subject { get; init; }

    /// <summary>教材版本代码。Codes of editions.</summary>
    public IReadOnlyList<string>? Edition { get; init; }

    /// <summary>册次代码。Codes of volumes.</summary>
    public IReadOnlyList<string>? Volume { get; init; }

    /// <summary>类型代码。Codes of kinds.</summary>
    public IReadOnlyList<string>? Kind { get; init; }

    /// <summary>授权代码。Codes of licences.</summary>
    public IReadOnlyList<string>? Licence { get; init; }

    /// <summary>语言代码。Language codes.</summary>
    public IReadOnlyList<string>? Language { get; init; }

    /// <summary>学校。Schools that own it.</summary>
    [ID<School>]
    public IReadOnlyList<Guid>? School { get; init; }

    /// <summary>共享给的结对。Partnerships it is shared with.</summary>
    [ID<Partnership>]
    public IReadOnlyList<Guid>? Partnership { get; init; }

    /// <summary>章节。Chapters.</summary>
    public IReadOnlyList<string>? Chapter { get; init; }

    /// <summary>文件的媒体类型。Media types of its files.</summary>
    public IReadOnlyList<string>? MediaType { get; init; }

    /// <summary>此时或之后创建。Created at this moment or later.</summary>
    public DateTime? CreatedAfter { get; init; }

    /// <summary>此时之前创建。Created before this moment.</summary>
    public DateTime? CreatedBefore { get; init; }

    public SearchQuestion Ask(string? text, SearchSort sort, int first, string? after)
    {
        var filters = new Dictionary<FacetName, IReadOnlyList<string>>();
        void Add(FacetName name, IReadOnlyList<string>? values)
        {
            if (values is { Count: > 0 }) filters[name] = values;
        }

        Add(FacetName.Stage, Stage);
        Add(FacetName.Grade, Grade);
        Add(FacetName.Subject, Subject);
        Add(FacetName.Edition, Edition);
        Add(FacetName.Volume, Volume);
        Add(FacetName.Kind, Kind);
        Add(FacetName.Licence, Licence);
        Add(FacetName.Language, Language);
        Add(FacetName.School, School?.Select(id => id.ToString("n")).ToList());
        Add(FacetName.Partnership, Partnership?.Select(id => id.ToString("n")).ToList());
        Add(FacetName.Chapter, Chapter);
        Add(FacetName.MediaType, MediaType);
        return new SearchQuestion(text, filters, sort, first, after, CreatedAfter, CreatedBefore);
    }
}
