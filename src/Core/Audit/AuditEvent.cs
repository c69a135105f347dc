namespace ResourceHub.Core.Audit;

/// <summary>结果。How it ended.</summary>
public enum AuditResult
{
    /// <summary>成功。Done.</summary>
    Ok,

    /// <summary>被拒绝。Refused: no right to do it, or the wrong password.</summary>
    Refused,
}

/// <summary>One line of the audit log: who did what to what, when, from where, and how it ended. Lines are only ever added; each hash covers the line and the hash before it.</summary>
public sealed class AuditEvent
{
    /// <summary>1, 2, 3 … without gaps: a missing number is a missing line.</summary>
    public required long Seq { get; init; }

    /// <summary>UTC, whole milliseconds.</summary>
    public required DateTime At { get; init; }

    public Guid? ActorId { get; init; }

    /// <summary>The name as it was then.</summary>
    public string? Actor { get; init; }

    public Guid? ActorSchoolId { get; init; }

    /// <summary>One of <see cref="AuditActions"/>.</summary>
    public required string Action { get; init; }

    /// <summary>Resource, Partnership, Person, ApiKey …; null when it is about nothing kept here.</summary>
    public string? ObjectType { get; init; }

    public Guid? ObjectId { get; init; }

    /// <summary>The school it concerns: its admins read it, as those of the actor's school do.</summary>
    public Guid? SchoolId { get; init; }

    public AuditResult Result { get; init; }
    public string? Detail { get; init; }
    public string? Ip { get; init; }
    public string? RequestId { get; init; }
    public byte[] Hash { get; set; } = [];
}

/// <summary>The last line's number and hash: without it, lines cut off at the end would not be missed.</summary>
public sealed class AuditHead
{
    public const int Only = 1;

    public int Id { get; init; } = Only;
    public long Seq { get; set; }
    public byte[] Hash { get; set; } = new byte[32];
}
