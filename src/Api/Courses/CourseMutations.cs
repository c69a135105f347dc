using ResourceHub.Api.GraphQL;
using ResourceHub.Api.Lessons;
using ResourceHub.Core.Courses;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;

namespace ResourceHub.Api.Courses;

[MutationType]
public static class CourseMutations
{
    /// <summary>新建课程。Creates a course as a draft of the school.</summary>
    /// <param name="input">课程的内容。What it is.</param>
    public static async Task<CreateCoursePayload> CreateCourseAsync(CreateCourseInput input, [Service] CourseLibrary library, [Service] Viewer viewer, CancellationToken ct)
        => new(await library.CreateAsync(viewer, input.ToNew(), input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>更改课程的内容，成为新版本。Changes what a course says; that makes a new version.</summary>
    /// <param name="input">要改的字段。The fields to change.</param>
    public static async Task<UpdateCoursePayload> UpdateCourseAsync(UpdateCourseInput input, [Service] CourseLibrary library, [Service] Viewer viewer, CancellationToken ct)
        => new(await library.UpdateAsync(viewer, input.CourseId, input.ToInput(), input.Why, input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>
    /// 排定课程的单元和课，成为新版本。一课至多在一门课程里；与已定的先后次序成圈时退回（SEQUENCE_CYCLE），并说出是哪个圈。您看不到的课留在原处。
    /// Sets the units and lessons of a course in their order; that makes a new version. A lesson is in one course at most; an order that goes in a circle with what is stated already is refused (SEQUENCE_CYCLE) and the circle named. Lessons that you may not see stay where they are.
    /// </summary>
    /// <param name="input">课程与其单元和课。The course with its units and lessons.</param>
    public static async Task<SetCourseLessonsPayload> SetCourseLessonsAsync(SetCourseLessonsInput input, [Service] CourseLibrary library, [Service] Viewer viewer, CancellationToken ct)
        => new(await library.SetLessonsAsync(viewer, input.CourseId, [.. input.Units.Select(u => u.ToGiven())], input.WithoutHidden, input.Why, input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>
    /// 发布课程，或更改谁能看到；其中各项各有自己的可见范围。创建者可对本校开放、随时收窄；对校外开放由本校另一位管理员（或平台管理员）操作。
    /// Publishes a course, or changes who sees it; what is in it has a visibility of its own. Its creator opens it to the school and narrows it at any time; beyond the school it is opened by another admin of the school, or of the hub.
    /// </summary>
    /// <param name="input">课程与可见范围。What, and for whom.</param>
    public static async Task<PublishCoursePayload> PublishCourseAsync(
        PublishCourseInput input, [Service] PackSharing sharing, [Service] ResourceAudience audience, [Service] Viewer viewer, CancellationToken ct)
    {
        var published = await sharing.PublishAsync<Course>(viewer, input.CourseId, input.ToOpening(), input.ClientMutationId, ct);
        return new(published, await audience.SayAsync(viewer, published, ct), input.ClientMutationId);
    }

    /// <summary>把课程共享给结对学校，同时发布。Shares a course with partnerships of its school, and publishes it.</summary>
    /// <param name="input">课程与结对。What, and with whom.</param>
    public static async Task<ShareCoursePayload> ShareCourseAsync(
        ShareCourseInput input, [Service] PackSharing sharing, [Service] ResourceAudience audience, [Service] Viewer viewer, CancellationToken ct)
    {
        var shared = await sharing.ShareAsync<Course>(viewer, input.CourseId, input.PartnershipIds, input.ClientMutationId, ct);
        return new(shared, await audience.SayAsync(viewer, shared, ct), input.ClientMutationId);
    }

    /// <summary>不再共享给这些结对；一个都不剩时只对本校开放。Takes a course out of these partnerships; out of the last one, only the school sees it.</summary>
    /// <param name="input">课程与结对。What, and out of which.</param>
    public static async Task<UnshareCoursePayload> UnshareCourseAsync(UnshareCourseInput input, [Service] PackSharing sharing, [Service] Viewer viewer, CancellationToken ct)
        => new(await sharing.UnshareAsync<Course>(viewer, input.CourseId, input.PartnershipIds, input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>撤回课程。Takes a course back.</summary>
    /// <param name="input">课程。Which one.</param>
    public static async Task<WithdrawCoursePayload> WithdrawCourseAsync(WithdrawCourseInput input, [Service] PackSharing sharing, [Service] Viewer viewer, CancellationToken ct)
        => new(await sharing.WithdrawAsync<Course>(viewer, input.CourseId, input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>删除课程，不可恢复：从未发布的由创建者，其余由本校管理员；其中的内容不受影响。Deletes a course for good: what was never published by its creator, the rest by the school's admins. What is in it stays.</summary>
    /// <param name="input">课程。Which one.</param>
    public static async Task<DeleteCoursePayload> DeleteCourseAsync(DeleteCourseInput input, [Service] PackSharing sharing, [Service] Viewer viewer, CancellationToken ct)
        => new(await sharing.DeleteAsync<Course>(viewer, input.CourseId, input.ClientMutationId, ct), input.ClientMutationId);
}
