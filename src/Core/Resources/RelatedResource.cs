namespace ResourceHub.Core.Resources;

/// <summary>为何相关。Why something is related.</summary>
public enum RelatedReason
{
    /// <summary>同一课例的其他环节。Another part of the same lesson.</summary>
    SameLesson,

    /// <summary>同一章节。The same chapter.</summary>
    SameChapter,

    /// <summary>内容相近。Much the same is said.</summary>
    SimilarText,

    /// <summary>改编的来源，或由它改编。What it was adapted from, or was adapted from it.</summary>
    Lineage,

    /// <summary>其他版本教材的对应章节，或相邻章节。The chapter of another edition that teaches the same, or a chapter next to it.</summary>
    SiblingChapter,

    /// <summary>同一课程的其他课。Another lesson of the same course.</summary>
    SameCourse,

    /// <summary>同学科、同学段。The same subject and stage.</summary>
    SameStage,
}

/// <param name="Reason">The strongest of what speaks for it.</param>
public sealed record RelatedResource(Resource Resource, RelatedReason Reason);
