namespace ResourceHub.Core.Search.Understanding;

/// <summary>查询词所指的字段。The field that words of a query name.</summary>
public enum ChipField
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

    /// <summary>学校。School that owns it.</summary>
    School,

    /// <summary>学年，如 2025-2026；按创建时间筛选（当年 8 月至次年 7 月）。School year such as 2025-2026; filters by creation from August to July.</summary>
    SchoolYear,
}

/// <summary>识别出的词怎样影响结果。What recognised words do to the results.</summary>
public enum ChipMode
{
    /// <summary>优先：符合的排在前面，其余仍然列出。What fits comes first; the rest is still listed.</summary>
    Boost,

    /// <summary>筛选：只列出符合的。Only what fits is listed.</summary>
    Filter,

    /// <summary>不用：当作普通的词。Not used: plain words again.</summary>
    Off,
}

/// <summary>Words of a query that name something resources are filed under.</summary>
/// <param name="Code">A code of the taxonomy; a school's id as 32 hex digits; a school year such as 2025-2026.</param>
/// <param name="Words">The words as they were typed.</param>
public sealed record QueryChip(ChipField Field, string Code, string Words, ChipMode Mode = ChipMode.Boost)
{
    /// <summary>The field it filters by; null for a school year, which is a time.</summary>
    public FacetName? Facet => Field switch
    {
        ChipField.Stage => FacetName.Stage,
        ChipField.Grade => FacetName.Grade,
        ChipField.Subject => FacetName.Subject,
        ChipField.Edition => FacetName.Edition,
        ChipField.Volume => FacetName.Volume,
        ChipField.Kind => FacetName.Kind,
        ChipField.School => FacetName.School,
        _ => null,
    };

    /// <summary>When a school year is; null for all else.</summary>
    public (DateTime From, DateTime Before)? Year
        => Field == ChipField.SchoolYear && SchoolYears.StartOf(Code) is { } start ? (SchoolYears.FirstDay(start), SchoolYears.FirstDay(start + 1)) : null;
}

/// <summary>What the asker says of a recognised chip: that it filters, boosts, or is not to be used.</summary>
public sealed record ChipChoice(ChipField Field, string Code, ChipMode Mode);

/// <summary>A query as it was understood.</summary>
/// <param name="Typed">All of it, as it was typed.</param>
/// <param name="Rest">What is left to be searched as text; null when chips are all there is.</param>
public sealed record UnderstoodQuery(string? Typed, IReadOnlyList<QueryChip> Chips, string? Rest)
{
    public static UnderstoodQuery Plain(string? text) => new(text, [], text);
}
