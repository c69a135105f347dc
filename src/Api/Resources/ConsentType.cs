using GraphQL.DataLoader;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;

namespace ResourceHub.Api.Resources;

/// <summary>学生出镜同意书的登记：谁保管、到什么范围、到哪天；同意书本身（含学生姓名）不进入平台。A statement that the consent of those who can be seen is held; the consent itself, which names pupils, stays with the school.</summary>
[ObjectType<Consent>]
public static class ConsentType
{
    /// <summary>全局编号。The global id.</summary>
    [ID<Consent>]
    public static string GetId([Parent] Consent consent) => GlobalId.Of<Consent>(consent.Id);

    /// <summary>同意书由谁保管，如某处室；请勿填写学生姓名。Who holds the papers, such as an office; never a pupil's name.</summary>
    public static string GetHolder([Parent] Consent consent) => consent.Holder;

    /// <summary>同意开放到的最大范围。The widest visibility that it covers.</summary>
    public static Visibility GetScope([Parent] Consent consent) => consent.Scope;

    /// <summary>有效的最后一天；没有期限时为 null。Its last day; null when it has no end.</summary>
    public static DateOnly? GetUntil([Parent] Consent consent) => consent.Until;

    /// <summary>登记时间。When it was recorded.</summary>
    public static DateTime GetRecordedAt([Parent] Consent consent) => consent.RecordedAt;

    /// <summary>登记人（或密钥）的名字。Who recorded it: the name of a person or key.</summary>
    public static IDataLoaderResult<string?> GetRecordedBy([Parent] Consent consent, [Service] ActorName names) => names.LoadAsync(consent.RecordedBy);

    /// <summary>撤销时间。When it was withdrawn.</summary>
    public static DateTime? GetWithdrawnAt([Parent] Consent consent) => consent.WithdrawnAt;
}

/// <summary>说明是否有学生出镜。Whether pupils can be seen.</summary>
/// <param name="ResourceId">资源。The resource.</param>
/// <param name="ShowsPupils">能看到或听到学生时为 true。True when pupils can be seen or heard.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record MarkPupilsInput([ID<Resource>] Guid ResourceId, bool ShowsPupils, string? ClientMutationId = null);

/// <summary>登记同意书。A statement that the consent is held.</summary>
/// <param name="ResourceId">资源。The resource.</param>
/// <param name="Holder">同意书由谁保管，如某处室；请勿填写学生姓名。Who holds the papers, such as an office; never a pupil's name.</param>
/// <param name="Scope">同意开放到的最大范围：PARTNERS、MEMBERS 或 PUBLIC。The widest visibility that it covers.</param>
/// <param name="Until">有效的最后一天；省略为没有期限。Its last day; no end when left out.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record RecordConsentInput([ID<Resource>] Guid ResourceId, string Holder, Visibility Scope, DateOnly? Until = null, string? ClientMutationId = null);

/// <summary>撤销同意书。The end of a consent.</summary>
/// <param name="ResourceId">资源。The resource.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record WithdrawConsentInput([ID<Resource>] Guid ResourceId, string? ClientMutationId = null);

[MutationType]
public static class ConsentMutations
{
    /// <summary>说明是否有学生出镜；有而无有效同意书时，立即只对本校开放。Says whether pupils can be seen; where they can and no consent is in force, it is closed to the school at once.</summary>
    /// <param name="input">资源与说明。Which, and whether.</param>
    public static async Task<MarkPupilsPayload> MarkPupilsAsync(MarkPupilsInput input, [Service] ResourceConsents consents, [Service] Viewer viewer, CancellationToken ct)
        => new(await consents.MarkPupilsAsync(viewer, input.ResourceId, input.ShowsPupils, input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>登记出镜同意书，取代之前的登记；比现在的开放范围窄时立即收窄。Records a consent in place of the one before; one that covers less than what is open closes it at once.</summary>
    /// <param name="input">资源与登记内容。Which, and the statement.</param>
    public static async Task<RecordConsentPayload> RecordConsentAsync(RecordConsentInput input, [Service] ResourceConsents consents, [Service] Viewer viewer, CancellationToken ct)
        => new(await consents.RecordAsync(viewer, input.ResourceId, new NewConsent(input.Holder, input.Scope, input.Until), input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>撤销出镜同意书：立即只对本校开放。Withdraws the consent: it is closed to the school at once.</summary>
    /// <param name="input">资源。Which one.</param>
    public static async Task<WithdrawConsentPayload> WithdrawConsentAsync(WithdrawConsentInput input, [Service] ResourceConsents consents, [Service] Viewer viewer, CancellationToken ct)
        => new(await consents.WithdrawAsync(viewer, input.ResourceId, input.ClientMutationId, ct), input.ClientMutationId);
}

/// <summary>markPupils 的结果。What came of markPupils.</summary>
public sealed record MarkPupilsPayload(Outcome<Resource> Outcome, string? ClientMutationId) : ResourcePayload(Outcome, ClientMutationId);

/// <summary>recordConsent 的结果。What came of recordConsent.</summary>
public sealed record RecordConsentPayload(Outcome<Resource> Outcome, string? ClientMutationId) : ResourcePayload(Outcome, ClientMutationId);

/// <summary>withdrawConsent 的结果。What came of withdrawConsent.</summary>
public sealed record WithdrawConsentPayload(Outcome<Resource> Outcome, string? ClientMutationId) : ResourcePayload(Outcome, ClientMutationId);
