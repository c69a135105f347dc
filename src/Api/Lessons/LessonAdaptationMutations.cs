using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.Lessons;

/// <summary>改编一节课。A version of a lesson of one's own.</summary>
/// <param name="LessonId">来源。The source.</param>
/// <param name="SchoolId">归哪所学校。The school that is to own it.</param>
/// <param name="Title">标题；省略时与来源相同。Its title; the source's when left out.</param>
/// <param name="WithoutForbidden">不带授权不允许改编的部分；否则有一个就不能改编。Without the parts that may not be adapted; else one of them is reason to refuse.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record AdaptLessonInput([ID<Lesson>] Guid LessonId, [ID<School>] Guid SchoolId, string? Title = null, bool WithoutForbidden = false, string? ClientMutationId = null);

/// <summary>adaptLesson 的结果。What came of adaptLesson.</summary>
public sealed record AdaptLessonPayload(Outcome<Lesson> Outcome, string? ClientMutationId) : LessonPayload(Outcome, ClientMutationId);

[MutationType]
public static class LessonAdaptationMutations
{
    /// <summary>
    /// 改编一节课：为本校建一份草稿，您能看到且允许改编的部分各有一份本校的副本，并记得来源的版本。
    /// Adapts a lesson: a draft of one's own school with copies of the parts that you see and that may be adapted, which knows its source's version.
    /// </summary>
    /// <param name="input">来源与学校。What, and for whom.</param>
    public static async Task<AdaptLessonPayload> AdaptLessonAsync(AdaptLessonInput input, [Service] LessonAdaptations adaptations, [Service] Viewer viewer, CancellationToken ct)
        => new(await adaptations.AdaptAsync(viewer, input.LessonId, input.SchoolId, input.Title, input.WithoutForbidden, input.ClientMutationId, ct), input.ClientMutationId);
}
