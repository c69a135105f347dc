namespace ResourceHub.Core.Keys;

/// <summary>A key that all processes of a hub seal with: of sessions, forms and cursors. In the record, so that any process opens what another sealed.</summary>
public sealed class SharedKey
{
    /// <summary>What it is for, and its own name where there are several.</summary>
    public required string Name { get; init; }

    public required string Value { get; init; }
    public DateTime CreatedAt { get; init; }
}
