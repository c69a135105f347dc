using ResourceHub.Api.GraphQL;
using ResourceHub.Core.Catalogue;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.Lessons;

/// <summary>课的内容；代码见 taxonomy。What a school says about a lesson; the query taxonomy lists the codes.</summary>
/// <remarks>One shape for creating and updating; the two inputs differ in what they need beside it.</remarks>
public abstract record LessonFields
{
    /// <summary>简介。What it is about and how to use it.</summary>
    public string? Description { get; init; }

    /// <summary>学段代码；省略时由年级得出。Code of the stage; by the grade when left out.</summary>
    public string? Stage { get; init; }

    /// <summary>年级代码，如 g6。Code of the grade, such as g6.</summary>
    public string? Grade { get; init; }

    /// <summary>学科代码，如 mathematics。Code of the subject, such as mathematics.</summary>
    public string? Subject { get; init; }

    /// <summary>教材版本代码。Code of the textbook's edition.</summary>
    public string? Edition { get; init; }

    /// <summary>册次代码。Code of the volume.</summary>
    public string? Volume { get; init; }

    /// <summary>章节，按教材写法。The chapter, as the textbook writes it.</summary>
    public string? Chapter { get; init; }

    /// <summary>教材目录中的章节；省略时按文字寻找。其版本、册次、学科、年级和标题填入未写的字段。The place in the textbook catalogue; found by the words when left out. What it says of itself fills what is not said here.</summary>
    [ID<CatalogueNode>]
    public Guid? ChapterId { get; init; }

    /// <summary>课时，如 第1课时。The period, such as 第1课时.</summary>
    public string? Period { get; init; }

    /// <summary>课型。What the lesson is for.</summary>
    public LessonType? Type { get; init; }

    /// <summary>学习目标，最多 20 条。Its objectives, 20 at most.</summary>
    public IReadOnlyList<string>? Objectives { get; init; }

    /// <summary>幂等键：同一调用者用同一键重试，得到第一次的结果。An idempotency key: the same key by the same caller gives the first answer again.</summary>
    public string? ClientMutationId { get; init; }
}

/// <summary>课的一个部分。A part of a lesson.</summary>
/// <param name="Kind">种类：video slides plan task-sheet exercises other。Its kind.</param>
/// <param name="ResourceId">您能看到的资源。A resource that you can see.</param>
/// <param name="PartId">它原来是哪个部分；省略时按资源或种类辨认。Which part it was; told by its resource or kind when left out.</param>
public sealed record LessonPartInput(string Kind, [ID<Resource>] Guid ResourceId, [ID<LessonPart>] Guid? PartId = null)
{
    public GivenPart ToGiven() => new(Kind, ResourceId, PartId);
}

/// <summary>新建课，状态为草稿。A new lesson, a draft at first.</summary>
/// <param name="SchoolId">所属学校。The school that owns it.</param>
/// <param name="Title">标题。Its title.</param>
/// <param name="Parts">按次序的各部分。Its parts in their order.</param>
public sealed record CreateLessonInput([ID<School>] Guid SchoolId, string Title, IReadOnlyList<LessonPartInput>? Parts = null) : LessonFields
{
    public NewLesson ToNew() => new()
    {
        SchoolId = SchoolId,
        Title = Title,
        Description = Description,
        Stage = Stage,
        Grade = Grade,
        Subject = Subject,
        Edition = Edition,
        Volume = Volume,
        Chapter = Chapter,
        ChapterId = ChapterId,
        Period = Period,
        Type = Type,
        Objectives = Objectives,
        Parts = [.. (Parts ?? []).Select(p => p.ToGiven())],
    };
}

/// <summary>更改课的内容：省略或 null 的字段不变，空文字或空列表清除该字段。A change of what a lesson says: what is left out or null stays, an empty text or list clears.</summary>
/// <param name="LessonId">要更改的课。The lesson to change.</param>
/// <param name="Title">标题。Its title.</param>
/// <param name="Why">为什么更改，记入版本历史。Why, for its history.</param>
public sealed record UpdateLessonInput([ID<Lesson>] Guid LessonId, string? Title = null, string? Why = null) : LessonFields
{
    public LessonInput ToInput() => new()
    {
        Title = Title,
        Description = Description,
        Stage = Stage,
        Grade = Grade,
        Subject = Subject,
        Edition = Edition,
        Volume = Volume,
        Chapter = Chapter,
        ChapterId = ChapterId,
        Period = Period,
        Type = Type,
        Objectives = Objectives,
    };
}

/// <summary>课的全部部分，按次序。All parts of a lesson in their order.</summary>
/// <param name="LessonId">课。The lesson.</param>
/// <param name="Parts">各部分；取代之前您能看到的。The parts; they replace those you could see.</param>
/// <param name="WithoutHidden">连您看不到的部分也去掉。Whether parts that you may not see go as well.</param>
/// <param name="Why">为什么更改，记入版本历史。Why, for its history.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record SetLessonPartsInput([ID<Lesson>] Guid LessonId, IReadOnlyList<LessonPartInput> Parts, bool WithoutHidden = false, string? Why = null, string? ClientMutationId = null);

/// <summary>发布课，或更改谁能看到。Publishes a lesson, or changes who sees it.</summary>
/// <param name="LessonId">课。The lesson.</param>
/// <param name="Visibility">可见范围。Who may see it.</param>
/// <param name="PartnershipIds">可见范围为 PARTNERS 时，共享给哪些结对。With PARTNERS: the partnerships.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record PublishLessonInput([ID<Lesson>] Guid LessonId, Visibility Visibility, [ID<Partnership>] IReadOnlyList<Guid>? PartnershipIds = null, string? ClientMutationId = null)
{
    public Core.Resources.Opening ToOpening() => new(Visibility, [.. (PartnershipIds ?? []).Distinct()]);
}

/// <summary>共享给结对。Shares with partnerships.</summary>
/// <param name="LessonId">课。The lesson.</param>
/// <param name="PartnershipIds">共享给哪些结对；取代之前的。The partnerships; they replace those before.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record ShareLessonInput([ID<Lesson>] Guid LessonId, [ID<Partnership>] IReadOnlyList<Guid> PartnershipIds, string? ClientMutationId = null);

/// <summary>不再共享给结对。No longer shared with partnerships.</summary>
/// <param name="LessonId">课。The lesson.</param>
/// <param name="PartnershipIds">哪些结对。The partnerships.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record UnshareLessonInput([ID<Lesson>] Guid LessonId, [ID<Partnership>] IReadOnlyList<Guid> PartnershipIds, string? ClientMutationId = null);

/// <summary>撤回：他人不再可见。Takes back: others see it no more.</summary>
/// <param name="LessonId">课。The lesson.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record WithdrawLessonInput([ID<Lesson>] Guid LessonId, string? ClientMutationId = null);

/// <summary>删除。For good.</summary>
/// <param name="LessonId">课。The lesson.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record DeleteLessonInput([ID<Lesson>] Guid LessonId, string? ClientMutationId = null);
