using GraphQL.DataLoader;
using ResourceHub.Api.GraphQL;
using ResourceHub.Api.Schools;
using ResourceHub.Core.People;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.People;

/// <summary>教师或管理员。同校的人互相可见。A teacher or administrator; known to the people of their own school.</summary>
[ObjectType<Person>, Node]
public static class PersonType
{
    [NodeResolver]
    public static IDataLoaderResult<Person?> Find(Guid id, [Service] PersonById people) => people.LoadAsync(id);

    /// <summary>姓名。The name.</summary>
    public static string GetDisplayName([Parent] Person person) => person.DisplayName;

    /// <summary>角色。The role.</summary>
    public static Role GetRole([Parent] Person person) => person.Role;

    /// <summary>所属学校；平台管理员为 null。The school; null for hub admins.</summary>
    public static IDataLoaderResult<School?> GetSchool([Parent] Person person, [Service] SchoolById schools)
        => person.SchoolId is { } school ? schools.LoadAsync(school) : Later.Nothing<School>();

    /// <summary>曾经和现在所在的学校，新的在前。Where they are and were, the newest first.</summary>
    public static IReadOnlyList<PersonPlace> GetPlaces([Parent] Person person) => [.. person.Places.OrderByDescending(p => p.From)];

    /// <summary>登录用的用户名；本人和本校管理员可见。What is typed to sign in; for the person and their own admins.</summary>
    public static IDataLoaderResult<string?> GetUserName([Parent] Person person, [Service] AccountOfPerson accounts, [Service] Viewer viewer)
        => viewer.MaySeeAccountOf(person) ? accounts.LoadAsync(person.Id).Then(account => account?.UserName) : Later.Nothing<string>();

    /// <summary>因输错密码暂停登录至何时；本人和本校管理员可见。Until when sign-in is locked after wrong passwords; for the person and their own admins.</summary>
    public static IDataLoaderResult<DateTime?> GetLockedUntil([Parent] Person person, [Service] AccountOfPerson accounts, [Service] Viewer viewer, [Service] TimeProvider clock)
        => viewer.MaySeeAccountOf(person) ? accounts.LoadAsync(person.Id).Then(account => account?.LockedUntil > clock.GetUtcNow().UtcDateTime ? account.LockedUntil : null) : Later.Given<DateTime?>(null);

    /// <summary>加入平台的时间。When they joined the hub.</summary>
    public static DateTime GetCreatedAt([Parent] Person person) => person.CreatedAt;

    /// <summary>离开的时间；仍在校时为 null。When they left; null while they have not.</summary>
    public static DateTime? GetLeftAt([Parent] Person person) => person.LeftAt;
}

/// <summary>在一所学校任职的一段时间。A time that somebody spent at a school.</summary>
[ObjectType<PersonPlace>]
public static class PersonPlaceType
{
    /// <summary>学校；平台管理员为 null。The school; null for the hub's own office.</summary>
    public static IDataLoaderResult<School?> GetSchool([Parent] PersonPlace place, [Service] SchoolById schools)
        => place.SchoolId is { } school ? schools.LoadAsync(school) : Later.Nothing<School>();

    /// <summary>角色。The role.</summary>
    public static Role GetRole([Parent] PersonPlace place) => place.Role;

    /// <summary>开始时间。From when.</summary>
    public static DateTime GetFrom([Parent] PersonPlace place) => place.From;

    /// <summary>结束时间；仍在任时为 null。Until when; null while it lasts.</summary>
    public static DateTime? GetUntil([Parent] PersonPlace place) => place.Until;
}
