using System.Collections.Frozen;

namespace ResourceHub.Core.Resources;

/// <summary>What must be known of a resource before the school reviews it.</summary>
public static class ReviewNeeds
{
    /// <summary>Not made for one grade: the stage is enough.</summary>
    private static readonly FrozenSet<string> WithoutGrade = ["guide", "research-material", "training-project"];

    /// <summary>Guides for families are of no subject.</summary>
    private static readonly FrozenSet<string> WithoutSubject = ["guide"];

    /// <summary>The fields that are missing, as the API names them.</summary>
    public static IReadOnlyList<string> MissingIn(Resource r, bool hasFiles)
    {
        List<string> missing = [];
        if (r.Licence is null) missing.Add("licence");
        if (r.Stage is null) missing.Add("stage");
        if (r.Grades.Count == 0 && !WithoutGrade.Contains(r.Kind)) missing.Add("grades");
        if (r.Subject is null && !WithoutSubject.Contains(r.Kind)) missing.Add("subject");
        if (!hasFiles) missing.Add("files");
        if (r.ShowsPupils is null && ConsentRules.SuggestsPupils(r)) missing.Add("showsPupils");
        return missing;
    }

    public static void Check(Resource r, bool hasFiles, List<Problem> problems)
    {
        if (MissingIn(r, hasFiles) is { Count: > 0 } missing)
            problems.Add(new Problem("MISSING_METADATA", $"还缺：{string.Join("、", missing.Select(Zh))}。Still missing: {string.Join(", ", missing)}.", [.. missing]));
    }

    private static string Zh(string field) => field switch
    {
        "licence" => "授权方式",
        "stage" => "学段",
        "grades" => "年级",
        "subject" => "学科",
        "files" => "文件",
        _ => "是否有学生出镜",
    };
}
