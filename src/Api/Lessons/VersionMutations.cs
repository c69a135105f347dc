using ResourceHub.Api.Collections;
using ResourceHub.Api.Courses;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.Collections;
using ResourceHub.Core.Courses;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;

namespace ResourceHub.Api.Lessons;

/// <summary>恢复一个版本。Restores a version.</summary>
/// <param name="LessonId">课。The lesson.</param>
/// <param name="Number">版本号。The version's number.</param>
/// <param name="Why">为什么，记入版本历史。Why, for its history.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record RestoreLessonVersionInput([ID<Lesson>] Guid LessonId, int Number, string? Why = null, string? ClientMutationId = null);

/// <summary>恢复一个版本。Restores a version.</summary>
/// <param name="CourseId">课程。The course.</param>
/// <param name="Number">版本号。The version's number.</param>
/// <param name="Why">为什么，记入版本历史。Why, for its history.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record RestoreCourseVersionInput([ID<Course>] Guid CourseId, int Number, string? Why = null, string? ClientMutationId = null);

/// <summary>恢复一个版本。Restores a version.</summary>
/// <param name="CollectionId">专辑。The collection.</param>
/// <param name="Number">版本号。The version's number.</param>
/// <param name="Why">为什么，记入版本历史。Why, for its history.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record RestoreCollectionVersionInput([ID<Collection>] Guid CollectionId, int Number, string? Why = null, string? ClientMutationId = null);

[MutationType]
public static class VersionMutations
{
    /// <summary>
    /// 把课恢复成某一版的内容，成为新版本；已不在或您看不到的内容不恢复，leftOut 说有几项。
    /// Makes a lesson again what a version was, as a new version. What is gone since, or not yours to see, is left out; leftOut says how much.
    /// </summary>
    /// <param name="input">课与版本号。Which one, and which version.</param>
    public static async Task<RestoreLessonVersionPayload> RestoreLessonVersionAsync(RestoreLessonVersionInput input, [Service] PackVersions versions, [Service] Viewer viewer, CancellationToken ct)
    {
        var restored = await versions.RestoreAsync<Lesson>(viewer, input.LessonId, input.Number, input.Why, input.ClientMutationId, ct);
        return new(restored, restored.Value is { } lesson ? await versions.LeftOutAsync(lesson, input.Number, ct) : 0, input.ClientMutationId);
    }

    /// <summary>
    /// 把课程恢复成某一版的内容，成为新版本；已不在或您看不到的内容不恢复，leftOut 说有几项。
    /// Makes a course again what a version was, as a new version. What is gone since, or not yours to see, is left out; leftOut says how much.
    /// </summary>
    /// <param name="input">课程与版本号。Which one, and which version.</param>
    public static async Task<RestoreCourseVersionPayload> RestoreCourseVersionAsync(RestoreCourseVersionInput input, [Service] PackVersions versions, [Service] Viewer viewer, CancellationToken ct)
    {
        var restored = await versions.RestoreAsync<Course>(viewer, input.CourseId, input.Number, input.Why, input.ClientMutationId, ct);
        return new(restored, restored.Value is { } course ? await versions.LeftOutAsync(course, input.Number, ct) : 0, input.ClientMutationId);
    }

    /// <summary>
    /// 把专辑恢复成某一版的内容，成为新版本；已不在或您看不到的内容不恢复，leftOut 说有几项。
    /// Makes a collection again what a version was, as a new version. What is gone since, or not yours to see, is left out; leftOut says how much.
    /// </summary>
    /// <param name="input">专辑与版本号。Which one, and which version.</param>
    public static async Task<RestoreCollectionVersionPayload> RestoreCollectionVersionAsync(RestoreCollectionVersionInput input, [Service] PackVersions versions, [Service] Viewer viewer, CancellationToken ct)
    {
        var restored = await versions.RestoreAsync<Collection>(viewer, input.CollectionId, input.Number, input.Why, input.ClientMutationId, ct);
        return new(restored, restored.Value is { } collection ? await versions.LeftOutAsync(collection, input.Number, ct) : 0, input.ClientMutationId);
    }
}

/// <summary>restoreLessonVersion 的结果。What came of restoreLessonVersion.</summary>
/// <param name="LeftOut">那一版里有几项没有恢复。How much of that version was left out.</param>
public sealed record RestoreLessonVersionPayload(Outcome<Lesson> Outcome, int LeftOut, string? ClientMutationId) : LessonPayload(Outcome, ClientMutationId);

/// <summary>restoreCourseVersion 的结果。What came of restoreCourseVersion.</summary>
/// <param name="LeftOut">那一版里有几项没有恢复。How much of that version was left out.</param>
public sealed record RestoreCourseVersionPayload(Outcome<Course> Outcome, int LeftOut, string? ClientMutationId) : CoursePayload(Outcome, ClientMutationId);

/// <summary>restoreCollectionVersion 的结果。What came of restoreCollectionVersion.</summary>
/// <param name="LeftOut">那一版里有几项没有恢复。How much of that version was left out.</param>
public sealed record RestoreCollectionVersionPayload(Outcome<Collection> Outcome, int LeftOut, string? ClientMutationId) : CollectionPayload(Outcome, ClientMutationId);
