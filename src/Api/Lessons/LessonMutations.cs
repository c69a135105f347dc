using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;

namespace ResourceHub.Api.Lessons;

[MutationType]
public static class LessonMutations
{
    /// <summary>新建课。Creates a lesson as a draft of the school.</summary>
    /// <param name="input">课的内容。What it is.</param>
    public static async Task<CreateLessonPayload> CreateLessonAsync(CreateLessonInput input, [Service] LessonLibrary library, [Service] Viewer viewer, CancellationToken ct)
        => new(await library.CreateAsync(viewer, input.ToNew(), input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>更改课的内容，成为新版本。Changes what a lesson says; that makes a new version.</summary>
    /// <param name="input">要改的字段。The fields to change.</param>
    public static async Task<UpdateLessonPayload> UpdateLessonAsync(UpdateLessonInput input, [Service] LessonLibrary library, [Service] Viewer viewer, CancellationToken ct)
        => new(await library.UpdateAsync(viewer, input.LessonId, input.ToInput(), input.Why, input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>
    /// 排定课的各部分，成为新版本。部分可以是任何您能看到的资源；放进课里不会让谁多看到它。您看不到的部分留在原处。
    /// Sets the parts of a lesson in their order; that makes a new version. A part is any resource you can see, and nobody sees it for standing there. Parts that you may not see stay where they are.
    /// </summary>
    /// <param name="input">课与各部分。The lesson and its parts.</param>
    public static async Task<SetLessonPartsPayload> SetLessonPartsAsync(SetLessonPartsInput input, [Service] LessonLibrary library, [Service] Viewer viewer, CancellationToken ct)
        => new(await library.SetPartsAsync(viewer, input.LessonId, [.. input.Parts.Select(p => p.ToGiven())], input.WithoutHidden, input.Why, input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>
    /// 发布课，或更改谁能看到。创建者可对本校开放、随时收窄；对校外开放由本校另一位管理员（或平台管理员）操作。
    /// Publishes a lesson, or changes who sees it. Its creator opens it to the school and narrows it at any time; beyond the school it is opened by another admin of the school, or of the hub.
    /// </summary>
    /// <param name="input">课与可见范围。What, and for whom.</param>
    public static async Task<PublishLessonPayload> PublishLessonAsync(
        PublishLessonInput input, [Service] PackSharing sharing, [Service] ResourceAudience audience, [Service] Viewer viewer, CancellationToken ct)
    {
        var published = await sharing.PublishAsync<Lesson>(viewer, input.LessonId, input.ToOpening(), input.ClientMutationId, ct);
        return new(published, await audience.SayAsync(viewer, published, ct), input.ClientMutationId);
    }

    /// <summary>把课共享给结对学校，同时发布。Shares a lesson with partnerships of its school, and publishes it.</summary>
    /// <param name="input">课与结对。What, and with whom.</param>
    public static async Task<ShareLessonPayload> ShareLessonAsync(
        ShareLessonInput input, [Service] PackSharing sharing, [Service] ResourceAudience audience, [Service] Viewer viewer, CancellationToken ct)
    {
        var shared = await sharing.ShareAsync<Lesson>(viewer, input.LessonId, input.PartnershipIds, input.ClientMutationId, ct);
        return new(shared, await audience.SayAsync(viewer, shared, ct), input.ClientMutationId);
    }

    /// <summary>不再共享给这些结对；一个都不剩时只对本校开放。Takes a lesson out of these partnerships; out of the last one, only the school sees it.</summary>
    /// <param name="input">课与结对。What, and out of which.</param>
    public static async Task<UnshareLessonPayload> UnshareLessonAsync(UnshareLessonInput input, [Service] PackSharing sharing, [Service] Viewer viewer, CancellationToken ct)
        => new(await sharing.UnshareAsync<Lesson>(viewer, input.LessonId, input.PartnershipIds, input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>撤回课；各校的改编留存。Takes a lesson back; copies stay with their schools.</summary>
    /// <param name="input">课。Which one.</param>
    public static async Task<WithdrawLessonPayload> WithdrawLessonAsync(WithdrawLessonInput input, [Service] PackSharing sharing, [Service] Viewer viewer, CancellationToken ct)
        => new(await sharing.WithdrawAsync<Lesson>(viewer, input.LessonId, input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>删除课，不可恢复：从未发布的由创建者，其余由本校管理员；其中的资源不受影响。Deletes a lesson for good: what was never published by its creator, the rest by the school's admins. The resources in it stay.</summary>
    /// <param name="input">课。Which one.</param>
    public static async Task<DeleteLessonPayload> DeleteLessonAsync(DeleteLessonInput input, [Service] PackSharing sharing, [Service] Viewer viewer, CancellationToken ct)
        => new(await sharing.DeleteAsync<Lesson>(viewer, input.LessonId, input.ClientMutationId, ct), input.ClientMutationId);
}

/// <summary>Says who sees what was just opened.</summary>
internal static class Said
{
    public static async Task<string?> SayAsync<T>(this ResourceAudience audience, Viewer viewer, Outcome<T> opened, CancellationToken ct) where T : Pack
        => opened.Value is { } pack ? (await audience.DescribeAsync(viewer, [pack], ct))[pack.Id] : null;
}
