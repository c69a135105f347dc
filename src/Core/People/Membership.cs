using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Audit;
using ResourceHub.Core.Changes;

namespace ResourceHub.Core.People;

/// <summary>
/// Who is at which school in which role. People come by an invitation (<see cref="Invitations"/>); here their role changes, they move on and leave. Each
/// counts at their next request; what they made stays the school's.
/// </summary>
public sealed class Membership(ChangeDesk desk)
{
    public Task<Outcome<Person>> SetRoleAsync(Viewer viewer, Guid personId, Role role, string? key, CancellationToken ct)
        => ChangeAsync(viewer, key, "setRole", new { personId, role }, personId, async (db, person, now) =>
        {
            if (!viewer.CanRunPeopleOf(person.SchoolId)) return Problem.Forbidden;
            if (person.LeftAt is not null) return PeopleProblems.HasLeft;
            if (PeopleProblems.Mismatch(role, person.SchoolId) is { } mismatch) return mismatch;
            if (person.Role == role) return person;
            if (await IsLastAdminAsync(db, person, ct)) return PeopleProblems.LastAdmin;
            var before = person.Role;
            person.Take(person.SchoolId, role, now);
            await AuditLog.AddAsync(db, viewer, new AuditNote(AuditActions.RoleChanged, nameof(Person), person.Id, person.SchoolId, Detail: $"{person.DisplayName}: {before} → {role}"), now, ct);
            return person;
        }, ct);

    /// <summary>Takes somebody to another school, or to the hub's own office: by a hub admin, or by the receiving school once they have left the other.</summary>
    /// <param name="schoolId">Null for the hub's office.</param>
    public Task<Outcome<Person>> MoveAsync(Viewer viewer, Guid personId, Guid? schoolId, Role role, string? key, CancellationToken ct)
        => ChangeAsync(viewer, key, "moveMember", new { personId, schoolId, role }, personId, async (db, person, now) =>
        {
            if (!viewer.CanRunPeopleOf(schoolId)) return Problem.Forbidden;
            if (PeopleProblems.Mismatch(role, schoolId) is { } mismatch) return mismatch;
            if (schoolId is not null && !await db.Schools.AnyAsync(s => s.Id == schoolId, ct)) return Problem.NotFound("学校") with { Path = ["schoolId"] };
            if (person.LeftAt is null && person.SchoolId == schoolId) return new Problem("INVALID_STATE", "此人已在这里；更改角色请用 setRole。They are here already; setRole changes their role.", "schoolId");
            if (person.LeftAt is null && await IsLastAdminAsync(db, person, ct)) return PeopleProblems.LastAdmin;
            var from = person.SchoolId;
            person.Take(schoolId, role, now);
            person.EndSessions();
            await Invitations.RevokeOpenAsync(db, person.Id, now, ct);
            // A line for each school: the one that was left is told as well.
            var detail = $"{person.DisplayName}: {role}";
            await AuditLog.AddAsync(db, viewer, new AuditNote(AuditActions.Moved, nameof(Person), person.Id, schoolId, Detail: detail), now, ct);
            if (from is not null && from != schoolId) await AuditLog.AddAsync(db, viewer, new AuditNote(AuditActions.Moved, nameof(Person), person.Id, from, Detail: detail), now, ct);
            return person;
        }, ct);

    public Task<Outcome<Person>> RemoveAsync(Viewer viewer, Guid personId, string? key, CancellationToken ct)
        => ChangeAsync(viewer, key, "removeMember", new { personId }, personId, async (db, person, now) =>
        {
            if (!viewer.CanRunPeopleOf(person.SchoolId)) return Problem.Forbidden;
            if (person.LeftAt is not null) return person;
            if (await IsLastAdminAsync(db, person, ct)) return PeopleProblems.LastAdmin;
            person.Leave(now);
            await Invitations.RevokeOpenAsync(db, person.Id, now, ct);
            await AuditLog.AddAsync(db, viewer, new AuditNote(AuditActions.Left, nameof(Person), person.Id, person.SchoolId, Detail: person.DisplayName), now, ct);
            return person;
        }, ct);

    private Task<Outcome<Person>> ChangeAsync(
        Viewer viewer, string? key, string mutation, object input, Guid personId, Func<HubDb, Person, DateTime, Task<Outcome<Person>>> change, CancellationToken ct)
        => desk.MakeAsync<Person>(viewer, key, mutation, input, async (db, now) =>
        {
            var person = await db.People.Include(p => p.Places).FirstOrDefaultAsync(p => p.Id == personId, ct);
            // Somebody who left their school may be taken in by any school that knows their id.
            return person is null || !(viewer.Knows(person) || person.LeftAt is not null && viewer.CanRunPeopleOf(viewer.SchoolId)) ? Problem.NotFound("成员") with { Path = ["personId"] } : await change(db, person, now);
        }, ct);

    /// <summary>Without an admin nobody could invite the next one. The hub's office keeps one too.</summary>
    private static async Task<bool> IsLastAdminAsync(HubDb db, Person person, CancellationToken ct)
        => person.Role != Role.Teacher && !await db.People.AnyAsync(p => p.Id != person.Id && p.SchoolId == person.SchoolId && p.Role == person.Role && p.LeftAt == null, ct);
}
