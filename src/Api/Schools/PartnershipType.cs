using GraphQL.DataLoader;
using ResourceHub.Api.Changes;
using ResourceHub.Api.Files;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core.Changes;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;
using ResourceHub.Core.Taxonomy;

namespace ResourceHub.Api.Schools;

/// <summary>结对、联盟、基地校或区域协议：有效期内，成员共享的资源对全体成员可见。Schools that work together: while it is in force, what one member shares with it all members see.</summary>
[ObjectType<Partnership>, Node]
public static class PartnershipType
{
    [NodeResolver]
    public static IDataLoaderResult<Partnership?> Find(Guid id, [Service] PartnershipById partnerships) => partnerships.LoadAsync(id);

    /// <summary>类型。What kind of partnership.</summary>
    public static PartnershipKind GetKind([Parent] Partnership partnership) => partnership.Kind;

    /// <summary>名称。Its name.</summary>
    public static string GetName([Parent] Partnership partnership) => partnership.Name;

    /// <summary>批次。The batch it was made in.</summary>
    public static string? GetBatch([Parent] Partnership partnership) => partnership.Batch;

    /// <summary>协议名称；仅成员可见。Title of the agreement; for members only.</summary>
    public static string? GetAgreementTitle([Parent] Partnership partnership, [Service] Viewer viewer) => partnership.OpensAgreementTo(viewer) ? partnership.AgreementTitle : null;

    /// <summary>签署日期；仅成员可见。Date of the agreement; for members only.</summary>
    public static DateOnly? GetAgreementDate([Parent] Partnership partnership, [Service] Viewer viewer) => partnership.OpensAgreementTo(viewer) ? partnership.AgreementDate : null;

    /// <summary>生效日。First day in force.</summary>
    public static DateOnly GetFrom([Parent] Partnership partnership) => partnership.From;

    /// <summary>到期日；长期有效时为 null。Last day in force; null when open-ended.</summary>
    public static DateOnly? GetUntil([Parent] Partnership partnership) => partnership.Until;

    /// <summary>提前终止日。The day it was ended before its time.</summary>
    public static DateOnly? GetEndedOn([Parent] Partnership partnership) => partnership.EndedOn;

    /// <summary>终止原因；仅成员可见。Why it was ended; for members only.</summary>
    public static string? GetEndReason([Parent] Partnership partnership, [Service] Viewer viewer) => partnership.OpensAgreementTo(viewer) ? partnership.EndReason : null;

    /// <summary>今天的状态。Its state today.</summary>
    public static PartnershipState GetState([Parent] Partnership partnership, [Service] TimeProvider clock) => partnership.StateOn(clock.Today());

    /// <summary>涵盖的学科；空表示全部。The subjects it covers; empty means all.</summary>
    public static IReadOnlyList<Term> GetSubjects([Parent] Partnership partnership) => partnership.Subjects.ConvertAll(s => Terms.Named(Vocabulary.Subject, s));

    /// <summary>涵盖的学段；空表示全部。The stages it covers; empty means all.</summary>
    public static IReadOnlyList<Term> GetStages([Parent] Partnership partnership) => partnership.Stages.ConvertAll(s => Terms.Named(Vocabulary.Stage, s));

    /// <summary>成员学校，牵头校在前。Its schools, the leading one first.</summary>
    public static IReadOnlyList<PartnershipMember> GetMembers([Parent] Partnership partnership) => [.. partnership.Members.OrderByDescending(m => m.Leads).ThenBy(m => m.SchoolId)];

    /// <summary>提出的学校；由平台建立时为 null。The school that proposed it; null when the hub made it.</summary>
    public static IDataLoaderResult<School?> GetProposedBy([Parent] Partnership partnership, [Service] SchoolById schools)
        => partnership.ProposedBy is { } school ? schools.LoadAsync(school) : Later.Nothing<School>();

    /// <summary>全体成员同意的时间；仍是提议时为 null。When the last school accepted; null while it is a proposal.</summary>
    public static DateTime? GetAcceptedAt([Parent] Partnership partnership) => partnership.AcceptedAt;

    /// <summary>协议文件；仅成员可见，没有时为 null。The signed agreement; for its members, null when there is none.</summary>
    public static SignedAgreement? GetAgreementFile([Parent] Partnership partnership, [Service] Viewer viewer)
        => partnership.OpensAgreementTo(viewer) && partnership.AgreementFile is { } file ? new(file.Name, file.MediaType, file.Size, AgreementAddress.Of(partnership.Id)) : null;

    /// <summary>各校经此结对共享、您能看到的资源，最近共享的在前；仅成员可见，其他人为空。What its schools share through it and you may see, the latest first; for its members, empty for others.</summary>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    /// <param name="after">从此游标之后开始。Start after this cursor.</param>
    [Cost(2)]
    public static IDataLoaderResult<Connection<Resource>> GetResources([Parent] Partnership partnership, [Service] SharedShelf shelf, int first = 20, string? after = null)
        => shelf.Read(partnership, first, after);

    /// <summary>动态，新的在前：谁提出、同意，共享了什么；仅成员可见，其他人为空。What happened in it, the newest first; for its members, empty for others.</summary>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    /// <param name="after">从此游标之后开始。Start after this cursor.</param>
    public static IDataLoaderResult<Connection<Change>> GetActivity([Parent] Partnership partnership, [Service] ActivityDesk activity, int first = 20, string? after = null)
        => activity.Read(partnership, first, after);
}

/// <summary>一所成员学校。One school's place in a partnership.</summary>
[ObjectType<PartnershipMember>]
public static class PartnershipMemberType
{
    /// <summary>学校。The school.</summary>
    public static IDataLoaderResult<School> GetSchool([Parent] PartnershipMember member, [Service] SchoolById schools) => schools.LoadAsync(member.SchoolId)!;

    /// <summary>是否为牵头校（基地校）。Whether it is the school whose lessons the others follow.</summary>
    public static bool GetLeads([Parent] PartnershipMember member) => member.Leads;

    /// <summary>同意的时间；尚未同意时为 null。When it accepted; null while it has not.</summary>
    public static DateTime? GetAcceptedAt([Parent] PartnershipMember member) => member.AcceptedAt;
}

/// <summary>已签署的协议。The signed agreement.</summary>
/// <param name="Name">文件名。Its name.</param>
/// <param name="MediaType">媒体类型，按内容。Its media type, by content.</param>
/// <param name="Size">字节数。Its size in bytes.</param>
/// <param name="Url">下载地址，相对于本站；仅成员可取。Where to download it, relative to this site; for members.</param>
[GraphQLName("AgreementFile")]
public sealed record SignedAgreement(string Name, string MediaType, long Size, string Url);
