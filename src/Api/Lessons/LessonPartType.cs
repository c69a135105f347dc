using ResourceHub.Api.GraphQL;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.Resources;

namespace ResourceHub.Api.Lessons;

/// <summary>课的一个部分：一个资源及其位置。A part of a lesson: a resource in its place.</summary>
/// <param name="Resource">资源。The resource.</param>
[GraphQLName("LessonPart")]
public sealed record ShownPart([property: GraphQLIgnore] LessonPart Part, Resource Resource)
{
    /// <summary>编号；换了资源、换了位置仍是同一部分。Its id; it stays the same part when it moves or its resource is replaced.</summary>
    [ID]
    public string Id => GlobalId.Of<LessonPart>(Part.Id);

    /// <summary>种类：video slides plan task-sheet exercises other。Its kind.</summary>
    public string Kind => LessonPartKinds.CodeOf(Part.Kind);

    /// <summary>在课中的次序，从 1 起；您看不到的部分也占位置。Its place in the lesson, from 1; parts that you may not see have theirs too.</summary>
    public int Position => Part.Position;

    /// <summary>改编的课：它由来源的哪个部分而来。In an adapted lesson: the part of the source that it was made from.</summary>
    [ID]
    public string? SourcePartId => Part.SourcePartId is { } source ? GlobalId.Of<LessonPart>(source) : null;

    /// <summary>种类的名称。The kind's label.</summary>
    /// <param name="lang">语言：zh-CN 或 en。The language.</param>
    public string GetLabel(string? lang = null) => LessonPartKinds.Label(Part.Kind, lang);
}
