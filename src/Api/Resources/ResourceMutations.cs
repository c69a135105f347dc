using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;

namespace ResourceHub.Api.Resources;

[MutationType]
public static class ResourceMutations
{
    /// <summary>新建资源。Creates a resource as a draft of the school.</summary>
    /// <param name="input">资源的内容。What it is.</param>
    public static async Task<CreateResourcePayload> CreateResourceAsync(CreateResourceInput input, [Service] ResourceLibrary library, [Service] Viewer viewer, CancellationToken ct)
        => new(await library.CreateAsync(viewer, input.ToNew(), input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>更改元数据，成为新版本。Changes metadata; that makes a new version.</summary>
    /// <param name="input">要改的字段。The fields to change.</param>
    public static async Task<UpdateResourcePayload> UpdateResourceAsync(UpdateResourceInput input, [Service] ResourceLibrary library, [Service] Viewer viewer, CancellationToken ct)
        => new(await library.UpdateAsync(viewer, input.ResourceId, input.ToInput(), input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>把传完的文件加入资源，随即开始读取。Adds a finished upload to the resource and has it read.</summary>
    /// <param name="input">资源与上传。Which upload to which resource.</param>
    public static async Task<AttachFilePayload> AttachFileAsync(AttachFileInput input, [Service] ResourceLibrary library, [Service] Viewer viewer, CancellationToken ct)
        => new(await library.AttachFileAsync(viewer, input.ResourceId, input.UploadId, input.Name, input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>发布资源。Publishes a resource.</summary>
    /// <param name="input">资源与可见范围。What, and for whom.</param>
    public static async Task<PublishResourcePayload> PublishResourceAsync(PublishResourceInput input, [Service] ResourceSharing sharing, [Service] Viewer viewer, CancellationToken ct)
        => new(await sharing.PublishAsync(viewer, input.ResourceId, input.Visibility, input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>共享给结对学校。Shares a resource with partnerships of its school.</summary>
    /// <param name="input">资源与结对。What, and with whom.</param>
    public static async Task<ShareResourcePayload> ShareResourceAsync(
        ShareResourceInput input, [Service] ResourceSharing sharing, [Service] ResourceAudience audience, [Service] Viewer viewer, CancellationToken ct)
    {
        var shared = await sharing.ShareAsync(viewer, input.ResourceId, input.PartnershipIds, input.ClientMutationId, ct);
        return new(shared, shared.Value is { } resource ? (await audience.DescribeAsync(viewer, [resource], ct))[resource.Id] : null, input.ClientMutationId);
    }

    /// <summary>撤回资源。Takes a resource back.</summary>
    /// <param name="input">资源。Which one.</param>
    public static async Task<WithdrawResourcePayload> WithdrawResourceAsync(WithdrawResourceInput input, [Service] Withdrawals withdrawals, [Service] Viewer viewer, CancellationToken ct)
        => new(await withdrawals.WithdrawAsync(viewer, input.ResourceId, input.ClientMutationId, ct), input.ClientMutationId);
}

/// <summary>更改的结果。What came of a change.</summary>
public abstract record ResourcePayload([property: GraphQLIgnore] Outcome<Resource> Outcome, string? ClientMutationId) : Payload(Outcome.Problems, ClientMutationId)
{
    /// <summary>更改后的资源；未办成时为 null。The resource as it is now; null when nothing was done.</summary>
    public Resource? Resource => Outcome.Value;
}

/// <summary>createResource 的结果。What came of createResource.</summary>
public sealed record CreateResourcePayload(Outcome<Resource> Outcome, string? ClientMutationId) : ResourcePayload(Outcome, ClientMutationId);

/// <summary>updateResource 的结果。What came of updateResource.</summary>
public sealed record UpdateResourcePayload(Outcome<Resource> Outcome, string? ClientMutationId) : ResourcePayload(Outcome, ClientMutationId);

/// <summary>attachFile 的结果。What came of attachFile.</summary>
public sealed record AttachFilePayload(Outcome<Resource> Outcome, string? ClientMutationId) : ResourcePayload(Outcome, ClientMutationId);

/// <summary>publishResource 的结果。What came of publishResource.</summary>
public sealed record PublishResourcePayload(Outcome<Resource> Outcome, string? ClientMutationId) : ResourcePayload(Outcome, ClientMutationId);

/// <summary>shareResource 的结果。What came of shareResource.</summary>
/// <param name="Audience">现在谁能看到，一句话。Who sees it now, in words.</param>
public sealed record ShareResourcePayload(Outcome<Resource> Outcome, string? Audience, string? ClientMutationId) : ResourcePayload(Outcome, ClientMutationId);

/// <summary>withdrawResource 的结果。What came of withdrawResource.</summary>
public sealed record WithdrawResourcePayload(Outcome<Resource> Outcome, string? ClientMutationId) : ResourcePayload(Outcome, ClientMutationId);
