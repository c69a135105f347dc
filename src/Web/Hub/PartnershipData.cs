namespace ResourceHub.Web.Hub;

/// <summary>A partnership as lists show it: Parts/PartnershipCard.graphql.</summary>
public record PartnershipSummary
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Kind { get; init; }
    public required string State { get; init; }
    public DateOnly From { get; init; }
    public DateOnly? Until { get; init; }
    public DateOnly? EndedOn { get; init; }
    public string? EndReason { get; init; }
    public DateTimeOffset? AcceptedAt { get; init; }
    public School? ProposedBy { get; init; }
    public IReadOnlyList<PartnershipMember> Members { get; init; } = [];
    public IReadOnlyList<Term> Subjects { get; init; } = [];
    public IReadOnlyList<Term> Stages { get; init; } = [];

    public bool IsProposal => AcceptedAt is null && State != "ENDED";

    public bool Has(School? school) => Members.Any(m => m.School.Id == school?.Id);

    public bool WaitsFor(School? school) => IsProposal && Members.Any(m => m.School.Id == school?.Id && m.AcceptedAt is null);
}

/// <summary>Everything the partnership's page shows: Pages/PartnershipSpace.graphql.</summary>
public sealed record PartnershipData : PartnershipSummary
{
    public string? Batch { get; init; }
    public string? AgreementTitle { get; init; }
    public DateOnly? AgreementDate { get; init; }
    public AgreementFile? AgreementFile { get; init; }
    public Listed<ResourceSummary>? Resources { get; init; }
    public Listed<Change>? Activity { get; init; }
}

public sealed record PartnershipMember(School School, bool Leads, DateTimeOffset? AcceptedAt);

public sealed record AgreementFile(string Name, string MediaType, long Size, string Url);

/// <summary>An entry of the feed; the resource is null once it may not be seen any more.</summary>
public sealed record Change(string Kind, DateTimeOffset At, School? School, ResourceName? Resource);

public sealed record ResourceName(string Id, string Title);
