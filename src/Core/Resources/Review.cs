namespace ResourceHub.Core.Resources;

/// <summary>退回的原因。Why a resource was returned to its author.</summary>
public enum ReturnReason
{
    /// <summary>授权不明。Its licence is unclear.</summary>
    LicenceUnclear,

    /// <summary>信息不全。Its description is incomplete.</summary>
    MetadataIncomplete,

    /// <summary>技术问题。A technical fault.</summary>
    TechnicalFault,

    /// <summary>有学生出镜而无同意书。Pupils can be seen and nobody holds their consent.</summary>
    PupilsVisibleWithoutConsent,

    /// <summary>其他。Something else, said in the comment.</summary>
    Other,
}

/// <summary>One round of a school's review: what was asked for, and what was decided. Open while it has no decision.</summary>
public sealed class Review : IHasId
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid ResourceId { get; init; }

    /// <summary>The school whose queue it is in.</summary>
    public Guid SchoolId { get; init; }

    public int Version { get; init; }
    public Guid SubmittedBy { get; init; }
    public DateTime SubmittedAt { get; init; }

    /// <summary>Who the author wants to see it once it is approved.</summary>
    public Visibility Visibility { get; init; }

    /// <summary>With which partnerships the author wants to share it.</summary>
    public List<Guid> Partnerships { get; init; } = [];

    public string? Note { get; init; }
    public Guid? DecidedBy { get; private set; }
    public DateTime? DecidedAt { get; private set; }

    /// <summary>Null while open.</summary>
    public bool? IsApproved { get; private set; }

    public List<ReturnReason> Reasons { get; private set; } = [];
    public string? Comment { get; private set; }

    public void Decide(bool isApproved, Guid by, DateTime utcNow, IReadOnlyList<ReturnReason> reasons, string? comment)
        => (IsApproved, DecidedBy, DecidedAt, Reasons, Comment) = (isApproved, by, utcNow, [.. reasons], comment);
}
