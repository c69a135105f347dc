using GraphQL.DataLoader;
using ResourceHub.Api.GraphQL;
using ResourceHub.Api.Schools;
using ResourceHub.Core.Schools;
using ResourceHub.Core.Search.Understanding;
using ResourceHub.Core.Taxonomy;

namespace ResourceHub.Api.Search;

/// <summary>查询中识别出的词：可以移除，也可以在“优先”与“筛选”之间切换。Words of the query that were recognised: they can be removed, or switched between boosting and filtering.</summary>
[ObjectType<QueryChip>]
public static class ChipType
{
    /// <summary>所指的字段。The field they name.</summary>
    public static ChipField GetField([Parent] QueryChip chip) => chip.Field;

    /// <summary>代码；学校为全局编号，学年形如 2025-2026。A code of the taxonomy; a school's global id; a school year such as 2025-2026.</summary>
    public static string GetCode([Parent] QueryChip chip) => chip.Field == ChipField.School ? GlobalId.Of<School>(Guid.ParseExact(chip.Code, "n")) : chip.Code;

    /// <summary>名称。Its label.</summary>
    /// <param name="lang">zh-CN（默认）或 en。zh-CN when left out, or en.</param>
    public static IDataLoaderResult<string> GetLabel([Parent] QueryChip chip, [Service] SchoolById schools, string? lang = null) => chip.Field switch
    {
        ChipField.School => schools.LoadAsync(Guid.ParseExact(chip.Code, "n")).Then(s => s?.Name ?? ""),
        ChipField.SchoolYear => Later.Given(lang?.StartsWith("en", StringComparison.OrdinalIgnoreCase) == true ? $"School year {chip.Code}" : $"{chip.Code} 学年"),
        _ => Later.Given(Enum.TryParse<Vocabulary>(chip.Field.ToString(), out var vocabulary) ? Terms.Label(vocabulary, chip.Code, lang) : chip.Code),
    };

    /// <summary>所输入的原词。The words as they were typed.</summary>
    public static string GetWords([Parent] QueryChip chip) => chip.Words;

    /// <summary>在本页结果中的作用：BOOST 或 FILTER。What it did to these results: BOOST or FILTER.</summary>
    public static ChipMode GetMode([Parent] QueryChip chip) => chip.Mode;
}

/// <summary>对识别出的词的选择；未列出的按“优先”。What is to be done with a recognised chip; those not named boost.</summary>
/// <param name="Field">字段，取自 QueryChip.field。The field, from QueryChip.field.</param>
/// <param name="Code">代码，取自 QueryChip.code。The code, from QueryChip.code.</param>
/// <param name="Mode">BOOST 优先，FILTER 筛选，OFF 当作普通的词。BOOST, FILTER, or OFF to make plain words of it.</param>
public sealed record ChipInput(ChipField Field, string Code, ChipMode Mode)
{
    /// <summary>A code that no chip has names nothing, and changes nothing.</summary>
    public ChipChoice ToChoice() => new(Field, Field == ChipField.School && GlobalId.Parse(Code) is { } school ? school.Id.ToString("n") : Code, Mode);
}
