using GraphQL.DataLoader;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core.People;
using ResourceHub.Core.Schools;
using ResourceHub.Core.Taxonomy;

namespace ResourceHub.Api.Schools;

/// <summary>学校：上传的资源归学校所有。A school; it owns what it uploads.</summary>
[ObjectType<School>, Node]
public static class SchoolType
{
    [NodeResolver]
    public static IDataLoaderResult<School?> Find(Guid id, [Service] SchoolById schools) => schools.LoadAsync(id);

    /// <summary>校名。Its full name.</summary>
    public static string GetName([Parent] School school) => school.Name;

    /// <summary>简称。Its short name.</summary>
    public static string? GetShortName([Parent] School school) => school.ShortName;

    /// <summary>区县。The district it is in.</summary>
    public static string? GetDistrict([Parent] School school) => school.District;

    /// <summary>城市。The city it is in.</summary>
    public static string? GetCity([Parent] School school) => school.City;

    /// <summary>省、直辖市。The province it is in.</summary>
    public static string? GetProvince([Parent] School school) => school.Province;

    /// <summary>开设的学段。The stages it teaches.</summary>
    public static IReadOnlyList<Term> GetStages([Parent] School school) => school.Stages.ConvertAll(s => Terms.Named(Vocabulary.Stage, s));

    /// <summary>各学科使用的教材版本。Which edition of the textbook each subject is taught from.</summary>
    public static IReadOnlyList<SubjectEdition> GetEditions([Parent] School school)
        => [.. school.Editions.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => new SubjectEdition(Terms.Named(Vocabulary.Subject, e.Key), Terms.Named(Vocabulary.Edition, e.Value)))];

    /// <summary>本校的人，按加入先后；仅本校的人可见，对其他人为 null。Its people, in the order they came; for its own people, null for others.</summary>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    /// <param name="after">从此游标之后开始。Start after this cursor.</param>
    public static Task<Connection<Person>?> GetMembersAsync([Parent] School school, [Service] SchoolPeople people, CancellationToken ct, int first = 20, string? after = null)
        => people.MembersAsync(school, first, after, ct);

    /// <summary>邀请，新的在前；仅本校管理员可见，对其他人为 null。Its invitations, the newest first; for its own admins, null for others.</summary>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    /// <param name="after">从此游标之后开始。Start after this cursor.</param>
    public static Task<Connection<Invitation>?> GetInvitationsAsync([Parent] School school, [Service] SchoolPeople people, CancellationToken ct, int first = 20, string? after = null)
        => people.InvitationsAsync(school, first, after, ct);

    /// <summary>管理员能否审核自己上传的资源；仅本校的人可见。Whether an admin may approve what they uploaded themselves; for its own people.</summary>
    public static bool? GetMayApproveOwn([Parent] School school, [Service] Viewer viewer) => viewer.IsHubAdmin || viewer.SchoolId == school.Id ? school.MayApproveOwn : null;

    /// <summary>参加的结对，新的在前；提议仅其成员学校可见。The partnerships it is in, the newest first; proposals are shown to their schools only.</summary>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    /// <param name="after">从此游标之后开始。Start after this cursor.</param>
    public static IDataLoaderResult<Connection<Partnership>> GetPartnerships([Parent] School school, [Service] PartnershipsOfSchool partnerships, int first = 20, string? after = null)
        => partnerships.LoadAsync(new PartnershipsPage(school.Id, first, Page.IdOf<Partnership>(after)))
            .Then(found => Page.Of(found ?? [], first, after, p => p.Id.ToString("n"), partnerships.Count(school.Id)));
}

/// <summary>一个学科使用的教材版本。The edition a subject is taught from.</summary>
/// <param name="Subject">学科。The subject.</param>
/// <param name="Edition">教材版本。The edition.</param>
public sealed record SubjectEdition(Term Subject, Term Edition);
