namespace ResourceHub.Core.Schools;

/// <summary>A school owns what it uploads. Which textbook edition it teaches from is its own data, never assumed from its district.</summary>
public sealed class School : IHasId
{
    public const int NameLimit = 120;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Name { get; set => field = Guard.Text(value, NameLimit, "A school needs a name"); }
    public string? ShortName { get; set; }
    public string? District { get; set; }
    public string? City { get; set; }
    public string? Province { get; set; }

    /// <summary>Stage codes of the taxonomy, such as <c>primary</c>.</summary>
    public List<string> Stages { get; set; } = [];

    /// <summary>Subject code → edition code, such as mathematics → bnu.</summary>
    public Dictionary<string, string> Editions { get; set; } = [];

    /// <summary>Whether an admin may approve what they uploaded themselves; small schools have but one.</summary>
    public bool MayApproveOwn { get; set; }

    public DateTime CreatedAt { get; init; }
}
