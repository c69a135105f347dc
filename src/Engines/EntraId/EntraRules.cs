using System.Collections.Frozen;
using ResourceHub.Core.People;

namespace ResourceHub.Engines.EntraId;

/// <summary>The settings after they were checked: where people sign in, and what the directory's words mean here.</summary>
/// <param name="Authority">Without a slash at its end.</param>
/// <param name="Tenants">Whose people may sign in; null where the issuer decides that.</param>
/// <param name="Schools">A claim's value → a school's name or id.</param>
internal sealed record EntraRules(
    bool IsEntra, string Authority, string ClientId, string ClientSecret, IReadOnlyList<string> Audiences, FrozenSet<string>? Tenants, string? HubTenant,
    string SchoolClaim, FrozenDictionary<string, string> Schools, FrozenDictionary<string, Role> Roles, Role? DefaultRole, FrozenDictionary<string, FrozenSet<string>> Scopes,
    string? AskWhom)
{
    public const string GlobalInstance = "https://login.microsoftonline.com";
    private const string AnyOrganization = "organizations";

    /// <exception cref="SettingsException">They cannot work; the message says what to change.</exception>
    public static EntraRules Read(EntraSettings settings)
    {
        var isEntra = settings.TenantId is not null;
        var authority = isEntra ? OfEntra(settings) : OfIssuer(settings);
        if (string.IsNullOrWhiteSpace(settings.ClientId)) throw new SettingsException("Hub:Entra:ClientId is missing: register the hub with the issuer and give the application's (client) id.");
        if (string.IsNullOrWhiteSpace(settings.ClientSecret)) throw new SettingsException("Hub:Entra:ClientSecret is missing: make a secret for the hub's registration and give it in the environment as Hub__Entra__ClientSecret.");
        if (!isEntra && string.IsNullOrWhiteSpace(settings.Audience)) throw new SettingsException("Hub:Entra:Audience is missing: give what the issuer writes as aud into tokens for the API, such as api://hub.");
        var roles = settings.Roles.ToFrozenDictionary(r => r.Key, r => RoleOf($"Hub:Entra:Roles:{r.Key}", r.Value), StringComparer.OrdinalIgnoreCase);
        Role? usual = settings.DefaultRole is null ? null : RoleOf("Hub:Entra:DefaultRole", settings.DefaultRole);
        if (usual is not (null or Role.Teacher)) throw new SettingsException("Hub:Entra:DefaultRole can only be TEACHER: administrators are named by Hub:Entra:Roles.");
        if (usual is null && roles.Count == 0) throw new SettingsException("Nobody would have a role: map app roles or groups in Hub:Entra:Roles, or say Hub:Entra:DefaultRole=TEACHER where everybody of a school's tenant is a teacher.");
        return new EntraRules(
            isEntra, authority, settings.ClientId, settings.ClientSecret,
            settings.Audience is { } audience ? [audience] : [settings.ClientId, $"api://{settings.ClientId}"],
            TenantsOf(settings, roles), settings.HubTenant, settings.SchoolClaim, settings.Schools.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase), roles, usual, ScopesOf(settings), settings.AskWhom);
    }

    private static string OfEntra(EntraSettings settings)
    {
        if (settings.Authority is not null) throw new SettingsException("Hub:Entra has both an Authority and a TenantId: give the tenant for Microsoft Entra ID, or the authority of another issuer, not both.");
        if (settings.TenantId is "common" or "consumers") throw new SettingsException($"Hub:Entra:TenantId={settings.TenantId} lets in private accounts, which belong to no school: give the tenant's id, or organizations for several tenants.");
        var instance = settings.Instance ?? GlobalInstance;
        if (!Uri.TryCreate(instance, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps || address.PathAndQuery != "/")
            throw new SettingsException($"Hub:Entra:Instance={instance} is no address of Entra: it is https and a host, such as {GlobalInstance}.");
        if (string.IsNullOrWhiteSpace(settings.TenantId) || Uri.EscapeDataString(settings.TenantId) != settings.TenantId)
            throw new SettingsException($"Hub:Entra:TenantId={settings.TenantId} is no tenant: give its id or domain, or organizations.");
        return $"{instance.TrimEnd('/')}/{settings.TenantId}/v2.0";
    }

    private static string OfIssuer(EntraSettings settings)
    {
        if (settings.Authority is null) throw new SettingsException("Hub:Accounts=entra needs to know where people sign in: Hub:Entra:TenantId for Microsoft Entra ID, or Hub:Entra:Authority for another OpenID Connect issuer.");
        if (settings.Instance is not null) throw new SettingsException("Hub:Entra:Instance goes with Hub:Entra:TenantId; an issuer that is not Entra is named by Hub:Entra:Authority alone.");
        if (!Uri.TryCreate(settings.Authority, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http") || address.Query.Length + address.Fragment.Length + address.UserInfo.Length > 0)
            throw new SettingsException($"Hub:Entra:Authority={settings.Authority} is no issuer's address; it looks like https://sign-in.example.edu.cn.");
        if (address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback)
            throw new SettingsException($"Hub:Entra:Authority={settings.Authority} must be https: by http anybody on the way could give themselves any identity. Only this machine's own addresses may be http.");
        return settings.Authority.TrimEnd('/');
    }

    private static FrozenSet<string>? TenantsOf(EntraSettings settings, IReadOnlyDictionary<string, Role> roles)
    {
        var several = settings.TenantId == AnyOrganization || settings.Tenants.Count > 1;
        if (!several && settings.Tenants.Count == 0) return null;
        var byTenant = settings.SchoolClaim == EntraIdentity.TenantClaim;
        if (several && !byTenant)
            throw new SettingsException("Hub:Entra:SchoolClaim must be tid with several tenants: any other claim a tenant can give its people as it likes, and so another school.");
        if (several && settings.HubTenant is null && roles.Values.Contains(Role.HubAdmin))
            throw new SettingsException("Hub:Entra:HubTenant is missing: of several tenants each gives out its own app roles, so say whose HUB_ADMINs are meant.");
        var tenants = settings.Tenants.Concat(byTenant ? settings.Schools.Keys : []).Concat(settings.HubTenant is { } own ? [own] : []).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        if (tenants.Count == 0) throw new SettingsException("Hub:Entra:TenantId=organizations lets in people of listed tenants only: list them in Hub:Entra:Schools (tenant id → school) or Hub:Entra:Tenants.");
        return tenants;
    }

    private static FrozenDictionary<string, FrozenSet<string>> ScopesOf(EntraSettings settings)
    {
        var named = settings.Scopes.Count > 0 ? settings.Scopes : new Dictionary<string, string> { ["access_as_user"] = $"{ApiKeyScopes.Read},{ApiKeyScopes.Write}" };
        return named.ToFrozenDictionary(s => s.Key, s =>
        {
            var given = s.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return given.Length > 0 && given.All(ApiKeyScopes.All.Contains) ? given.ToFrozenSet()
                : throw new SettingsException($"Hub:Entra:Scopes:{s.Key}={s.Value} is unknown; write read, write or admin, separated by commas.");
        }, StringComparer.Ordinal);
    }

    private static Role RoleOf(string setting, string word) => word switch
    {
        "TEACHER" => Role.Teacher,
        "SCHOOL_ADMIN" => Role.SchoolAdmin,
        "HUB_ADMIN" => Role.HubAdmin,
        _ => throw new SettingsException($"{setting}={word} is unknown; a role is TEACHER, SCHOOL_ADMIN or HUB_ADMIN."),
    };
}
