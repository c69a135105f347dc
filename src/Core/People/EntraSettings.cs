namespace ResourceHub.Core.People;

/// <summary>
/// Where people sign in when <c>Hub:Accounts</c> is <c>entra</c>, and what the directory's words mean here; under <c>Hub:Entra</c>. For Microsoft Entra ID
/// give a tenant; for any other OpenID Connect issuer its authority.
/// </summary>
public sealed class EntraSettings
{
    /// <summary>Entra's address; another one for national clouds, such as https://login.partner.microsoftonline.cn.</summary>
    public string? Instance { get; set; }

    /// <summary>The tenant's id, or <c>organizations</c> for several tenants.</summary>
    public string? TenantId { get; set; }

    /// <summary>An issuer that is not Entra, as it names itself in its tokens.</summary>
    public string? Authority { get; set; }

    /// <summary>The hub's registration there.</summary>
    public string? ClientId { get; set; }

    /// <summary>Its secret there.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>What tokens for the API say in <c>aud</c>. For Entra the client id, with and without <c>api://</c>, when left out.</summary>
    public string? Audience { get; set; }

    /// <summary>Tenants whose people may sign in, beside those that <see cref="Schools"/> names.</summary>
    public List<string> Tenants { get; set; } = [];

    /// <summary>The claim that says which school somebody belongs to.</summary>
    public string SchoolClaim { get; set; } = "tid";

    /// <summary>A value of that claim, such as a tenant's id → a school's name or id.</summary>
    public Dictionary<string, string> Schools { get; set; } = [];

    /// <summary>An app role, or a group's id → TEACHER, SCHOOL_ADMIN or HUB_ADMIN. Who has several gets the highest.</summary>
    public Dictionary<string, string> Roles { get; set; } = [];

    /// <summary>TEACHER, when everybody of a school's tenant is one. Without it a person needs a role: most tenants have pupils too.</summary>
    public string? DefaultRole { get; set; }

    /// <summary>The operator's own tenant: of several tenants only its people can be hub admins, as each tenant gives out app roles itself.</summary>
    public string? HubTenant { get; set; }

    /// <summary>A scope of tokens → what they may do, such as <c>read,write</c>. Access_as_user gives both when none is named.</summary>
    public Dictionary<string, string> Scopes { get; set; } = [];

    /// <summary>Whom somebody asks who is signed in but belongs to no school: a name, an address, a telephone number.</summary>
    public string? AskWhom { get; set; }
}
