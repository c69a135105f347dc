using ResourceHub.Api.GraphQL;
using ResourceHub.Api.Lessons;
using ResourceHub.Core.Collections;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;

namespace ResourceHub.Api.Collections;

[MutationType]
public static class CollectionMutations
{
    /// <summary>新建专辑。Creates a collection as a draft of the school.</summary>
    /// <param name="input">专辑的内容。What it is.</param>
    public static async Task<CreateCollectionPayload> CreateCollectionAsync(CreateCollectionInput input, [Service] CollectionLibrary library, [Service] Viewer viewer, CancellationToken ct)
        => new(await library.CreateAsync(viewer, input.ToNew(), input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>更改专辑的内容，成为新版本。Changes what a collection says; that makes a new version.</summary>
    /// <param name="input">要改的字段。The fields to change.</param>
    public static async Task<UpdateCollectionPayload> UpdateCollectionAsync(UpdateCollectionInput input, [Service] CollectionLibrary library, [Service] Viewer viewer, CancellationToken ct)
        => new(await library.UpdateAsync(viewer, input.CollectionId, input.ToInput(), input.Why, input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>
    /// 排定专辑的各项，成为新版本。可以是任何您能看到的资源和课；放进专辑不会让谁多看到它。您看不到的项留在原处。
    /// Sets the items of a collection in their order; that makes a new version. An item is any resource or lesson you can see, and nobody sees it for standing there. Items that you may not see stay where they are.
    /// </summary>
    /// <param name="input">专辑与各项。The collection and its items.</param>
    public static async Task<SetCollectionItemsPayload> SetCollectionItemsAsync(SetCollectionItemsInput input, [Service] CollectionLibrary library, [Service] Viewer viewer, CancellationToken ct)
        => new(await library.SetItemsAsync(viewer, input.CollectionId, [.. input.Items.Select(i => i.ToGiven())], input.WithoutHidden, input.Why, input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>
    /// 发布专辑，或更改谁能看到；其中各项各有自己的可见范围。创建者可对本校开放、随时收窄；对校外开放由本校另一位管理员（或平台管理员）操作。
    /// Publishes a collection, or changes who sees it; what is in it has a visibility of its own. Its creator opens it to the school and narrows it at any time; beyond the school it is opened by another admin of the school, or of the hub.
    /// </summary>
    /// <param name="input">专辑与可见范围。What, and for whom.</param>
    public static async Task<PublishCollectionPayload> PublishCollectionAsync(
        PublishCollectionInput input, [Service] PackSharing sharing, [Service] ResourceAudience audience, [Service] Viewer viewer, CancellationToken ct)
    {
        var published = await sharing.PublishAsync<Collection>(viewer, input.CollectionId, input.ToOpening(), input.ClientMutationId, ct);
        return new(published, await audience.SayAsync(viewer, published, ct), input.ClientMutationId);
    }

    /// <summary>把专辑共享给结对学校，同时发布。Shares a collection with partnerships of its school, and publishes it.</summary>
    /// <param name="input">专辑与结对。What, and with whom.</param>
    public static async Task<ShareCollectionPayload> ShareCollectionAsync(
        ShareCollectionInput input, [Service] PackSharing sharing, [Service] ResourceAudience audience, [Service] Viewer viewer, CancellationToken ct)
    {
        var shared = await sharing.ShareAsync<Collection>(viewer, input.CollectionId, input.PartnershipIds, input.ClientMutationId, ct);
        return new(shared, await audience.SayAsync(viewer, shared, ct), input.ClientMutationId);
    }

    /// <summary>不再共享给这些结对；一个都不剩时只对本校开放。Takes a collection out of these partnerships; out of the last one, only the school sees it.</summary>
    /// <param name="input">专辑与结对。What, and out of which.</param>
    public static async Task<UnshareCollectionPayload> UnshareCollectionAsync(UnshareCollectionInput input, [Service] PackSharing sharing, [Service] Viewer viewer, CancellationToken ct)
        => new(await sharing.UnshareAsync<Collection>(viewer, input.CollectionId, input.PartnershipIds, input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>撤回专辑。Takes a collection back.</summary>
    /// <param name="input">专辑。Which one.</param>
    public static async Task<WithdrawCollectionPayload> WithdrawCollectionAsync(WithdrawCollectionInput input, [Service] PackSharing sharing, [Service] Viewer viewer, CancellationToken ct)
        => new(await sharing.WithdrawAsync<Collection>(viewer, input.CollectionId, input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>删除专辑，不可恢复：从未发布的由创建者，其余由本校管理员；其中的内容不受影响。Deletes a collection for good: what was never published by its creator, the rest by the school's admins. What is in it stays.</summary>
    /// <param name="input">专辑。Which one.</param>
    public static async Task<DeleteCollectionPayload> DeleteCollectionAsync(DeleteCollectionInput input, [Service] PackSharing sharing, [Service] Viewer viewer, CancellationToken ct)
        => new(await sharing.DeleteAsync<Collection>(viewer, input.CollectionId, input.ClientMutationId, ct), input.ClientMutationId);
}
