using ResourceHub.Api.GraphQL;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.Schools;

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

/// <summary>提出的结对。A partnership that a school proposes.</summary>
/// <param name="Kind">类型。What kind.</param>
/// <param name="Name">名称。Its name.</param>
/// <param name="SchoolIds">成员学校，至少两所，须含本校；BASE_SCHOOL 的第一所为牵头校。Its schools, two at least, your own among them; of a BASE_SCHOOL the first one leads.</param>
/// <param name="From">生效日，默认今天。First day in force; today when left out.</param>
/// <param name="Until">到期日，含当日；省略为长期。Last day in force; open-ended when left out.</param>
/// <param name="Batch">批次。The batch.</param>
/// <param name="AgreementTitle">协议名称。Title of the agreement.</param>
/// <param name="AgreementDate">签署日期。Date of the agreement.</param>
/// <param name="Subjects">涵盖的学科代码；省略为全部。Codes of the subjects it covers; all when left out.</param>
/// <param name="Stages">涵盖的学段代码；省略为全部。Codes of the stages it covers; all when left out.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record ProposePartnershipInput(
    PartnershipKind Kind, string Name, [ID<School>] IReadOnlyList<Guid> SchoolIds, DateOnly? From = null, DateOnly? Until = null, string? Batch = null, string? AgreementTitle = null,
    DateOnly? AgreementDate = null, IReadOnlyList<string>? Subjects = null, IReadOnlyList<string>? Stages = null, string? ClientMutationId = null)
{
    public NewPartnership ToNew() => new(Kind, Name, SchoolIds, From, Until, Batch, AgreementTitle, AgreementDate, Subjects, Stages);
}

/// <summary>同意结对。Accepting a partnership.</summary>
/// <param name="PartnershipId">结对。Which one.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record AcceptPartnershipInput([ID<Partnership>] Guid PartnershipId, string? ClientMutationId = null);

/// <summary>谢绝结对。Declining a partnership.</summary>
/// <param name="PartnershipId">结对。Which one.</param>
/// <param name="Reason">原因，各成员学校可见。Why; its schools see it.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record DeclinePartnershipInput([ID<Partnership>] Guid PartnershipId, string Reason, string? ClientMutationId = null);

/// <summary>终止结对。The end of a partnership.</summary>
/// <param name="PartnershipId">结对。Which one.</param>
/// <param name="On">自此日起失效。From this day on it is no longer in force.</param>
/// <param name="Reason">原因；学校管理员必填。Why; admins of a school must say.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record EndPartnershipInput([ID<Partnership>] Guid PartnershipId, DateOnly On, string? Reason = null, string? ClientMutationId = null);

/// <summary>协议文件。The signed agreement as a file.</summary>
/// <param name="PartnershipId">结对。Which one.</param>
/// <param name="UploadId">已传完的上传：Location 的最后一段。A finished upload: the last part of its Location.</param>
/// <param name="Name">文件名，默认上传时的名称。Its name; the upload's own when left out.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record AttachAgreementInput([ID<Partnership>] Guid PartnershipId, string UploadId, string? Name = null, string? ClientMutationId = null);
