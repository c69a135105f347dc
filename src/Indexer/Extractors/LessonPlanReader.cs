using ResourceHub.Core.Files;

namespace ResourceHub.Indexer.Extractors;

/// <summary>Finds what a lesson plan and its file name say about the lesson.</summary>
public static class LessonPlanReader
{
    public static Extraction Suggest(Extraction read, string name) => read;
}
