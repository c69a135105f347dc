using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.People;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.Schools;

/// <summary>新学校。A new school.</summary>
/// <param name="Name">校名，唯一。Its full name; no two schools share one.</param>
/// <param name="ShortName">简称。Its short name.</param>
/// <param name="District">区县。The district it is in.</param>
/// <param name="City">城市。The city it is in.</param>
/// <param name="Province">省、直辖市。The province it is in.</param>
/// <param name="Stages">开设的学段代码。Codes of the stages it teaches.</param>
/// <param name="Editions">各学科使用的教材版本。Which edition each subject is taught from.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record CreateSchoolInput(
    string Name, string? ShortName = null, string? District = null, string? City = null, string? Province = null, IReadOnlyList<string>? Stages = null,
    IReadOnlyList<SubjectEditionInput>? Editions = null, string? ClientMutationId = null)
{
    public NewSchool ToNew() => new(Name, ShortName, District, City, Province, Stages, Editions?.GroupBy(e => e.Subject).ToDictionary(g => g.Key, g => g.Last().Edition));
}

/// <summary>一个学科使用的教材版本。The edition a subject is taught from.</summary>
/// <param name="Subject">学科代码。Code of the subject.</param>
/// <param name="Edition">教材版本代码。Code of the edition.</param>
public sealed record SubjectEditionInput(string Subject, string Edition);

/// <summary>新的结对。A new partnership.</summary>
/// <param name="Kind">类型。What kind.</param>
/// <param name="Name">名称。Its name.</param>
/// <param name="SchoolIds">成员学校，至少两所；BASE_SCHOOL 的第一所为牵头校。Its schools, two at least; of a BASE_SCHOOL the first one leads.</param>
/// <param name="From">生效日，默认今天。First day in force; today when left out.</param>
/// <param name="Until">到期日，含当日；省略为长期。Last day in force; open-ended when left out.</param>
/// <param name="Batch">批次。The batch.</param>
/// <param name="AgreementTitle">协议名称。Title of the agreement.</param>
/// <param name="AgreementDate">签署日期。Date of the agreement.</param>
/// <param name="Subjects">涵盖的学科代码；省略为全部。Codes of the subjects it covers; all when left out.</param>
/// <param name="Stages">涵盖的学段代码；省略为全部。Codes of the stages it covers; all when left out.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record CreatePartnershipInput(
    PartnershipKind Kind, string Name, [ID<School>] IReadOnlyList<Guid> SchoolIds, DateOnly? From = null, DateOnly? Until = null, string? Batch = null, string? AgreementTitle = null,
    DateOnly? AgreementDate = null, IReadOnlyList<string>? Subjects = null, IReadOnlyList<string>? Stages = null, string? ClientMutationId = null)
{
    public NewPartnership ToNew() => new(Kind, Name, SchoolIds, From, Until, Batch, AgreementTitle, AgreementDate, Subjects, Stages);
}

/// <summary>终止结对。The end of a partnership.</summary>
/// <param name="PartnershipId">结对。Which one.</param>
/// <param name="On">自此日起失效。From this day on it is no longer in force.</param>
/// <param name="Reason">原因。Why.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record EndPartnershipInput([ID<Partnership>] Guid PartnershipId, DateOnly On, string? Reason = null, string? ClientMutationId = null);

[MutationType]
public static class SchoolMutations
{
    /// <summary>新建学校；平台管理员。Creates a school; for hub admins.</summary>
    /// <param name="input">学校。The school.</param>
    public static async Task<CreateSchoolPayload> CreateSchoolAsync(CreateSchoolInput input, [Service] SchoolDirectory directory, [Service] Viewer viewer, CancellationToken ct)
        => new(await directory.CreateSchoolAsync(viewer, input.ToNew(), input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>建立结对；平台管理员。Creates a partnership; for hub admins.</summary>
    /// <param name="input">结对。The partnership.</param>
    public static async Task<CreatePartnershipPayload> CreatePartnershipAsync(
        CreatePartnershipInput input, [Service] SchoolDirectory directory, [Service] PartnershipById partnerships, [Service] Viewer viewer, CancellationToken ct)
        => new(await directory.CreatePartnershipAsync(viewer, input.ToNew(), input.ClientMutationId, ct), partnerships, input.ClientMutationId);

    /// <summary>终止结对：通过它共享的资源自当日起不再可见；平台管理员。Ends a partnership: what was shared through it closes on that day; for hub admins.</summary>
    /// <param name="input">结对与日期。Which one, and when.</param>
    public static async Task<EndPartnershipPayload> EndPartnershipAsync(
        EndPartnershipInput input, [Service] SchoolDirectory directory, [Service] PartnershipById partnerships, [Service] Viewer viewer, CancellationToken ct)
        => new(await directory.EndPartnershipAsync(viewer, input.PartnershipId, input.On, input.Reason, input.ClientMutationId, ct), partnerships, input.ClientMutationId);
}

/// <summary>createSchool 的结果。What came of createSchool.</summary>
public sealed record CreateSchoolPayload([property: GraphQLIgnore] Outcome<School> Outcome, string? ClientMutationId) : Payload(Outcome.Problems, ClientMutationId)
{
    /// <summary>新学校；未办成时为 null。The school; null when nothing was done.</summary>
    public School? School => Outcome.Value;
}
