using System.Security.Claims;
using ResourceHub.Core.People;
using ResourceHub.Core.Text;

namespace ResourceHub.Engines.EntraId;

/// <summary>What a checked token says of somebody.</summary>
/// <param name="ExternalId">The same at each sign-in: tenant and object for Entra, issuer and subject elsewhere.</param>
/// <param name="IsApp">A program that acts by itself, not for a person.</param>
/// <param name="SchoolValues">What the claim says that names a school.</param>
/// <param name="RoleValues">App roles and groups.</param>
/// <param name="LacksGroups">True when the issuer left the groups out because they were too many.</param>
internal sealed record EntraIdentity(
    string ExternalId, string Name, string? Tenant, bool IsApp, IReadOnlyList<string> SchoolValues, IReadOnlyList<string> RoleValues, IReadOnlyList<string> Scopes, DateTime IssuedAt, bool LacksGroups)
{
    public const string TenantClaim = "tid";
    private const string GroupsClaim = "groups";

    /// <summary>Null when the token does not say who it is about.</summary>
    public static EntraIdentity? Of(ClaimsIdentity claims, EntraRules rules)
    {
        string? One(string type) => claims.FindFirst(type)?.Value is { Length: > 0 } value ? value : null;
        IEnumerable<string> All(string type) => claims.FindAll(type).Select(c => c.Value);
        var (subject, tenant, entity) = (One("sub"), One(TenantClaim), One("oid"));
        var id = rules.IsEntra ? tenant is not null && entity is not null ? $"{tenant}|{entity}" : null
            : subject is not null && One("iss") is { } issuer ? $"{issuer}|{subject}" : null;
        if (id is null || !long.TryParse(One("iat"), out var issued)) return null;
        // Entra says so, or gives an application its own object as subject; RFC 9068 gives it its client id.
        var isApp = One("idtyp") == "app" || (rules.IsEntra ? subject == entity : subject == (One("client_id") ?? One("azp")));
        return new EntraIdentity(
            id, Shown(One("name")) ?? Shown(One("preferred_username")) ?? Shown(subject) ?? "?", tenant, isApp,
            [.. All(rules.SchoolClaim).Distinct()], [.. All("roles").Concat(All(GroupsClaim)).Distinct()],
            [.. All("scp").Concat(All("scope")).SelectMany(s => s.Split(' ', StringSplitOptions.RemoveEmptyEntries))],
            DateTimeOffset.FromUnixTimeSeconds(issued).UtcDateTime,
            One(GroupsClaim) is null && (One("hasgroups") is not null || One("_claim_names")?.Contains($"\"{GroupsClaim}\"", StringComparison.Ordinal) == true));
    }

    private static string? Shown(string? name)
    {
        if (CleanText.Line(name) is not { Length: > Person.NameLimit } clean) return CleanText.Line(name);
        return clean[..(char.IsHighSurrogate(clean[Person.NameLimit - 1]) ? Person.NameLimit - 1 : Person.NameLimit)];
    }
}
