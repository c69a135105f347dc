using ResourceHub.Api.GraphQL;
using ResourceHub.Core.Collections;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.Collections;

/// <summary>专辑的内容；代码见 taxonomy。What a school says about a collection; the query taxonomy lists the codes.</summary>
public abstract record CollectionFields
{
    /// <summary>简介。What it is about.</summary>
    public string? Description { get; init; }

    /// <summary>学段代码；省略时由年级得出。Code of the stage; by the grade when left out.</summary>
    public string? Stage { get; init; }

    /// <summary>年级代码。Code of the grade.</summary>
    public string? Grade { get; init; }

    /// <summary>学科代码。Code of the subject.</summary>
    public string? Subject { get; init; }

    /// <summary>用途。What it is for.</summary>
    public CollectionPurpose? Purpose { get; init; }

    /// <summary>幂等键：同一调用者用同一键重试，得到第一次的结果。An idempotency key: the same key by the same caller gives the first answer again.</summary>
    public string? ClientMutationId { get; init; }
}

/// <summary>专辑的一项：一个资源或一课。An item of a collection: a resource or a lesson.</summary>
/// <param name="ResourceId">您能看到的资源。A resource that you can see.</param>
/// <param name="LessonId">您能看到的课。A lesson that you can see.</param>
/// <param name="Note">为什么收入，如 一等奖。Why it is here, such as 一等奖.</param>
public sealed record CollectionItemInput([ID<Resource>] Guid? ResourceId = null, [ID<Lesson>] Guid? LessonId = null, string? Note = null)
{
    public GivenItem ToGiven() => new(ResourceId, LessonId, Note);
}

/// <summary>新建专辑，状态为草稿。A new collection, a draft at first.</summary>
/// <param name="SchoolId">所属学校。The school that owns it.</param>
/// <param name="Title">标题。Its title.</param>
/// <param name="Items">各项，按次序。Its items in their order.</param>
public sealed record CreateCollectionInput([ID<School>] Guid SchoolId, string Title, IReadOnlyList<CollectionItemInput>? Items = null) : CollectionFields
{
    public NewCollection ToNew() => new()
    {
        SchoolId = SchoolId,
        Title = Title,
        Description = Description,
        Stage = Stage,
        Grade = Grade,
        Subject = Subject,
        Purpose = Purpose,
        Items = [.. (Items ?? []).Select(i => i.ToGiven())],
    };
}

/// <summary>更改专辑的内容：省略或 null 的字段不变，空文字清除该字段。A change of what a collection says: what is left out or null stays, an empty text clears.</summary>
/// <param name="CollectionId">要更改的专辑。The collection to change.</param>
/// <param name="Title">标题。Its title.</param>
/// <param name="Why">为什么更改，记入版本历史。Why, for its history.</param>
public sealed record UpdateCollectionInput([ID<Collection>] Guid CollectionId, string? Title = null, string? Why = null) : CollectionFields
{
    public CollectionInput ToInput() => new() { Title = Title, Description = Description, Stage = Stage, Grade = Grade, Subject = Subject, Purpose = Purpose };
}

/// <summary>专辑的全部各项，按次序。All items of a collection in their order.</summary>
/// <param name="CollectionId">专辑。The collection.</param>
/// <param name="Items">各项；取代之前您能看到的。The items; they replace those you could see.</param>
/// <param name="WithoutHidden">连您看不到的项也去掉。Whether items that you may not see go as well.</param>
/// <param name="Why">为什么更改，记入版本历史。Why, for its history.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record SetCollectionItemsInput([ID<Collection>] Guid CollectionId, IReadOnlyList<CollectionItemInput> Items, bool WithoutHidden = false, string? Why = null, string? ClientMutationId = null);

/// <summary>发布专辑，或更改谁能看到。Publishes a collection, or changes who sees it.</summary>
/// <param name="CollectionId">专辑。The collection.</param>
/// <param name="Visibility">可见范围。Who may see it.</param>
/// <param name="PartnershipIds">可见范围为 PARTNERS 时，共享给哪些结对。With PARTNERS: the partnerships.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record PublishCollectionInput([ID<Collection>] Guid CollectionId, Visibility Visibility, [ID<Partnership>] IReadOnlyList<Guid>? PartnershipIds = null, string? ClientMutationId = null)
{
    public Core.Resources.Opening ToOpening() => new(Visibility, [.. (PartnershipIds ?? []).Distinct()]);
}

/// <summary>共享给结对。Shares with partnerships.</summary>
/// <param name="CollectionId">专辑。The collection.</param>
/// <param name="PartnershipIds">共享给哪些结对；取代之前的。The partnerships; they replace those before.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record ShareCollectionInput([ID<Collection>] Guid CollectionId, [ID<Partnership>] IReadOnlyList<Guid> PartnershipIds, string? ClientMutationId = null);

/// <summary>不再共享给结对。No longer shared with partnerships.</summary>
/// <param name="CollectionId">专辑。The collection.</param>
/// <param name="PartnershipIds">哪些结对。The partnerships.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record UnshareCollectionInput([ID<Collection>] Guid CollectionId, [ID<Partnership>] IReadOnlyList<Guid> PartnershipIds, string? ClientMutationId = null);

/// <summary>撤回：他人不再可见。Takes back: others see it no more.</summary>
/// <param name="CollectionId">专辑。The collection.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record WithdrawCollectionInput([ID<Collection>] Guid CollectionId, string? ClientMutationId = null);

/// <summary>删除。For good.</summary>
/// <param name="CollectionId">专辑。The collection.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record DeleteCollectionInput([ID<Collection>] Guid CollectionId, string? ClientMutationId = null);
