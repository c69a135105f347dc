namespace ResourceHub.Core.Comparison;

/// <summary>What a school decided about one change of its copy's source: taken over or declined. A declined one comes back only when it changes again.</summary>
public sealed class ChangeDecision
{
    /// <summary>The copy: a resource or a lesson.</summary>
    public Guid CopyId { get; init; }

    /// <summary>Which change: a field or a part, as the comparison names it.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 of what the source then said there.</summary>
    public required byte[] Offered { get; set; }

    public bool IsTaken { get; set; }

    /// <summary>The source's version that was looked at.</summary>
    public int SourceVersion { get; set; }

    public Guid By { get; set; }
    public DateTime At { get; set; }
}

/// <summary>A comparison that was made once. What it compares never changes, so neither does the answer; old ones go when there are too many.</summary>
public sealed class KeptComparison
{
    /// <summary>SHA-256 over what was compared and the comparison's own version.</summary>
    public required byte[] Key { get; init; }

    /// <summary>The answer as JSON.</summary>
    public required string Result { get; init; }

    public DateTime At { get; init; }
}
