namespace ResourceHub.Core.Blobs;

/// <summary>An upload under way or done, waiting to be attached. Its bytes lie in the blob store; this row says whose it is and how long it is kept.</summary>
public sealed class Upload
{
    /// <summary>32 hex digits made by the server.</summary>
    public required string Id { get; init; }

    /// <summary>The person or key that began it; to anybody else it does not exist.</summary>
    public Guid OwnerId { get; init; }

    public required string Name { get; init; }
    public long Length { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime ExpiresAt { get; set; }

    /// <summary>Set once all bytes are stored for good.</summary>
    public string? Sha256 { get; set; }
}
