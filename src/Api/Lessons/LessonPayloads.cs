using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.Lessons;

namespace ResourceHub.Api.Lessons;

/// <summary>更改的结果。What came of a change.</summary>
public abstract record LessonPayload([property: GraphQLIgnore] Outcome<Lesson> Outcome, string? ClientMutationId) : Payload(Outcome.Problems, ClientMutationId)
{
    /// <summary>更改后的课；未办成时为 null。The lesson as it is now; null when nothing was done.</summary>
    public Lesson? Lesson => Outcome.Value;
}

/// <summary>createLesson 的结果。What came of createLesson.</summary>
public sealed record CreateLessonPayload(Outcome<Lesson> Outcome, string? ClientMutationId) : LessonPayload(Outcome, ClientMutationId);

/// <summary>updateLesson 的结果。What came of updateLesson.</summary>
public sealed record UpdateLessonPayload(Outcome<Lesson> Outcome, string? ClientMutationId) : LessonPayload(Outcome, ClientMutationId);

/// <summary>setLessonParts 的结果。What came of setLessonParts.</summary>
public sealed record SetLessonPartsPayload(Outcome<Lesson> Outcome, string? ClientMutationId) : LessonPayload(Outcome, ClientMutationId);

/// <summary>publishLesson 的结果。What came of publishLesson.</summary>
/// <param name="Audience">现在谁能看到，一句话。Who sees it now, in words.</param>
public sealed record PublishLessonPayload(Outcome<Lesson> Outcome, string? Audience, string? ClientMutationId) : LessonPayload(Outcome, ClientMutationId);

/// <summary>shareLesson 的结果。What came of shareLesson.</summary>
/// <param name="Audience">现在谁能看到，一句话。Who sees it now, in words.</param>
public sealed record ShareLessonPayload(Outcome<Lesson> Outcome, string? Audience, string? ClientMutationId) : LessonPayload(Outcome, ClientMutationId);

/// <summary>unshareLesson 的结果。What came of unshareLesson.</summary>
public sealed record UnshareLessonPayload(Outcome<Lesson> Outcome, string? ClientMutationId) : LessonPayload(Outcome, ClientMutationId);

/// <summary>withdrawLesson 的结果。What came of withdrawLesson.</summary>
public sealed record WithdrawLessonPayload(Outcome<Lesson> Outcome, string? ClientMutationId) : LessonPayload(Outcome, ClientMutationId);

/// <summary>deleteLesson 的结果。What came of deleteLesson.</summary>
public sealed record DeleteLessonPayload([property: GraphQLIgnore] Outcome<Lesson> Outcome, string? ClientMutationId) : Payload(Outcome.Problems, ClientMutationId)
{
    /// <summary>被删除的课的编号；未办成时为 null。The id of what was deleted; null when nothing was done.</summary>
    [ID]
    public string? LessonId => Outcome.Value is { } deleted ? GlobalId.Of<Lesson>(deleted.Id) : null;
}
