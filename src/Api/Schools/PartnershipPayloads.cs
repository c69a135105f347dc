using GraphQL.DataLoader;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.Schools;

/// <summary>更改的结果。What came of a change.</summary>
public abstract record PartnershipPayload([property: GraphQLIgnore] Outcome<Partnership> Outcome, [property: GraphQLIgnore] PartnershipById Partnerships, string? ClientMutationId)
    : Payload(Outcome.Problems, ClientMutationId)
{
    /// <summary>结对；未办成时为 null。The partnership; null when nothing was done.</summary>
    public IDataLoaderResult<Partnership?> Partnership => Outcome.Value is { } made ? Partnerships.LoadAsync(made.Id) : Later.Nothing<Partnership>();
}

/// <summary>createPartnership 的结果。What came of createPartnership.</summary>
public sealed record CreatePartnershipPayload(Outcome<Partnership> Outcome, PartnershipById Partnerships, string? ClientMutationId) : PartnershipPayload(Outcome, Partnerships, ClientMutationId);

/// <summary>endPartnership 的结果。What came of endPartnership.</summary>
public sealed record EndPartnershipPayload(Outcome<Partnership> Outcome, PartnershipById Partnerships, string? ClientMutationId) : PartnershipPayload(Outcome, Partnerships, ClientMutationId);

/// <summary>proposePartnership 的结果。What came of proposePartnership.</summary>
public sealed record ProposePartnershipPayload(Outcome<Partnership> Outcome, PartnershipById Partnerships, string? ClientMutationId) : PartnershipPayload(Outcome, Partnerships, ClientMutationId);

/// <summary>acceptPartnership 的结果。What came of acceptPartnership.</summary>
public sealed record AcceptPartnershipPayload(Outcome<Partnership> Outcome, PartnershipById Partnerships, string? ClientMutationId) : PartnershipPayload(Outcome, Partnerships, ClientMutationId);

/// <summary>declinePartnership 的结果。What came of declinePartnership.</summary>
public sealed record DeclinePartnershipPayload(Outcome<Partnership> Outcome, PartnershipById Partnerships, string? ClientMutationId) : PartnershipPayload(Outcome, Partnerships, ClientMutationId);

/// <summary>attachAgreement 的结果。What came of attachAgreement.</summary>
public sealed record AttachAgreementPayload(Outcome<Partnership> Outcome, PartnershipById Partnerships, string? ClientMutationId) : PartnershipPayload(Outcome, Partnerships, ClientMutationId);
