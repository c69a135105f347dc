using System.Collections.Frozen;

namespace ResourceHub.Core.Lessons;

/// <summary>The kinds of parts as portals write them, in the order a lesson usually shows them, with their labels.</summary>
public static class LessonPartKinds
{
    private static readonly (LessonPartKind Kind, string Code, string Zh, string En)[] All =
    [
        (LessonPartKind.Video, "video", "视频课程", "Video"),
        (LessonPartKind.Slides, "slides", "课件", "Slides"),
        (LessonPartKind.Plan, "plan", "教学设计", "Lesson plan"),
        (LessonPartKind.TaskSheet, "task-sheet", "学习任务单", "Task sheet"),
        (LessonPartKind.Exercises, "exercises", "课后练习", "Exercises"),
        (LessonPartKind.Other, "other", "其他", "Other"),
    ];

    private static readonly FrozenDictionary<string, LessonPartKind> ByCode = All.ToFrozenDictionary(k => k.Code, k => k.Kind);

    /// <summary>Kinds of resources whose part of a lesson goes without saying.</summary>
    private static readonly FrozenDictionary<string, LessonPartKind> ByResourceKind = new Dictionary<string, LessonPartKind>
    {
        ["video-lesson"] = LessonPartKind.Video,
        ["recorded-class"] = LessonPartKind.Video,
        ["slides"] = LessonPartKind.Slides,
        ["lesson-plan"] = LessonPartKind.Plan,
        ["unit-plan"] = LessonPartKind.Plan,
        ["task-sheet"] = LessonPartKind.TaskSheet,
        ["guided-sheet"] = LessonPartKind.TaskSheet,
        ["exercises"] = LessonPartKind.Exercises,
        ["homework-design"] = LessonPartKind.Exercises,
        ["exam"] = LessonPartKind.Exercises,
    }.ToFrozenDictionary();

    public static string CodeOf(LessonPartKind kind) => All[(int)kind].Code;

    /// <summary>The label in a language: Chinese unless English was asked for.</summary>
    public static string Label(LessonPartKind kind, string? lang) => lang?.StartsWith("en", StringComparison.OrdinalIgnoreCase) == true ? All[(int)kind].En : All[(int)kind].Zh;

    /// <summary>Null for a code that is none.</summary>
    public static LessonPartKind? Of(string? code) => code is not null && ByCode.TryGetValue(code, out var kind) ? kind : null;

    public static LessonPartKind OfResource(string resourceKind) => ByResourceKind.GetValueOrDefault(resourceKind, LessonPartKind.Other);

    public static string Codes => string.Join(" ", All.Select(k => k.Code));
}
