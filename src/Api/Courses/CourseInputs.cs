using ResourceHub.Api.GraphQL;
using ResourceHub.Core.Courses;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.Courses;

/// <summary>课程的内容；代码见 taxonomy。What a school says about a course; the query taxonomy lists the codes.</summary>
public abstract record CourseFields
{
    /// <summary>简介。What it is about.</summary>
    public string? Description { get; init; }

    /// <summary>学段代码；省略时由年级得出。Code of the stage; by the grade when left out.</summary>
    public string? Stage { get; init; }

    /// <summary>年级代码，如 g6。Code of the grade, such as g6.</summary>
    public string? Grade { get; init; }

    /// <summary>学科代码。Code of the subject.</summary>
    public string? Subject { get; init; }

    /// <summary>教材版本代码。Code of the textbook's edition.</summary>
    public string? Edition { get; init; }

    /// <summary>册次代码。Code of the volume.</summary>
    public string? Volume { get; init; }

    /// <summary>学年，如 2026-2027学年。The school year, such as 2026-2027学年.</summary>
    public string? SchoolYear { get; init; }

    /// <summary>学期，如 第一学期。The term, such as 第一学期.</summary>
    public string? Term { get; init; }

    /// <summary>双师课程的主讲学校；须是本校或有有效结对的学校。The school whose lessons are followed: one's own, or one with which there is a partnership in force.</summary>
    [ID<School>]
    public Guid? LeadSchoolId { get; init; }

    /// <summary>跟随的学校；须与本校有有效结对。The schools that follow, with each of which there is a partnership in force.</summary>
    [ID<School>]
    public IReadOnlyList<Guid>? FollowerIds { get; init; }

    /// <summary>幂等键：同一调用者用同一键重试，得到第一次的结果。An idempotency key: the same key by the same caller gives the first answer again.</summary>
    public string? ClientMutationId { get; init; }
}

/// <summary>一个单元和其中按次序的课。A unit and its lessons in their order.</summary>
/// <param name="Title">单元标题；不分单元的课省略。The unit's title; left out for lessons in no unit.</param>
/// <param name="LessonIds">本校的课，按次序。Lessons of one's own school, in their order.</param>
/// <param name="UnitId">它原来是哪个单元；省略时按标题辨认。Which unit it was; told by its title when left out.</param>
public sealed record CourseUnitInput(string? Title, [ID<Lesson>] IReadOnlyList<Guid> LessonIds, [ID<CourseUnit>] Guid? UnitId = null)
{
    public GivenUnit ToGiven() => new(Title, LessonIds, UnitId);
}

/// <summary>新建课程，状态为草稿。A new course, a draft at first.</summary>
/// <param name="SchoolId">所属学校。The school that owns it.</param>
/// <param name="Title">标题。Its title.</param>
/// <param name="Units">各单元和课，按次序。Its units and lessons in their order.</param>
public sealed record CreateCourseInput([ID<School>] Guid SchoolId, string Title, IReadOnlyList<CourseUnitInput>? Units = null) : CourseFields
{
    public NewCourse ToNew() => new()
    {
        SchoolId = SchoolId,
        Title = Title,
        Description = Description,
        Stage = Stage,
        Grade = Grade,
        Subject = Subject,
        Edition = Edition,
        Volume = Volume,
        SchoolYear = SchoolYear,
        Term = Term,
        LeadSchoolId = LeadSchoolId,
        FollowerIds = FollowerIds,
        Units = [.. (Units ?? []).Select(u => u.ToGiven())],
    };
}

/// <summary>更改课程的内容：省略或 null 的字段不变，空文字或空列表清除该字段。A change of what a course says: what is left out or null stays, an empty text or list clears.</summary>
/// <param name="CourseId">要更改的课程。The course to change.</param>
/// <param name="Title">标题。Its title.</param>
/// <param name="Why">为什么更改，记入版本历史。Why, for its history.</param>
public sealed record UpdateCourseInput([ID<Course>] Guid CourseId, string? Title = null, string? Why = null) : CourseFields
{
    public CourseInput ToInput() => new()
    {
        Title = Title,
        Description = Description,
        Stage = Stage,
        Grade = Grade,
        Subject = Subject,
        Edition = Edition,
        Volume = Volume,
        SchoolYear = SchoolYear,
        Term = Term,
        LeadSchoolId = LeadSchoolId,
        FollowerIds = FollowerIds,
    };
}

/// <summary>课程的全部单元和课，按次序。All units and lessons of a course in their order.</summary>
/// <param name="CourseId">课程。The course.</param>
/// <param name="Units">各单元和课；取代之前您能看到的。The units and lessons; they replace those you could see.</param>
/// <param name="WithoutHidden">连您看不到的课也去掉。Whether lessons that you may not see go as well.</param>
/// <param name="Why">为什么更改，记入版本历史。Why, for its history.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record SetCourseLessonsInput([ID<Course>] Guid CourseId, IReadOnlyList<CourseUnitInput> Units, bool WithoutHidden = false, string? Why = null, string? ClientMutationId = null);

/// <summary>发布课程，或更改谁能看到。Publishes a course, or changes who sees it.</summary>
/// <param name="CourseId">课程。The course.</param>
/// <param name="Visibility">可见范围。Who may see it.</param>
/// <param name="PartnershipIds">可见范围为 PARTNERS 时，共享给哪些结对。With PARTNERS: the partnerships.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record PublishCourseInput([ID<Course>] Guid CourseId, Visibility Visibility, [ID<Partnership>] IReadOnlyList<Guid>? PartnershipIds = null, string? ClientMutationId = null)
{
    public Core.Resources.Opening ToOpening() => new(Visibility, [.. (PartnershipIds ?? []).Distinct()]);
}

/// <summary>共享给结对。Shares with partnerships.</summary>
/// <param name="CourseId">课程。The course.</param>
/// <param name="PartnershipIds">共享给哪些结对；取代之前的。The partnerships; they replace those before.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record ShareCourseInput([ID<Course>] Guid CourseId, [ID<Partnership>] IReadOnlyList<Guid> PartnershipIds, string? ClientMutationId = null);

/// <summary>不再共享给结对。No longer shared with partnerships.</summary>
/// <param name="CourseId">课程。The course.</param>
/// <param name="PartnershipIds">哪些结对。The partnerships.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record UnshareCourseInput([ID<Course>] Guid CourseId, [ID<Partnership>] IReadOnlyList<Guid> PartnershipIds, string? ClientMutationId = null);

/// <summary>撤回：他人不再可见。Takes back: others see it no more.</summary>
/// <param name="CourseId">课程。The course.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record WithdrawCourseInput([ID<Course>] Guid CourseId, string? ClientMutationId = null);

/// <summary>删除。For good.</summary>
/// <param name="CourseId">课程。The course.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record DeleteCourseInput([ID<Course>] Guid CourseId, string? ClientMutationId = null);
