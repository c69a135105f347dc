using GraphQL;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Api.GraphQL;
using ResourceHub.Api.Schools;
using ResourceHub.Core;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.People;

[QueryType]
public static class PeopleQueries
{
    /// <summary>谁在提问。Who asks: nobody, a person, or a portal's key.</summary>
    public static Viewer GetViewer([Service] Viewer viewer) => viewer;

    /// <summary>一个人；同校的人和平台管理员可见。One person; for the people of their school and hub admins.</summary>
    /// <param name="id">全局编号。The global id.</param>
    public static IDataLoaderResult<Person?> GetPerson([ID<Person>] Guid id, [Service] PersonById people) => people.LoadAsync(id);

    /// <summary>接口密钥列表，新的在前；学校管理员看本校的，平台管理员看全部。API keys, the newest first; school admins see their school's, hub admins all.</summary>
    /// <param name="schoolId">只要这所学校的。Only of this school.</param>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    /// <param name="after">从此游标之后开始。Start after this cursor.</param>
    public static async Task<Connection<ApiKey>?> GetApiKeysAsync(
        [Service] IDbContextFactory<HubDb> databases, [Service] Viewer viewer, CancellationToken ct, [ID<School>] Guid? schoolId = null, int first = 20, string? after = null)
    {
        var school = schoolId ?? (viewer.IsHubAdmin ? null : viewer.SchoolId);
        if (!viewer.CanRunPeopleOf(school)) throw UserError.AsError([Problem.Forbidden]);
        await using var db = await databases.CreateDbContextAsync(ct);
        var before = Page.IdOf<ApiKey>(after);
        var page = await db.ApiKeys.AsNoTracking().Where(k => (school == null || k.SchoolId == school) && (before == null || k.Id < before)).OrderByDescending(k => k.Id).Take(first + 1).ToListAsync(ct);
        return Page.Of(page, first, after, k => k.Id.ToString("n"), databases.Count((all, stop) => all.ApiKeys.CountAsync(k => school == null || k.SchoolId == school, stop)));
    }
}

/// <summary>提问者。Who asks.</summary>
[ObjectType<Viewer>]
public static class ViewerType
{
    /// <summary>是否已登录或带有有效密钥。Whether somebody is signed in, or a key was sent.</summary>
    public static bool GetIsSignedIn([Parent] Viewer viewer) => viewer.IsSignedIn;

    /// <summary>姓名或密钥名。The person's or key's name.</summary>
    public static string? GetName([Parent] Viewer viewer) => viewer.Name;

    /// <summary>角色。The role.</summary>
    public static Role? GetRole([Parent] Viewer viewer) => viewer.Role;

    /// <summary>登录的人；未登录或使用密钥时为 null。The person who is signed in; null for nobody and for keys.</summary>
    public static IDataLoaderResult<Person?> GetPerson([Parent] Viewer viewer, [Service] PersonById people)
        => viewer.ActorId is { } actor ? people.LoadAsync(actor) : Later.Nothing<Person>();

    /// <summary>登录后的提示，如账号还没有归入学校时该联系谁；没有则为 null。What somebody signed in should know, such as whom to ask when they belong to no school yet.</summary>
    public static string? GetNotice([Parent] Viewer viewer, [Service] HubSettings settings)
        => viewer.Role == Role.Teacher && viewer.SchoolId is null ? AccountProblems.NoSchool(settings.Entra.AskWhom) : null;

    /// <summary>能否管理整个平台。Whether this viewer may run the hub.</summary>
    public static bool GetCanAdminister([Parent] Viewer viewer) => viewer.CanAdminister;

    /// <summary>所属学校。The school.</summary>
    public static IDataLoaderResult<School?> GetSchool([Parent] Viewer viewer, [Service] SchoolById schools)
        => viewer.SchoolId is { } school ? schools.LoadAsync(school) : Later.Nothing<School>();

    /// <summary>权限范围：read、write、admin。What it may do: read, write, admin.</summary>
    public static IReadOnlyList<string> GetScopes([Parent] Viewer viewer) => [.. viewer.Scopes.Order(StringComparer.Ordinal)];

    /// <summary>今天有效的结对。The school's partnerships that are in force today.</summary>
    public static IReadOnlyList<IDataLoaderResult<Partnership>> GetPartnerships([Parent] Viewer viewer, [Service] PartnershipById partnerships)
        => [.. viewer.Partnerships.Order().Select(p => partnerships.LoadAsync(p).Then(found => found!))];

    /// <summary>您创建的资源，新的在前。The resources you created, the newest first.</summary>
    /// <param name="state">只要这一状态。Only of this state.</param>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    /// <param name="after">从此游标之后开始。Start after this cursor.</param>
    public static async Task<Connection<Resource>> GetResourcesAsync(
        [Parent] Viewer viewer, [Service] IDbContextFactory<HubDb> databases, CancellationToken ct, ResourceState? state = null, int first = 20, string? after = null)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var before = Page.IdOf<Resource>(after);
        var page = await Own(db).AsNoTracking().Where(r => before == null || r.Id < before).OrderByDescending(r => r.Id).Take(first + 1).ToListAsync(ct);
        return Page.Of(page, first, after, r => r.Id.ToString("n"), databases.Count((all, stop) => Own(all).CountAsync(stop)));

        IQueryable<Resource> Own(HubDb all) => all.Resources.VisibleTo(viewer).Where(r => r.CreatedBy == viewer.ActorId && (state == null || r.State == state));
    }
}
