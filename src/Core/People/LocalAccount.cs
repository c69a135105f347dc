namespace ResourceHub.Core.People;

/// <summary>A name and password kept by the hub itself. Never part of an answer: it is no output type, and nothing refers to it.</summary>
public sealed class LocalAccount
{
    public const int NameLimit = 120;

    public Guid PersonId { get; init; }

    /// <summary>What is typed to sign in, such as an e-mail address.</summary>
    public required string UserName { get; set; }

    /// <summary>The same without case and width: no two accounts share one.</summary>
    public required string NormalizedUserName { get; set; }

    public string? PasswordHash { get; set; }
    public DateTime? PasswordChangedAt { get; set; }

    /// <summary>Wrong passwords in a row.</summary>
    public int FailedCount { get; set; }

    public DateTime? LockedUntil { get; set; }
}
