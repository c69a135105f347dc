namespace ResourceHub.Core.Resources;

/// <summary>
/// A statement that the consent of those who can be seen in a recording is held, by whom, how far it goes and until when. The hub keeps the statement,
/// never the consent itself, which names pupils.
/// </summary>
public sealed class Consent : IHasId
{
    public const int HolderLimit = 120;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid ResourceId { get; init; }

    /// <summary>Who holds the signed papers, such as an office of the school.</summary>
    public required string Holder { get; init => field = Guard.Text(value, HolderLimit, "A consent needs a holder"); }

    /// <summary>The widest visibility that the consent covers: PARTNERS, MEMBERS or PUBLIC.</summary>
    public Visibility Scope { get; init; }

    /// <summary>Last day of the consent; null when it has no end.</summary>
    public DateOnly? Until { get; init; }

    public Guid RecordedBy { get; init; }
    public DateTime RecordedAt { get; init; }
    public DateTime? WithdrawnAt { get; set; }
    public Guid? WithdrawnBy { get; set; }

    public bool IsInForceOn(DateOnly day) => WithdrawnAt is null && (Until is null || day <= Until);
}
