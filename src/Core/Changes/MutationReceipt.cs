namespace ResourceHub.Core.Changes;

/// <summary>Remembers what a client's request was answered with: the same key by the same caller gives the same answer, also when the first answer never arrived.</summary>
public sealed class MutationReceipt
{
    public const int KeyLimit = 200;

    public Guid CallerId { get; init; }
    public required string Key { get; init; }

    /// <summary>SHA-256 of the mutation's name and input, so that a key used for something else is noticed.</summary>
    public required byte[] InputHash { get; init; }

    /// <summary>The entity that the first answer was about.</summary>
    public Guid Subject { get; init; }

    public DateTime At { get; init; }
}
