using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.People;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.Schools;

[QueryType]
public static class SchoolQueries
{
    /// <summary>一所学校。One school.</summary>
    /// <param name="id">学校的全局编号。The school's global id.</param>
    public static IDataLoaderResult<School?> GetSchool([ID<School>] Guid id, [Service] SchoolById schools) => schools.LoadAsync(id);

    /// <summary>学校列表，按校名排序。Schools in the order of their names.</summary>
    /// <param name="text">校名、简称或地区包含的文字。Words in the name, short name or place.</param>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    /// <param name="after">从此游标之后开始。Start after this cursor.</param>
    public static async Task<Connection<School>> GetSchoolsAsync([Service] IDbContextFactory<HubDb> databases, CancellationToken ct, string? text = null, int first = 20, string? after = null)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var from = Page.KeyOf<School>(after);
        var page = await db.Schools.AsNoTracking().Named(text).Where(s => from == null || s.Name.CompareTo(from) > 0).OrderBy(s => s.Name).Take(first + 1).ToListAsync(ct);
        return Page.Of(page, first, after, s => s.Name, databases.Count((all, stop) => all.Schools.Named(text).CountAsync(stop)));
    }

    /// <summary>一项结对。One partnership.</summary>
    /// <param name="id">结对的全局编号。The partnership's global id.</param>
    public static IDataLoaderResult<Partnership?> GetPartnership([ID<Partnership>] Guid id, [Service] PartnershipById partnerships) => partnerships.LoadAsync(id);

    /// <summary>结对列表，新的在前；提议仅其成员学校可见。Partnerships, the newest first; proposals are shown to their schools only.</summary>
    /// <param name="kind">只要这一类型。Only of this kind.</param>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    /// <param name="after">从此游标之后开始。Start after this cursor.</param>
    public static async Task<Connection<Partnership>> GetPartnershipsAsync(
        [Service] IDbContextFactory<HubDb> databases, [Service] Viewer viewer, CancellationToken ct, PartnershipKind? kind = null, int first = 20, string? after = null)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var before = Page.IdOf<Partnership>(after);
        var page = await db.Partnerships.AsNoTracking().Include(p => p.Members).VisibleTo(viewer)
            .Where(p => kind == null || p.Kind == kind).Where(p => before == null || p.Id < before).OrderByDescending(p => p.Id).Take(first + 1).ToListAsync(ct);
        return Page.Of(page, first, after, p => p.Id.ToString("n"), databases.Count((all, stop) => all.Partnerships.VisibleTo(viewer).CountAsync(p => kind == null || p.Kind == kind, stop)));
    }
}
