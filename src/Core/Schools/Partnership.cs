namespace ResourceHub.Core.Schools;

/// <summary>结对的类型。What kind of partnership.</summary>
public enum PartnershipKind
{
    /// <summary>结对：两三所学校。Two or three schools.</summary>
    Pair,

    /// <summary>联盟。An alliance of several schools.</summary>
    Alliance,

    /// <summary>基地校：其他学校跟随牵头校的课。A strong school and those that follow its lessons.</summary>
    BaseSchool,

    /// <summary>区域协议。An agreement between districts.</summary>
    District,
}

/// <summary>结对的状态。Whether a partnership is in force.</summary>
public enum PartnershipState
{
    /// <summary>尚未生效。Not yet in force.</summary>
    Proposed,

    /// <summary>有效。In force.</summary>
    Active,

    /// <summary>已结束。Ended.</summary>
    Ended,
}

/// <summary>The agreement is the access policy: while it is in force, what a member shares with it is visible to all its members.</summary>
public sealed class Partnership : IHasId
{
    public const int NameLimit = 120;
    public const int ReasonLimit = 500;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public PartnershipKind Kind { get; init; }
    public required string Name { get; set => field = Guard.Text(value, NameLimit, "A partnership needs a name"); }
    public string? Batch { get; set; }
    public string? AgreementTitle { get; set; }
    public DateOnly? AgreementDate { get; set; }

    /// <summary>First day in force.</summary>
    public DateOnly From { get; init; }

    /// <summary>Last day in force; null when open-ended.</summary>
    public DateOnly? Until { get; set; }

    public DateOnly? EndedOn { get; private set; }
    public string? EndReason { get; private set; }

    /// <summary>Subject codes it covers; empty means all.</summary>
    public List<string> Subjects { get; set; } = [];

    /// <summary>Stage codes it covers; empty means all.</summary>
    public List<string> Stages { get; set; } = [];

    public List<PartnershipMember> Members { get; init; } = [];

    /// <summary>The school that proposed it; null when a hub admin made it.</summary>
    public Guid? ProposedBy { get; init; }

    /// <summary>When the last member accepted; null while it is a proposal, which only its members know of.</summary>
    public DateTime? AcceptedAt { get; set; }

    /// <summary>True once its end was noted in the feed of changes.</summary>
    public bool IsEndNoted { get; set; }

    public AgreementFile? AgreementFile { get; set; }
    public DateTime CreatedAt { get; init; }

    /// <summary>Needs the members.</summary>
    public bool Includes(Guid? schoolId) => Members.Exists(m => m.SchoolId == schoolId);

    public PartnershipState StateOn(DateOnly day)
        => EndedOn is { } ended && day >= ended || Until is { } until && day > until ? PartnershipState.Ended
         : AcceptedAt is null || day < From ? PartnershipState.Proposed
         : PartnershipState.Active;

    /// <summary>A school agrees to a proposal; with the last one it comes in force. Needs the members.</summary>
    public void Accept(Guid schoolId, DateTime utcNow)
    {
        Members.Single(m => m.SchoolId == schoolId).AcceptedAt ??= utcNow;
        if (Members.TrueForAll(m => m.AcceptedAt is not null)) AcceptedAt ??= utcNow;
    }

    /// <summary>Ends it on a day; what was shared through it closes at the next request on that day.</summary>
    public void End(DateOnly on, string? reason)
    {
        EndedOn = on;
        EndReason = reason;
    }
}

/// <summary>One school's place in a partnership.</summary>
public sealed class PartnershipMember
{
    public Guid PartnershipId { get; init; }
    public Guid SchoolId { get; init; }

    /// <summary>True for the strong school whose lessons the others follow (基地校).</summary>
    public bool Leads { get; init; }

    /// <summary>When the school accepted a proposal; null while it has not.</summary>
    public DateTime? AcceptedAt { get; set; }

    public Partnership? Partnership { get; init; }
}

/// <summary>The signed agreement as a file, for its members.</summary>
public sealed record AgreementFile(string Name, string MediaType, long Size, string Sha256);
