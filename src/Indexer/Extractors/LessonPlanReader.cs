using ResourceHub.Core.Files;

namespace ResourceHub.Indexer.Extractors;

/// <summary>
/// Finds what a lesson plan and its file name say about the lesson: 课题, 学科, 年级, 教材版本, 册次, 单元, 课时, 目标, 重难点, 过程. They are offered with the place they were
/// read from; people accept or change them, and nothing that people entered is overwritten.
/// </summary>
public static class LessonPlanReader
{
    public static Extraction Suggest(Extraction read, string name)
    {
        var inside = PlanText.Read(read.Sections);
        // The file itself speaks first; its name adds what it does not say, or says otherwise.
        return read with { Suggestions = [.. inside.Concat(FileNameWords.Read(name)).DistinctBy(s => (s.Field, s.Value))] };
    }
}
