using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Schools;

namespace ResourceHub.Core.People;

/// <summary>Makes viewers of people and keys from the record as it is now, so that leaving, moving and the end of a partnership count at the next request.</summary>
public sealed class Viewers(IDbContextFactory<HubDb> databases, TimeProvider clock)
{
    /// <summary>What somebody signed in as a person may do by themselves.</summary>
    private static readonly FrozenSet<string> OfTeachers = [ApiKeyScopes.Read, ApiKeyScopes.Write];
    private static readonly FrozenSet<string> OfAdmins = [.. ApiKeyScopes.All];

    /// <summary>Null when the session is no longer good: the person left, or its stamp is an old one.</summary>
    public async Task<Viewer?> OfPersonAsync(Guid personId, Guid sessionStamp, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var person = await db.People.AsNoTracking().FirstOrDefaultAsync(p => p.Id == personId && p.SessionStamp == sessionStamp && p.LeftAt == null, ct);
        return person is null ? null : await OfAsync(db, person, ct);
    }

    public async Task<Viewer> OfAsync(HubDb db, Person person, CancellationToken ct)
        => new(person.Id, person.DisplayName, person.Role, person.SchoolId, person.Role == Role.Teacher ? OfTeachers : OfAdmins, await PartnershipsOfAsync(db, person.SchoolId, ct));

    public async Task<Viewer> OfAsync(HubDb db, ApiKey key, CancellationToken ct)
        => new(key.Id, key.Name, key.Role, key.SchoolId, key.Scopes.ToFrozenSet(), await PartnershipsOfAsync(db, key.SchoolId, ct)) { IsKey = true, RequestsPerMinute = key.RequestsPerMinute };

    private async Task<FrozenSet<Guid>> PartnershipsOfAsync(HubDb db, Guid? schoolId, CancellationToken ct)
        => schoolId is null ? [] : (await db.Partnerships.InForceOn(clock.Today()).Where(p => p.Members.Any(m => m.SchoolId == schoolId)).Select(p => p.Id).ToListAsync(ct)).ToFrozenSet();
}
