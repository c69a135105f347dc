namespace ResourceHub.Core.People;

/// <summary>A teacher or administrator. One school at a time.</summary>
public sealed class Person
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string DisplayName { get; set => field = Guard.Text(value, 80, "A person needs a name"); }
    public Guid? SchoolId { get; set; }
    public Role Role { get; set; }
    public DateTime CreatedAt { get; init; }
}
