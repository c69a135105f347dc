using ResourceHub.Api.GraphQL;
using ResourceHub.Core.Catalogue;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.Resources;

/// <summary>资源的元数据；代码见 taxonomy。What a school says about a resource; the query taxonomy lists the codes.</summary>
/// <remarks>One shape for creating and updating; the two inputs differ in what they need beside it.</remarks>
public abstract record ResourceFields
{
    /// <summary>简介。What it is about and how to use it.</summary>
    public string? Description { get; init; }

    /// <summary>学段代码。Code of the stage, such as primary.</summary>
    public string? Stage { get; init; }

    /// <summary>年级代码。Codes of the grades, such as g6.</summary>
    public IReadOnlyList<string>? Grades { get; init; }

    /// <summary>学科代码。Code of the subject, such as mathematics.</summary>
    public string? Subject { get; init; }

    /// <summary>教材版本代码。Code of the textbook's edition.</summary>
    public string? Edition { get; init; }

    /// <summary>册次代码。Code of the volume.</summary>
    public string? Volume { get; init; }

    /// <summary>章节，按教材写法。The chapter, as the textbook writes it.</summary>
    public string? Chapter { get; init; }

    /// <summary>教材目录中的位置；未填的章节、版本、学科、册次取自该位置。A place of the textbook catalogue; chapter, edition, subject and volume are taken from it where they are left out.</summary>
    [ID<CatalogueNode>]
    public Guid? ChapterId { get; init; }

    /// <summary>语言代码，默认 zh-CN。The language it is in; zh-CN when not said.</summary>
    public string? Language { get; init; }

    /// <summary>授权代码，如 cc-by；发布前必填。Code of the licence, such as cc-by; needed before publishing.</summary>
    public string? Licence { get; init; }

    /// <summary>关键词。Words it should be found by.</summary>
    public IReadOnlyList<string>? Keywords { get; init; }

    /// <summary>作者等。Who made it.</summary>
    public IReadOnlyList<ContributorInput>? Contributors { get; init; }

    /// <summary>幂等键：同一调用者用同一键重试，得到第一次的结果。An idempotency key: the same key by the same caller gives the first answer again.</summary>
    public string? ClientMutationId { get; init; }
}

/// <summary>参与者。Somebody who made it.</summary>
/// <param name="Name">姓名。The name.</param>
/// <param name="Role">角色，默认 author。The part played; author when not said.</param>
public sealed record ContributorInput(string Name, string? Role = null);

/// <summary>新建资源，状态为草稿。A new resource, a draft at first.</summary>
/// <param name="SchoolId">所属学校。The school that owns it.</param>
/// <param name="Title">标题。Its title.</param>
/// <param name="Kind">类型代码，如 lesson-plan。Code of its kind, such as lesson-plan.</param>
public sealed record CreateResourceInput([ID<School>] Guid SchoolId, string Title, string Kind) : ResourceFields
{
    public NewResource ToNew() => new()
    {
        SchoolId = SchoolId,
        Title = Title,
        Kind = Kind,
        Description = Description,
        Stage = Stage,
        Grades = Grades,
        Subject = Subject,
        Edition = Edition,
        Volume = Volume,
        Chapter = Chapter,
        ChapterId = ChapterId,
        Language = Language,
        Licence = Licence,
        Keywords = Keywords,
        Contributors = Contributors?.Select(c => new Contributor(c.Name, c.Role ?? "")).ToList(),
    };
}

/// <summary>更改元数据：省略或 null 的字段不变，空文字或空列表清除该字段。A change of metadata: what is left out or null stays, an empty text or list clears.</summary>
/// <param name="ResourceId">要更改的资源。The resource to change.</param>
/// <param name="Title">标题。Its title.</param>
/// <param name="Kind">类型代码。Code of its kind.</param>
public sealed record UpdateResourceInput([ID<Resource>] Guid ResourceId, string? Title = null, string? Kind = null) : ResourceFields
{
    public ResourceInput ToInput() => new()
    {
        Title = Title,
        Kind = Kind,
        Description = Description,
        Stage = Stage,
        Grades = Grades,
        Subject = Subject,
        Edition = Edition,
        Volume = Volume,
        Chapter = Chapter,
        ChapterId = ChapterId,
        Language = Language,
        Licence = Licence,
        Keywords = Keywords,
        Contributors = Contributors?.Select(c => new Contributor(c.Name, c.Role ?? "")).ToList(),
    };
}

/// <summary>把传完的文件加入资源，成为新版本。Makes a finished upload a file of the resource, in a new version.</summary>
/// <param name="ResourceId">资源。The resource.</param>
/// <param name="UploadId">上传编号：tus Location 的最后一段。The upload: the last part of its tus Location.</param>
/// <param name="Name">文件名；省略时用上传时的名字。The file's name; the upload's when left out.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record AttachFileInput([ID<Resource>] Guid ResourceId, string UploadId, string? Name = null, string? ClientMutationId = null);

/// <summary>发布，可免审核者使用。Publishes, for callers who may skip review.</summary>
/// <param name="ResourceId">资源。The resource.</param>
/// <param name="Visibility">可见范围。Who may see it.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record PublishResourceInput([ID<Resource>] Guid ResourceId, Visibility Visibility, string? ClientMutationId = null);

/// <summary>共享给结对。Shares with partnerships.</summary>
/// <param name="ResourceId">资源。The resource.</param>
/// <param name="PartnershipIds">共享给哪些结对；取代之前的。The partnerships; they replace those before.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record ShareResourceInput([ID<Resource>] Guid ResourceId, [ID<Partnership>] IReadOnlyList<Guid> PartnershipIds, string? ClientMutationId = null);

/// <summary>撤回：他人不再可见。Takes back: others see it no more.</summary>
/// <param name="ResourceId">资源。The resource.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record WithdrawResourceInput([ID<Resource>] Guid ResourceId, string? ClientMutationId = null);
