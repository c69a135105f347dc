using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;
using ResourceHub.Core.People;

namespace ResourceHub.Engines.EntraId;

/// <summary>Where the directory puts somebody: at a school in a role, or in the hub's own office.</summary>
internal sealed record MappedPlace(Guid? SchoolId, Role Role);

internal static class EntraMapping
{
    /// <summary>Null when the settings give no place: no role, no school, or more than one, as a person has one school at a time and nobody should guess which.</summary>
    public static async Task<MappedPlace?> PlaceOfAsync(this EntraRules rules, HubDb db, EntraIdentity who, CancellationToken ct)
    {
        var roles = who.RoleValues.Where(rules.Roles.ContainsKey).Select(value => rules.Roles[value]).Where(role => role != Role.HubAdmin || rules.IsOwn(who.Tenant)).ToList();
        Role? role = roles.Count > 0 ? roles.Max() : who.IsApp ? null : rules.DefaultRole;
        if (role is null) return null;
        if (role == Role.HubAdmin) return new MappedPlace(null, Role.HubAdmin);
        var named = who.SchoolValues.Where(rules.Schools.ContainsKey).Select(value => rules.Schools[value]).Distinct().ToList();
        var ids = named.Where(name => Guid.TryParse(name, out _)).Select(Guid.Parse).ToList();
        var schools = named.Count == 0 ? [] : await db.Schools.AsNoTracking().Where(s => named.Contains(s.Name) || ids.Contains(s.Id)).Select(s => s.Id).Take(2).ToListAsync(ct);
        return schools is [var school] ? new MappedPlace(school, role.Value) : null;
    }

    /// <summary>Is this the tenant whose word on hub admins counts?</summary>
    private static bool IsOwn(this EntraRules rules, string? tenant) => rules.HubTenant is null || string.Equals(rules.HubTenant, tenant, StringComparison.OrdinalIgnoreCase);
}
