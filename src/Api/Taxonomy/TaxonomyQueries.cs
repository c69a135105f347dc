using ResourceHub.Api.GraphQL;
using ResourceHub.Core.Taxonomy;

namespace ResourceHub.Api.Taxonomy;

[QueryType]
public static class TaxonomyQueries
{
    private static readonly TaxonomyTerms All = new();

    /// <summary>词表：所有可用的代码及其名称。The vocabulary: every code there is, with its labels.</summary>
    public static TaxonomyTerms GetTaxonomy() => All;
}

/// <summary>All vocabularies.</summary>
public sealed record TaxonomyTerms;

/// <summary>资源分类所用的词。The words that everything is filed under.</summary>
[ObjectType<TaxonomyTerms>, GraphQLName("Taxonomy")]
public static class TaxonomyType
{
    /// <summary>学段。Stages of schooling.</summary>
    public static IReadOnlyList<Term> GetStages() => Terms.Of(Vocabulary.Stage);

    /// <summary>教材版本。Editions of textbooks.</summary>
    public static IReadOnlyList<Term> GetEditions() => Terms.Of(Vocabulary.Edition);

    /// <summary>册次。Volumes of textbooks.</summary>
    public static IReadOnlyList<Term> GetVolumes() => Terms.Of(Vocabulary.Volume);

    /// <summary>资源类型。Kinds of resources.</summary>
    public static IReadOnlyList<Term> GetKinds() => Terms.Of(Vocabulary.Kind);

    /// <summary>授权方式。Licences.</summary>
    public static IReadOnlyList<Term> GetLicences() => Terms.Of(Vocabulary.Licence);

    /// <summary>年级。Grades.</summary>
    /// <param name="stage">只要这个学段的。Only those of this stage.</param>
    public static IReadOnlyList<Term> GetGrades(string? stage = null) => Terms.OfStage(Vocabulary.Grade, stage);

    /// <summary>学科。Subjects.</summary>
    /// <param name="stage">只要这个学段的。Only those of this stage.</param>
    public static IReadOnlyList<Term> GetSubjects(string? stage = null) => Terms.OfStage(Vocabulary.Subject, stage);
}

/// <summary>词表中的一个词。One word of a vocabulary.</summary>
[ObjectType<Term>]
public static class TermType
{
    /// <summary>稳定的小写代码，输入时使用。Stable, in lower case: what inputs take.</summary>
    public static string GetCode([Parent] Term term) => term.Code;

    /// <summary>名称。Its label.</summary>
    /// <param name="lang">zh-CN（默认）或 en。zh-CN when left out, or en.</param>
    public static string GetLabel([Parent] Term term, string? lang = null) => term.Label(lang);

    /// <summary>同义词，可用于搜索。Other words for it, found by as well.</summary>
    public static IReadOnlyList<string> GetSynonyms([Parent] Term term) => term.Synonyms;

    /// <summary>所属学段的代码；空表示全部。Codes of the stages it belongs to; empty means all.</summary>
    public static IReadOnlyList<string> GetStages([Parent] Term term) => term.Stages;

    /// <summary>授权方式：是否允许改编。Of a licence: whether others may adapt it.</summary>
    public static bool? GetMayAdapt([Parent] Term term) => term.MayAdapt;

    /// <summary>授权方式：是否允许再传播。Of a licence: whether it may be passed on.</summary>
    public static bool? GetMayPassOn([Parent] Term term) => term.MayPassOn;
}
