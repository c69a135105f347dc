namespace ResourceHub.Web.Hub;

/// <summary>What the owner school's people see of a resource beside what everybody does: Pages/OwnResource.graphql.</summary>
public sealed record OwnResource : ResourceSummary
{
    public required string State { get; init; }
    public string Visibility { get; init; } = "";
    public int Version { get; init; }
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Who sees it now; Chinese, then English.</summary>
    public string? Audience { get; init; }

    public bool MayEdit { get; init; }
    public IReadOnlyList<string> MissingForReview { get; init; } = [];
    public bool? ShowsPupils { get; init; }
    public bool SuggestsShowingPupils { get; init; }
    public DateTimeOffset? OpenUntil { get; init; }
    public Consent? Consent { get; init; }
    public Review? Review { get; init; }
    public IReadOnlyList<PartnershipSummary> SharedWith { get; init; } = [];
    public Listed<ResourceVersion>? Versions { get; init; }

    public bool WasReturned => State == "DRAFT" && Review?.Decision == "RETURNED";
}

public sealed record Consent(string Holder, string Scope, DateOnly? Until, DateTimeOffset RecordedAt, string? RecordedBy, DateTimeOffset? WithdrawnAt);

public sealed record Review
{
    public required string Id { get; init; }
    public OwnResource? Resource { get; init; }
    public int Version { get; init; }
    public string? SubmittedBy { get; init; }
    public DateTimeOffset SubmittedAt { get; init; }
    public string Visibility { get; init; } = "";
    public IReadOnlyList<Named> Partnerships { get; init; } = [];
    public string? Note { get; init; }
    public string? Decision { get; init; }
    public string? DecidedBy { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public IReadOnlyList<string> Reasons { get; init; } = [];
    public string? Comment { get; init; }
}

public sealed record Named(string Id, string Name);

public sealed record ResourceVersion(int Number, DateTimeOffset At, string What);
