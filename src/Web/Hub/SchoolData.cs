namespace ResourceHub.Web.Hub;

/// <summary>Somebody of a school, as far as the viewer may know.</summary>
public sealed record Member
{
    public required string Id { get; init; }
    public required string DisplayName { get; init; }
    public required string Role { get; init; }
    public string? UserName { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LockedUntil { get; init; }
    public IReadOnlyList<Place> Places { get; init; } = [];

    public sealed record Place(string Role, DateTimeOffset From, DateTimeOffset? Until, School? School);
}

public sealed record Invited(string Id, string Kind, string DisplayName, string Role, bool IsOpen, DateTimeOffset ExpiresAt);

public sealed record SchoolData
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public string? ShortName { get; init; }
    public string? District { get; init; }
    public string? City { get; init; }
    public bool? MayApproveOwn { get; init; }
    public Listed<Member>? Members { get; init; }
    public Listed<Invited>? Invitations { get; init; }
}

/// <summary>A portal's key; its secret is shown once, when it is made.</summary>
public sealed record ApiKey
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Role { get; init; }
    public School? School { get; init; }
    public IReadOnlyList<string> Scopes { get; init; } = [];
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
}

public sealed record AuditEvent
{
    public long Seq { get; init; }
    public DateTimeOffset At { get; init; }
    public string? Actor { get; init; }
    public required string Action { get; init; }
    public string? ObjectType { get; init; }
    public string? ObjectId { get; init; }
    public School? School { get; init; }
    public required string Result { get; init; }
    public string? Detail { get; init; }
    public string? Ip { get; init; }
    public string? RequestId { get; init; }
}
