using ResourceHub.Core.Resources;

namespace ResourceHub.Core.Lessons;

/// <summary>课型。What a lesson is for.</summary>
public enum LessonType
{
    /// <summary>新授课。Teaches something new.</summary>
    New,

    /// <summary>复习课。Goes over what was taught.</summary>
    Review,

    /// <summary>练习课。Practises.</summary>
    Practice,

    /// <summary>讲评课。Goes through a test or homework.</summary>
    Commentary,

    /// <summary>实验课。Experiments.</summary>
    Experiment,

    /// <summary>综合实践课。Joins several subjects or takes place outside.</summary>
    Integrated,
}

/// <summary>A lesson as it is taught: a pack of parts in their order, with its place in the textbook.</summary>
public sealed class Lesson : Pack
{
    public string? Edition { get; set; }
    public string? Volume { get; set; }

    /// <summary>The chapter as the school wrote it.</summary>
    public string? Chapter { get; set; }

    /// <summary>The chapter of the textbook catalogue; a node's id stays when its catalogue is loaded again.</summary>
    public Guid? ChapterId { get; set; }

    /// <summary>Such as 第1课时.</summary>
    public string? Period { get; set; }

    /// <summary>Not "Type": that column tells lessons, courses and collections apart.</summary>
    public LessonType? LessonType { get; set; }
    public List<string> Objectives { get; set; } = [];
    public List<LessonPart> Parts { get; init; } = [];
}

/// <summary>环节的种类。What a part of a lesson is.</summary>
public enum LessonPartKind
{
    /// <summary>视频课程。Video.</summary>
    Video,

    /// <summary>课件。Slides.</summary>
    Slides,

    /// <summary>教学设计。Lesson plan.</summary>
    Plan,

    /// <summary>学习任务单。Task sheet.</summary>
    TaskSheet,

    /// <summary>课后练习。Exercises.</summary>
    Exercises,

    /// <summary>其他。Other material.</summary>
    Other,
}

/// <summary>One part of a lesson: a resource in its place. A resource may be a part of many lessons.</summary>
public sealed class LessonPart
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid LessonId { get; init; }

    /// <summary>From 1, in the order of teaching.</summary>
    public int Position { get; set; }

    public LessonPartKind Kind { get; set; }
    public Guid ResourceId { get; set; }
    public Resource? Resource { get; init; }

    /// <summary>In an adapted lesson: the part of the source that this one was made from. Stays when the part's resource is replaced.</summary>
    public Guid? SourcePartId { get; init; }
}

/// <summary>A lesson that is taught before another, whatever course they are in.</summary>
public sealed class LessonSequence
{
    public Guid EarlierId { get; init; }
    public Guid LaterId { get; init; }
}
