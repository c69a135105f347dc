using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;

namespace ResourceHub.Api.Lessons;

/// <summary>两课的先后。Which of two lessons is taught first.</summary>
/// <param name="EarlierId">在前的课。The earlier lesson.</param>
/// <param name="LaterId">在后的课；同一所学校。The later one, of the same school.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record SetLessonSequenceInput([ID<Lesson>] Guid EarlierId, [ID<Lesson>] Guid LaterId, string? ClientMutationId = null);

/// <summary>不再写明两课的先后。No longer states which of two lessons is first.</summary>
/// <param name="EarlierId">在前的课。The earlier lesson.</param>
/// <param name="LaterId">在后的课。The later one.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record RemoveLessonSequenceInput([ID<Lesson>] Guid EarlierId, [ID<Lesson>] Guid LaterId, string? ClientMutationId = null);

[MutationType]
public static class SequenceMutations
{
    /// <summary>
    /// 写明本校一课在另一课之前教，不论它们在哪门课程。与已定的次序（包括课程的次序）成圈时退回（SEQUENCE_CYCLE），并说出是哪个圈。
    /// States that one lesson of the school is taught before another, whatever courses they are in. Refused (SEQUENCE_CYCLE), and the circle named, where it goes in a circle with what is stated already or with the order of a course.
    /// </summary>
    /// <param name="input">哪两课。Which two.</param>
    public static async Task<SetLessonSequencePayload> SetLessonSequenceAsync(SetLessonSequenceInput input, [Service] LessonSequences sequences, [Service] Viewer viewer, CancellationToken ct)
        => new(await sequences.SetAsync(viewer, input.EarlierId, input.LaterId, input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>去掉写明的先后；课程的次序不变。Takes back what was stated; the order of courses stays.</summary>
    /// <param name="input">哪两课。Which two.</param>
    public static async Task<RemoveLessonSequencePayload> RemoveLessonSequenceAsync(RemoveLessonSequenceInput input, [Service] LessonSequences sequences, [Service] Viewer viewer, CancellationToken ct)
        => new(await sequences.RemoveAsync(viewer, input.EarlierId, input.LaterId, input.ClientMutationId, ct), input.ClientMutationId);
}

/// <summary>setLessonSequence 的结果：lesson 是在前的课。What came of setLessonSequence: lesson is the earlier one.</summary>
public sealed record SetLessonSequencePayload(Outcome<Lesson> Outcome, string? ClientMutationId) : LessonPayload(Outcome, ClientMutationId);

/// <summary>removeLessonSequence 的结果：lesson 是在前的课。What came of removeLessonSequence: lesson is the earlier one.</summary>
public sealed record RemoveLessonSequencePayload(Outcome<Lesson> Outcome, string? ClientMutationId) : LessonPayload(Outcome, ClientMutationId);
