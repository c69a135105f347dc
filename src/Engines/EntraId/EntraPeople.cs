using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;
using ResourceHub.Core.Audit;
using ResourceHub.Core.People;

namespace ResourceHub.Engines.EntraId;

/// <summary>Keeps the record's people as the directory has them: made when they first come, given the school and role that the settings map them to.</summary>
internal sealed class EntraPeople(IDbContextFactory<HubDb> databases, EntraRules rules, TimeProvider clock)
{
    private const int Tries = 3;

    /// <param name="isSignIn">True for somebody who just signed in: what is said of them is the newest there is. A token may be older than what is known.</param>
    public async Task<Outcome<Person>> MeetAsync(EntraIdentity who, bool isSignIn, RequestOrigin origin, CancellationToken ct)
    {
        if (rules.Tenants is { } tenants && (who.Tenant is null || !tenants.Contains(who.Tenant))) return EntraProblems.UnknownTenant;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryAsync(who, isSignIn, origin, ct);
            }
            catch (DbUpdateException) when (attempt < Tries)
            {
                // Two first requests at once: the other one made the person. Look again.
            }
        }
    }

    private async Task<Outcome<Person>> TryAsync(EntraIdentity who, bool isSignIn, RequestOrigin origin, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var place = await rules.PlaceOfAsync(db, who, ct);
        if (place is null && who.LacksGroups) return EntraProblems.TooManyGroups;
        if (place is null && who.IsApp) return EntraProblems.NoRole;
        // A token comes with each request and hardly ever says anything new: look before taking the writer's turn.
        var known = await db.People.AsNoTracking().Include(p => p.Places).FirstOrDefaultAsync(p => p.ExternalId == who.ExternalId, ct);
        if (known?.LeftAt is not null) return EntraProblems.Left;
        if (known is not null && !IsNews(known, who, place, isSignIn)) return known;

        await using var transaction = await db.BeginWriteAsync(ct);
        var now = clock.GetUtcNow().UtcDateTime;
        var person = await db.People.Include(p => p.Places).FirstOrDefaultAsync(p => p.ExternalId == who.ExternalId, ct);
        if (person is null) db.Add(person = new Person { DisplayName = who.Name, ExternalId = who.ExternalId, CreatedAt = now });
        if (isSignIn) person.DisplayName = who.Name;
        if (!Has(person, place))
        {
            var before = person.SchoolId;
            if (place is null) person.LosePlace(now);
            else
            {
                person.Take(place.SchoolId, place.Role, now);
                db.Add(person.Places[^1]);
            }
            await AuditLog.AddAsync(db, person.AsActor(origin), new AuditNote(
                before == person.SchoolId ? AuditActions.RoleChanged : AuditActions.Moved, nameof(Person), person.Id, person.SchoolId ?? before, Detail: place is null ? "directory: no place" : $"directory: {place.Role}"), now, ct);
        }
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return person;
    }

    private static bool IsNews(Person person, EntraIdentity who, MappedPlace? place, bool isSignIn)
    {
        if (isSignIn) return person.DisplayName != who.Name || !Has(person, place);
        // A token lives for an hour or so: one from before the last change would undo it. Its time is in whole seconds.
        var changed = person.Places.Count == 0 ? person.CreatedAt : person.Places.Max(p => p.Until ?? p.From);
        return !Has(person, place) && who.IssuedAt.AddSeconds(1) > changed;
    }

    private static bool Has(Person person, MappedPlace? place)
        => person.Places.Find(p => p.Until is null) is { } open ? place is not null && open.SchoolId == place.SchoolId && open.Role == place.Role : place is null;
}

internal static class Actors
{
    /// <summary>The person as the audit log names who acted; what they may do is read elsewhere.</summary>
    public static Viewer AsActor(this Person person, RequestOrigin origin) => new(person.Id, person.DisplayName, person.Role, person.SchoolId, [], []) { Origin = origin };
}
