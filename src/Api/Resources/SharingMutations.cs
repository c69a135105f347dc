using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.Resources;

/// <summary>不再共享给结对。No longer shared with partnerships.</summary>
/// <param name="ResourceId">资源。The resource.</param>
/// <param name="PartnershipIds">哪些结对。The partnerships.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record UnshareResourceInput([ID<Resource>] Guid ResourceId, [ID<Partnership>] IReadOnlyList<Guid> PartnershipIds, string? ClientMutationId = null);

/// <summary>可见范围。Who may see it.</summary>
/// <param name="ResourceId">资源。The resource.</param>
/// <param name="Visibility">可见范围。Who may see it.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record SetVisibilityInput([ID<Resource>] Guid ResourceId, Visibility Visibility, string? ClientMutationId = null);

/// <summary>恢复为草稿。A draft again.</summary>
/// <param name="ResourceId">资源。The resource.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record RestoreResourceInput([ID<Resource>] Guid ResourceId, string? ClientMutationId = null);

/// <summary>删除。For good.</summary>
/// <param name="ResourceId">资源。The resource.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record DeleteResourceInput([ID<Resource>] Guid ResourceId, string? ClientMutationId = null);

/// <summary>改编。A version of one's own.</summary>
/// <param name="ResourceId">来源。The source.</param>
/// <param name="SchoolId">归哪所学校。The school that is to own it.</param>
/// <param name="Title">标题；省略时与来源相同。Its title; the source's when left out.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record AdaptResourceInput([ID<Resource>] Guid ResourceId, [ID<School>] Guid SchoolId, string? Title = null, string? ClientMutationId = null);

[MutationType]
public static class SharingMutations
{
    /// <summary>不再共享给这些结对；一个都不剩时只对本校开放。Takes a resource out of these partnerships; out of the last one, only the school sees it.</summary>
    /// <param name="input">资源与结对。What, and out of which.</param>
    public static async Task<UnshareResourcePayload> UnshareResourceAsync(UnshareResourceInput input, [Service] ResourceSharing sharing, [Service] Viewer viewer, CancellationToken ct)
        => new(await sharing.UnshareAsync(viewer, input.ResourceId, input.PartnershipIds, input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>更改已发布资源的可见范围：收窄随时可以；比审核通过的更宽须由管理员。Changes who sees what is published: narrower at any time; wider than the review approved by admins only.</summary>
    /// <param name="input">资源与可见范围。What, and for whom.</param>
    public static async Task<SetVisibilityPayload> SetVisibilityAsync(SetVisibilityInput input, [Service] ResourceSharing sharing, [Service] Viewer viewer, CancellationToken ct)
        => new(await sharing.SetVisibilityAsync(viewer, input.ResourceId, input.Visibility, input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>把已撤回的资源恢复为草稿；再次发布需再审核。Makes what was withdrawn a draft again; it is reviewed again before others see it.</summary>
    /// <param name="input">资源。Which one.</param>
    public static async Task<RestoreResourcePayload> RestoreResourceAsync(RestoreResourceInput input, [Service] Withdrawals withdrawals, [Service] Viewer viewer, CancellationToken ct)
        => new(await withdrawals.RestoreAsync(viewer, input.ResourceId, input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>删除资源，不可恢复：从未发布的由创建者，其余由本校管理员。Deletes for good: what was never published by its creator, the rest by the school's admins. Copies keep their lineage.</summary>
    /// <param name="input">资源。Which one.</param>
    public static async Task<DeleteResourcePayload> DeleteResourceAsync(DeleteResourceInput input, [Service] Withdrawals withdrawals, [Service] Viewer viewer, CancellationToken ct)
        => new(await withdrawals.DeleteAsync(viewer, input.ResourceId, input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>改编：本校的一份草稿，含文件与来源；授权须允许改编，开放不能比来源给本校的更宽。Makes a draft of one's own school with the same files: the licence must allow it, and it is opened no wider than the source was to the school.</summary>
    /// <param name="input">来源与学校。What, and for which school.</param>
    public static async Task<AdaptResourcePayload> AdaptResourceAsync(AdaptResourceInput input, [Service] Adaptations adaptations, [Service] Viewer viewer, CancellationToken ct)
        => new(await adaptations.AdaptAsync(viewer, input.ResourceId, input.SchoolId, input.Title, input.ClientMutationId, ct), input.ClientMutationId);
}

/// <summary>unshareResource 的结果。What came of unshareResource.</summary>
public sealed record UnshareResourcePayload(Outcome<Resource> Outcome, string? ClientMutationId) : ResourcePayload(Outcome, ClientMutationId);

/// <summary>setVisibility 的结果。What came of setVisibility.</summary>
public sealed record SetVisibilityPayload(Outcome<Resource> Outcome, string? ClientMutationId) : ResourcePayload(Outcome, ClientMutationId);

/// <summary>restoreResource 的结果。What came of restoreResource.</summary>
public sealed record RestoreResourcePayload(Outcome<Resource> Outcome, string? ClientMutationId) : ResourcePayload(Outcome, ClientMutationId);

/// <summary>deleteResource 的结果。What came of deleteResource.</summary>
public sealed record DeleteResourcePayload([property: GraphQLIgnore] Outcome<Resource> Outcome, string? ClientMutationId) : Payload(Outcome.Problems, ClientMutationId)
{
    /// <summary>被删除资源的编号；未办成时为 null。The id of what was deleted; null when nothing was done.</summary>
    [ID]
    public string? ResourceId => Outcome.Value is { } deleted ? GlobalId.Of<Resource>(deleted.Id) : null;
}

/// <summary>adaptResource 的结果。What came of adaptResource.</summary>
public sealed record AdaptResourcePayload(Outcome<Resource> Outcome, string? ClientMutationId) : ResourcePayload(Outcome, ClientMutationId);
