using ResourceHub.Api.Audit;
using ResourceHub.Core;
using ResourceHub.Core.Audit;
using ResourceHub.Core.People;

namespace ResourceHub.Api.People;

/// <summary>What a key was given: without it the door stays shut, before anything runs.</summary>
internal static class Scopes
{
    public static Problem? MissingFor(bool change, Viewer viewer)
        => !viewer.IsSignedIn ? null : change && !viewer.CanWrite ? Missing(ApiKeyScopes.Write) : !change && !viewer.CanRead ? Missing(ApiKeyScopes.Read) : null;

    /// <summary>Who was told so is written down.</summary>
    public static void Note(AuditQueue audit, Viewer viewer) => audit.Note(viewer, new AuditNote(AuditActions.Forbidden, Result: AuditResult.Refused, Detail: $"scopes: {string.Join(' ', viewer.Scopes)}"));

    public static Problem Missing(string scope)
        => new(Problem.Forbidden.Code, $"此密钥没有 {scope} 权限，请向管理员申请。This key does not have the scope {scope}; ask its administrator.");
}
