using ResourceHub.Api.GraphQL;
using ResourceHub.Core.People;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.Schools;

[MutationType]
public static class PartnershipMutations
{
    /// <summary>建立结对；平台管理员。Creates a partnership; for hub admins.</summary>
    /// <param name="input">结对。The partnership.</param>
    public static async Task<CreatePartnershipPayload> CreatePartnershipAsync(
        CreatePartnershipInput input, [Service] PartnershipDesk desk, [Service] PartnershipById partnerships, [Service] Viewer viewer, CancellationToken ct)
        => new(await desk.CreateAsync(viewer, input.ToNew(), input.ClientMutationId, ct), partnerships, input.ClientMutationId);

    /// <summary>提出结对，经其他学校同意后生效，此前仅成员学校知道；学校管理员。Proposes a partnership, which comes in force when the other schools have accepted and is known to them alone until then; for school admins.</summary>
    /// <param name="input">结对。The partnership.</param>
    public static async Task<ProposePartnershipPayload> ProposePartnershipAsync(
        ProposePartnershipInput input, [Service] PartnershipDesk desk, [Service] PartnershipById partnerships, [Service] Viewer viewer, CancellationToken ct)
        => new(await desk.ProposeAsync(viewer, input.ToNew(), input.ClientMutationId, ct), partnerships, input.ClientMutationId);

    /// <summary>代表本校同意结对提议；学校管理员。Accepts a proposal for your school; for school admins.</summary>
    /// <param name="input">结对。The partnership.</param>
    public static async Task<AcceptPartnershipPayload> AcceptPartnershipAsync(
        AcceptPartnershipInput input, [Service] PartnershipDesk desk, [Service] PartnershipById partnerships, [Service] Viewer viewer, CancellationToken ct)
        => new(await desk.AcceptAsync(viewer, input.PartnershipId, input.ClientMutationId, ct), partnerships, input.ClientMutationId);

    /// <summary>谢绝结对提议，提议随即作废，提出方也可撤回；学校管理员。Declines a proposal, which ends it; the school that made it may take it back so. For school admins.</summary>
    /// <param name="input">结对。The partnership.</param>
    public static async Task<DeclinePartnershipPayload> DeclinePartnershipAsync(
        DeclinePartnershipInput input, [Service] PartnershipDesk desk, [Service] PartnershipById partnerships, [Service] Viewer viewer, CancellationToken ct)
        => new(await desk.DeclineAsync(viewer, input.PartnershipId, input.Reason, input.ClientMutationId, ct), partnerships, input.ClientMutationId);

    /// <summary>终止结对：通过它共享的资源自当日起不再可见；平台管理员，或成员学校的管理员（自今天起，须说明原因）。Ends a partnership: what was shared through it closes on that day; for hub admins, and for admins of a member school from today on and with a reason.</summary>
    /// <param name="input">结对。The partnership.</param>
    public static async Task<EndPartnershipPayload> EndPartnershipAsync(
        EndPartnershipInput input, [Service] PartnershipDesk desk, [Service] PartnershipById partnerships, [Service] Viewer viewer, CancellationToken ct)
        => new(await desk.EndAsync(viewer, input.PartnershipId, input.On, input.Reason, input.ClientMutationId, ct), partnerships, input.ClientMutationId);

    /// <summary>附上已签署的协议：PDF、图片或 Word 文件，最大 50 MB；成员学校的管理员与平台管理员。Attaches the signed agreement, a PDF, a picture or a Word document of at most 50 MB; for admins of the member schools and hub admins.</summary>
    /// <param name="input">结对与上传。The partnership and the upload.</param>
    public static async Task<AttachAgreementPayload> AttachAgreementAsync(
        AttachAgreementInput input, [Service] Agreements agreements, [Service] PartnershipById partnerships, [Service] Viewer viewer, CancellationToken ct)
        => new(await agreements.AttachAsync(viewer, input.PartnershipId, input.UploadId, input.Name, input.ClientMutationId, ct), partnerships, input.ClientMutationId);
}
