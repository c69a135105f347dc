using Microsoft.EntityFrameworkCore;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.People;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.Schools;

/// <summary>A school's people and invitations, page by page; null for those who may not see them.</summary>
public sealed class SchoolPeople(IDbContextFactory<HubDb> databases, Viewer viewer)
{
    /// <summary>Those who are there now, in the order they came.</summary>
    public async Task<Connection<Person>?> MembersAsync(School school, int first, string? after, CancellationToken ct)
    {
        if (!(viewer.IsHubAdmin || viewer.SchoolId == school.Id)) return null;
        var from = Page.IdOf<Person>(after);
        await using var db = await databases.CreateDbContextAsync(ct);
        var page = await db.People.AsNoTracking().Include(p => p.Places).Where(p => p.SchoolId == school.Id && p.LeftAt == null && (from == null || p.Id > from)).OrderBy(p => p.Id).Take(first + 1).ToListAsync(ct);
        return Page.Of(page, first, after, p => p.Id.ToString("n"), databases.Count((all, stop) => all.People.CountAsync(p => p.SchoolId == school.Id && p.LeftAt == null, stop)));
    }

    /// <summary>The newest first.</summary>
    public async Task<Connection<Invitation>?> InvitationsAsync(School school, int first, string? after, CancellationToken ct)
    {
        if (!viewer.CanRunPeopleOf(school.Id)) return null;
        var before = Page.IdOf<Invitation>(after);
        await using var db = await databases.CreateDbContextAsync(ct);
        var page = await db.Invitations.AsNoTracking().Where(i => i.SchoolId == school.Id && (before == null || i.Id < before)).OrderByDescending(i => i.Id).Take(first + 1).ToListAsync(ct);
        return Page.Of(page, first, after, i => i.Id.ToString("n"), databases.Count((all, stop) => all.Invitations.CountAsync(i => i.SchoolId == school.Id, stop)));
    }
}
