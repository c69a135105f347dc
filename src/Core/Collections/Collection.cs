using ResourceHub.Core.Lessons;

namespace ResourceHub.Core.Collections;

/// <summary>专辑的用途。What a collection is for.</summary>
public enum CollectionPurpose
{
    /// <summary>获奖课例。Prize-winning lessons of a competition.</summary>
    PrizeLessons,

    /// <summary>实训项目。A vocational training project.</summary>
    TrainingProject,

    /// <summary>教研成果。Results of teaching research.</summary>
    ResearchResults,

    /// <summary>办事指南。A service guide for families.</summary>
    ServiceGuide,

    /// <summary>其他。Another purpose.</summary>
    Other,
}

/// <summary>Resources and lessons put together for a purpose, in an order.</summary>
public sealed class Collection : Pack
{
    public CollectionPurpose Purpose { get; set; } = CollectionPurpose.Other;
    public List<CollectionItem> Items { get; init; } = [];
}

/// <summary>A resource or a lesson in its place of a collection: exactly one of the two.</summary>
public sealed class CollectionItem
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid CollectionId { get; init; }

    /// <summary>From 1.</summary>
    public int Position { get; set; }

    public Guid? ResourceId { get; init; }
    public Guid? LessonId { get; init; }

    /// <summary>Why it is here, such as 一等奖.</summary>
    public string? Note { get; set; }
}
