using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.Resources;

/// <summary>送审。Something to be reviewed.</summary>
/// <param name="ResourceId">资源。The resource.</param>
/// <param name="Visibility">通过后的可见范围，默认 SCHOOL。Who is to see it once it is approved; SCHOOL when left out.</param>
/// <param name="PartnershipIds">可见范围为 PARTNERS 时，共享给哪些结对。With PARTNERS: the partnerships.</param>
/// <param name="Note">给审核者的话。A word to the reviewer.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record SubmitForReviewInput(
    [ID<Resource>] Guid ResourceId, Visibility? Visibility = null, [ID<Partnership>] IReadOnlyList<Guid>? PartnershipIds = null, string? Note = null, string? ClientMutationId = null)
{
    public Core.Resources.Opening ToOpening() => new(Visibility ?? Core.Resources.Visibility.School, [.. (PartnershipIds ?? []).Distinct()]);
}

/// <summary>从审核中取回。Something to be taken back from its review.</summary>
/// <param name="ResourceId">资源。The resource.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record RecallFromReviewInput([ID<Resource>] Guid ResourceId, string? ClientMutationId = null);

/// <summary>审核通过。An approval.</summary>
/// <param name="ResourceId">资源。The resource.</param>
/// <param name="Comment">意见。What there is to say.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record ApproveResourceInput([ID<Resource>] Guid ResourceId, string? Comment = null, string? ClientMutationId = null);

/// <summary>退回。A return to the author.</summary>
/// <param name="ResourceId">资源。The resource.</param>
/// <param name="Reasons">原因，至少一项。Why; one at least.</param>
/// <param name="Comment">意见；原因为 OTHER 时必填。What there is to say; needed with OTHER.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record ReturnResourceInput([ID<Resource>] Guid ResourceId, IReadOnlyList<ReturnReason> Reasons, string? Comment = null, string? ClientMutationId = null);

[MutationType]
public static class ReviewMutations
{
    /// <summary>送审：创建者或本校管理员；还缺什么见 missingForReview。Submits a draft for review: its creator or the school's admins; missingForReview says what is still needed.</summary>
    /// <param name="input">资源与希望的可见范围。What, and who is to see it.</param>
    public static async Task<SubmitForReviewPayload> SubmitForReviewAsync(SubmitForReviewInput input, [Service] ReviewDesk reviews, [Service] Viewer viewer, CancellationToken ct)
        => new(await reviews.SubmitAsync(viewer, input.ResourceId, input.ToOpening(), input.Note, input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>从审核中取回，改为草稿：审核中的资源只有管理员可以更改。Takes a resource back from its review as a draft; while it is reviewed only admins change it.</summary>
    /// <param name="input">资源。Which one.</param>
    public static async Task<RecallFromReviewPayload> RecallFromReviewAsync(RecallFromReviewInput input, [Service] ReviewDesk reviews, [Service] Viewer viewer, CancellationToken ct)
        => new(await reviews.RecallAsync(viewer, input.ResourceId, input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>审核通过，按送审时的范围发布：本校管理员；一般不能通过自己上传的。Approves and publishes as was asked for: the school's admins, and nobody their own upload unless the school allows it.</summary>
    /// <param name="input">资源与意见。Which, and what there is to say.</param>
    public static async Task<ApproveResourcePayload> ApproveResourceAsync(ApproveResourceInput input, [Service] ReviewDesk reviews, [Service] Viewer viewer, CancellationToken ct)
        => new(await reviews.ApproveAsync(viewer, input.ResourceId, input.Comment, input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>退回给作者修改：本校管理员。Returns it to its author: the school's admins.</summary>
    /// <param name="input">资源、原因与意见。Which, and why.</param>
    public static async Task<ReturnResourcePayload> ReturnResourceAsync(ReturnResourceInput input, [Service] ReviewDesk reviews, [Service] Viewer viewer, CancellationToken ct)
        => new(await reviews.ReturnAsync(viewer, input.ResourceId, input.Reasons, input.Comment, input.ClientMutationId, ct), input.ClientMutationId);
}

/// <summary>submitForReview 的结果。What came of submitForReview.</summary>
public sealed record SubmitForReviewPayload(Outcome<Resource> Outcome, string? ClientMutationId) : ResourcePayload(Outcome, ClientMutationId);

/// <summary>recallFromReview 的结果。What came of recallFromReview.</summary>
public sealed record RecallFromReviewPayload(Outcome<Resource> Outcome, string? ClientMutationId) : ResourcePayload(Outcome, ClientMutationId);

/// <summary>approveResource 的结果。What came of approveResource.</summary>
public sealed record ApproveResourcePayload(Outcome<Resource> Outcome, string? ClientMutationId) : ResourcePayload(Outcome, ClientMutationId);

/// <summary>returnResource 的结果。What came of returnResource.</summary>
public sealed record ReturnResourcePayload(Outcome<Resource> Outcome, string? ClientMutationId) : ResourcePayload(Outcome, ClientMutationId);
