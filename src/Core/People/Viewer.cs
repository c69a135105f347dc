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
    public static readonly Viewer Anonymous = new(null, null, null, null, [], []);

    public bool IsSignedIn => ActorId is not null;
    public bool IsHubAdmin => Role == People.Role.HubAdmin;
    public bool CanWrite => IsSignedIn && Scopes.Contains(ApiKeyScopes.Write);

    /// <summary>May this viewer change what the school owns?</summary>
    public bool CanWriteFor(Guid schoolId) => CanWrite && (IsHubAdmin || SchoolId == schoolId);

    /// <summary>May this viewer run the hub: create schools, partnerships and keys?</summary>
    public bool CanAdminister => IsHubAdmin && Scopes.Contains(ApiKeyScopes.Admin);
}
