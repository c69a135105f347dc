using GraphQL.DataLoader;
using ResourceHub.Api.GraphQL;
using ResourceHub.Api.Schools;
using ResourceHub.Core;
using ResourceHub.Core.People;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.People;

/// <summary>门户的接口密钥。密钥原文只在创建时给出一次。A portal's key. Its secret is shown once, when it is made.</summary>
[ObjectType<ApiKey>]
public static class ApiKeyType
{
    /// <summary>全局编号。The global id.</summary>
    [ID<ApiKey>]
    public static string GetId([Parent] ApiKey key) => GlobalId.Of<ApiKey>(key.Id);

    /// <summary>名称。Its name.</summary>
    public static string GetName([Parent] ApiKey key) => key.Name;

    /// <summary>角色。The role it stands for.</summary>
    public static Role GetRole([Parent] ApiKey key) => key.Role;

    /// <summary>所属学校；平台管理员的密钥为 null。The school it stands for; null for a hub admin's.</summary>
    public static IDataLoaderResult<School?> GetSchool([Parent] ApiKey key, [Service] SchoolById schools)
        => key.SchoolId is { } school ? schools.LoadAsync(school) : Later.Nothing<School>();

    /// <summary>权限范围：read、write、admin。What it may do.</summary>
    public static IReadOnlyList<string> GetScopes([Parent] ApiKey key) => key.Scopes;

    /// <summary>每分钟最多请求数；为 null 时用平台的上限。Requests a minute; the hub's own limit when null.</summary>
    public static int? GetRequestsPerMinute([Parent] ApiKey key) => key.RequestsPerMinute;

    /// <summary>创建时间。When it was made.</summary>
    public static DateTime GetCreatedAt([Parent] ApiKey key) => key.CreatedAt;

    /// <summary>失效时间。When it ends.</summary>
    public static DateTime? GetExpiresAt([Parent] ApiKey key) => key.ExpiresAt;

    /// <summary>最近使用时间，精确到分钟。When it was last used, to a minute.</summary>
    public static DateTime? GetLastUsedAt([Parent] ApiKey key) => key.LastUsedAt;

    /// <summary>撤销时间。When it was revoked.</summary>
    public static DateTime? GetRevokedAt([Parent] ApiKey key) => key.RevokedAt;
}

/// <summary>新的接口密钥。A new API key.</summary>
/// <param name="Name">名称。Its name.</param>
/// <param name="SchoolId">所代表的学校；省略即为平台管理员的密钥。The school it stands for; without one it is a hub admin's.</param>
/// <param name="Role">角色。The role it stands for.</param>
/// <param name="Scopes">权限范围，默认 read。What it may do; read when left out.</param>
/// <param name="ExpiresAt">失效时间。When it ends.</param>
/// <param name="RequestsPerMinute">每分钟最多请求数；省略则用平台的上限。Requests a minute; the hub's own limit when left out.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record CreateApiKeyInput(
    string Name, [ID<School>] Guid? SchoolId = null, Role? Role = null, IReadOnlyList<string>? Scopes = null, DateTime? ExpiresAt = null,
    int? RequestsPerMinute = null, string? ClientMutationId = null);

/// <summary>撤销密钥。The end of a key.</summary>
/// <param name="ApiKeyId">密钥。Which one.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record RevokeApiKeyInput([ID<ApiKey>] Guid ApiKeyId, string? ClientMutationId = null);

[MutationType]
public static class ApiKeyMutations
{
    /// <summary>创建接口密钥；学校管理员可为本校创建。Makes an API key; school admins may for their own school.</summary>
    /// <param name="input">密钥。The key.</param>
    public static async Task<CreateApiKeyPayload> CreateApiKeyAsync(CreateApiKeyInput input, [Service] KeyRing keys, [Service] Viewer viewer, CancellationToken ct)
        => new(await keys.CreateKeyAsync(viewer, new NewApiKey(input.Name, input.SchoolId, input.Role, input.Scopes, input.ExpiresAt, input.RequestsPerMinute), input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>撤销接口密钥，立即生效；本校管理员或平台管理员。Revokes an API key at once; for its school's admins and hub admins.</summary>
    /// <param name="input">密钥。Which one.</param>
    public static async Task<RevokeApiKeyPayload> RevokeApiKeyAsync(RevokeApiKeyInput input, [Service] KeyRing keys, [Service] Viewer viewer, CancellationToken ct)
        => new(await keys.RevokeKeyAsync(viewer, input.ApiKeyId, input.ClientMutationId, ct), input.ClientMutationId);
}

/// <summary>createApiKey 的结果。What came of createApiKey.</summary>
public sealed record CreateApiKeyPayload([property: GraphQLIgnore] Outcome<IssuedKey> Outcome, string? ClientMutationId) : Payload(Outcome.Problems, ClientMutationId)
{
    /// <summary>密钥原文，只给出这一次；重试时为 null。The secret, shown this once; null when the same request is sent again.</summary>
    public string? Secret => Outcome.Value?.Secret;

    /// <summary>密钥；未办成时为 null。The key; null when nothing was done.</summary>
    public ApiKey? ApiKey => Outcome.Value?.Key;
}

/// <summary>revokeApiKey 的结果。What came of revokeApiKey.</summary>
public sealed record RevokeApiKeyPayload([property: GraphQLIgnore] Outcome<ApiKey> Outcome, string? ClientMutationId) : Payload(Outcome.Problems, ClientMutationId)
{
    /// <summary>密钥；未办成时为 null。The key; null when nothing was done.</summary>
    public ApiKey? ApiKey => Outcome.Value;
}
