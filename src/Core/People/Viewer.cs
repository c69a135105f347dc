using System.Collections.Frozen;

namespace ResourceHub.Core.People;

/// <summary>角色。The role of a person or key.</summary>
public enum Role
{
    /// <summary>教师。A teacher.</summary>
    Teacher,

    /// <summary>学校管理员。An administrator of a school.</summary>
    SchoolAdmin,

    /// <summary>平台管理员。An administrator of the hub.</summary>
    HubAdmin,
}

/// <summary>Who asks, as every rule sees them: nobody, a person, or a portal's key. Made anew for each request from the database.</summary>
/// <param name="ActorId">The person's or key's id; null for somebody not signed in.</param>
/// <param name="Name">Shown to the viewer itself only.</param>
/// <param name="Partnerships">Partnerships of the school that are in force today.</param>
public sealed record Viewer(Guid? ActorId, string? Name, Role? Role, Guid? SchoolId, FrozenSet<string> Scopes, FrozenSet<Guid> Partnerships)
{
    /// <summary>Where the request came from, for the audit log.</summary>
    public RequestOrigin Origin { get; init; } = RequestOrigin.Unknown;

    /// <summary>A portal's key, not a person.</summary>
    public bool IsKey { get; init; }

    /// <summary>A key's own limit; the hub's when null.</summary>
    public int? RequestsPerMinute { get; init; }

    public static readonly Viewer Anonymous = new(null, null, null, null, [], []);

    /// <summary>The hub itself, for what it does by the clock.</summary>
    public static readonly Viewer Hub = new(null, "ResourceHub", null, null, [], []);

    public bool IsSignedIn => ActorId is not null;
    public bool IsHubAdmin => Role == People.Role.HubAdmin;
    public bool CanRead => !IsSignedIn || Scopes.Contains(ApiKeyScopes.Read);
    public bool CanWrite => IsSignedIn && Scopes.Contains(ApiKeyScopes.Write);

    /// <summary>May this viewer change what the school owns?</summary>
    public bool CanWriteFor(Guid schoolId) => CanWrite && (IsHubAdmin || SchoolId == schoolId);

    /// <summary>May this viewer run this school: its members, keys and reviews?</summary>
    public bool CanRun(Guid? schoolId) => CanWrite && (CanAdminister || Role == People.Role.SchoolAdmin && schoolId is not null && SchoolId == schoolId);

    /// <summary>May this viewer invite, move and remove this school's people and make its keys? A portal's key may only where that was given to it.</summary>
    public bool CanRunPeopleOf(Guid? schoolId) => CanRun(schoolId) && Scopes.Contains(ApiKeyScopes.Admin);

    /// <summary>May this viewer run the hub: create schools, partnerships and keys?</summary>
    public bool CanAdminister => IsHubAdmin && Scopes.Contains(ApiKeyScopes.Admin);
}

/// <summary>Where a request came from.</summary>
/// <param name="Ip">The client's address, told by the connection or by a trusted proxy.</param>
/// <param name="RequestId">The same in the log and in the answer's X-Request-Id.</param>
public sealed record RequestOrigin(string? Ip, string? RequestId)
{
    public static readonly RequestOrigin Unknown = new(null, null);
}
