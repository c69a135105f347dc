using GraphQL.DataLoader;
using ResourceHub.Api.Catalogue;
using ResourceHub.Api.Courses;
using ResourceHub.Api.GraphQL;
using ResourceHub.Api.Packs;
using ResourceHub.Api.Resources;
using ResourceHub.Api.Schools;
using ResourceHub.Core.Catalogue;
using ResourceHub.Core.Courses;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;
using ResourceHub.Core.Taxonomy;

namespace ResourceHub.Api.Lessons;

/// <summary>一节课：按次序的视频、课件、教学设计、任务单、练习等部分，及其在教材中的位置。A lesson as it is taught: its parts in their order, and its place in the textbook.</summary>
[ObjectType<Lesson>, Node]
public static class LessonObjectType
{
    [NodeResolver]
    public static IDataLoaderResult<Lesson?> Find(Guid id, [Service] PackById<Lesson> lessons) => lessons.LoadAsync(id);

    /// <summary>标题。The title, on one line.</summary>
    public static string GetTitle([Parent] Lesson lesson) => lesson.Title;

    /// <summary>简介。What it is about and how to use it.</summary>
    public static string? GetDescription([Parent] Lesson lesson) => lesson.Description;

    /// <summary>学段。The stage of schooling.</summary>
    public static Term? GetStage([Parent] Lesson lesson) => Terms.NamedOrNull(Vocabulary.Stage, lesson.Stage);

    /// <summary>年级。The grade it is for.</summary>
    public static Term? GetGrade([Parent] Lesson lesson) => Terms.NamedOrNull(Vocabulary.Grade, lesson.Grade);

    /// <summary>学科。The subject.</summary>
    public static Term? GetSubject([Parent] Lesson lesson) => Terms.NamedOrNull(Vocabulary.Subject, lesson.Subject);

    /// <summary>教材版本。The edition of the textbook it follows.</summary>
    public static Term? GetEdition([Parent] Lesson lesson) => Terms.NamedOrNull(Vocabulary.Edition, lesson.Edition);

    /// <summary>册次。The volume of that textbook.</summary>
    public static Term? GetVolume([Parent] Lesson lesson) => Terms.NamedOrNull(Vocabulary.Volume, lesson.Volume);

    /// <summary>章节，按教材写法。The chapter, as the textbook writes it.</summary>
    public static string? GetChapter([Parent] Lesson lesson) => lesson.Chapter;

    /// <summary>教材目录中的章节；其 siblings 是其他版本中教同样内容的章节。Its place in the textbook catalogue; the siblings of that are where other editions teach the same.</summary>
    public static IDataLoaderResult<CatalogueNode?> GetCatalogueChapter([Parent] Lesson lesson, [Service] CatalogueNodeById nodes)
        => lesson.ChapterId is { } chapter ? nodes.LoadAsync(chapter) : Later.Nothing<CatalogueNode>();

    /// <summary>课时，如 第1课时。The period, such as 第1课时.</summary>
    public static string? GetPeriod([Parent] Lesson lesson) => lesson.Period;

    /// <summary>课型。What the lesson is for.</summary>
    public static LessonType? GetType([Parent] Lesson lesson) => lesson.LessonType;

    /// <summary>学习目标。Its objectives.</summary>
    public static IReadOnlyList<string> GetObjectives([Parent] Lesson lesson) => lesson.Objectives;

    /// <summary>您能看到的各部分，按教学次序。The parts that you may see, in the order of teaching.</summary>
    public static IDataLoaderResult<IReadOnlyList<ShownPart>> GetParts([Parent] Lesson lesson, [Service] PartsOfLesson parts) => parts.LoadAsync(lesson.Id).Then(p => p?.Parts ?? []);

    /// <summary>还有几个部分没有对您开放。How many more parts there are that are not open to you.</summary>
    public static IDataLoaderResult<int> GetPartsNotShared([Parent] Lesson lesson, [Service] PartsOfLesson parts) => parts.LoadAsync(lesson.Id).Then(p => p?.NotShared ?? 0);

    /// <summary>整课下载地址（zip），相对于本站；需与查询相同的密钥。Where to download all of it as one zip, relative to this site; send the same key as for queries.</summary>
    public static string GetPackUrl([Parent] Lesson lesson) => PackAddress.OfLesson(lesson.Id);

    /// <summary>所在的课程；不在课程里或您看不到它时为 null。The course it is in; null when it is in none that you see.</summary>
    public static IDataLoaderResult<Course?> GetCourse([Parent] Lesson lesson, [Service] StandingOfLesson standing) => standing.LoadAsync(lesson.Id).Then(s => s?.Course);

    /// <summary>在课程中的单元。The unit of that course that it is in.</summary>
    public static IDataLoaderResult<ShownUnit?> GetUnit([Parent] Lesson lesson, [Service] StandingOfLesson standing) => standing.LoadAsync(lesson.Id).Then(s => s?.Unit);

    /// <summary>
    /// 本课先于哪些课：所在课程里其后的全部课，按次序，然后是写明在其后的课。
    /// The lessons that this one precedes: all that come after it in its course, in their order, then those that it is stated to come before.
    /// </summary>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    /// <param name="after">从此游标之后开始。Start after this cursor.</param>
    public static IDataLoaderResult<Connection<Lesson>> GetPrecedes([Parent] Lesson lesson, [Service] StandingOfLesson standing, int first = 20, string? after = null)
        => InOrder(standing.LoadAsync(lesson.Id).Then(s => s?.Later ?? []), first, after);

    /// <summary>
    /// 紧接在本课之后的课：所在课程的下一课，以及写明在其后的课。
    /// The lessons that directly follow this one: the next of its course, and those that it is stated to come before.
    /// </summary>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    /// <param name="after">从此游标之后开始。Start after this cursor.</param>
    public static IDataLoaderResult<Connection<Lesson>> GetFollowedBy([Parent] Lesson lesson, [Service] StandingOfLesson standing, int first = 20, string? after = null)
        => InOrder(standing.LoadAsync(lesson.Id).Then(s => s?.Next ?? []), first, after);

    /// <summary>
    /// 本课紧接在哪些课之后：所在课程的上一课，以及写明在其前的课。
    /// The lessons that this one directly follows: the one before it in its course, and those that are stated to come before it.
    /// </summary>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    /// <param name="after">从此游标之后开始。Start after this cursor.</param>
    public static IDataLoaderResult<Connection<Lesson>> GetFollows([Parent] Lesson lesson, [Service] StandingOfLesson standing, int first = 20, string? after = null)
        => InOrder(standing.LoadAsync(lesson.Id).Then(s => s?.Before ?? []), first, after);

    /// <summary>改编的来源；原创时为 null。What it was adapted from; null for what the school made itself.</summary>
    public static LessonAdaptation? GetBasedOn([Parent] Lesson lesson) => lesson is { BasedOnId: { } source, BasedOnVersion: { } version } ? new LessonAdaptation(source, version) : null;

    /// <summary>由它改编的课，新的在前；只列出您能看到的。What was adapted from it, the newest first, as far as you may see it.</summary>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    /// <param name="after">从此游标之后开始。Start after this cursor.</param>
    public static IDataLoaderResult<Connection<Lesson>> GetAdaptations(
        [Parent] Lesson lesson, [Service] AdaptationsOfLesson adaptations, [Service] AdaptationCountOfLesson counts, int first = 20, string? after = null)
        => adaptations.LoadAsync(new PageOfResource(lesson.Id, first, Page.IdOf<Lesson>(after))).Then(found => Page.Of(found ?? [], first, after, l => l.Id.ToString("n"), counts.LoadAsync(lesson.Id)));

    /// <summary>所属学校。The school that owns it.</summary>
    public static IDataLoaderResult<School> GetSchool([Parent] Lesson lesson, [Service] SchoolById schools) => schools.LoadAsync(lesson.SchoolId)!;

    /// <summary>状态。Where it is between draft and withdrawn.</summary>
    public static ResourceState GetState([Parent] Lesson lesson) => lesson.State;

    /// <summary>课本身的可见范围；各部分各有自己的。Who may see the lesson once it is published; each part has its own.</summary>
    public static Visibility GetVisibility([Parent] Lesson lesson) => lesson.Visibility;

    /// <summary>共享给哪些结对；只列出您有权知道的。The partnerships it is shared with, as far as they are yours to know.</summary>
    public static IDataLoaderResult<IReadOnlyList<Partnership>> GetSharedWith([Parent] Lesson lesson, [Service] PartnershipsOfPack shares, [Service] Viewer viewer)
        => shares.LoadAsync(lesson.Id).Then(shared => ResourceAccess.SharesKnownTo(lesson.SchoolId, viewer, shared ?? []));

    /// <summary>现在谁能看到，一句话；对外校只说其有权知道的。Who sees it now, in words; to other schools as far as it is theirs to know.</summary>
    public static IDataLoaderResult<string> GetAudience([Parent] Lesson lesson, [Service] AudienceOfPack audience) => audience.LoadAsync(new PackKey(lesson))!;

    /// <summary>您是否可以更改它。Whether you may change it.</summary>
    public static bool GetMayEdit([Parent] Lesson lesson, [Service] Viewer viewer) => viewer.MayEdit(lesson);

    /// <summary>当前版本号，从 1 起。The number of the current version, from 1.</summary>
    public static int GetVersion([Parent] Lesson lesson) => lesson.Version;

    /// <summary>版本历史，新的在前。Its history, the newest first.</summary>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    /// <param name="after">从此游标之后开始。Start after this cursor.</param>
    public static IDataLoaderResult<Connection<ShownVersion>> GetVersions([Parent] Lesson lesson, [Service] VersionsOfPack versions, int first = 20, string? after = null) => versions.Read(lesson, first, after);

    /// <summary>某一版；没有这一版时为 null。One version by its number; null when there is no such version.</summary>
    /// <param name="number">版本号。Its number.</param>
    public static IDataLoaderResult<ShownVersion?> GetVersionAt([Parent] Lesson lesson, int number, [Service] VersionOfPack versions) => versions.Read(lesson, number);

    /// <summary>创建时间。When it was created.</summary>
    public static DateTime GetCreatedAt([Parent] Lesson lesson) => lesson.CreatedAt;

    /// <summary>最近更新时间。When it last changed.</summary>
    public static DateTime GetUpdatedAt([Parent] Lesson lesson) => lesson.UpdatedAt;

    /// <summary>首次发布时间。When it was first published.</summary>
    public static DateTime? GetPublishedAt([Parent] Lesson lesson) => lesson.PublishedAt;

    /// <summary>A cursor is the lesson before: where it has left the list since, it starts from the beginning.</summary>
    private static IDataLoaderResult<Connection<Lesson>> InOrder(IDataLoaderResult<IReadOnlyList<Lesson>> lessons, int first, string? after)
    {
        var last = Page.IdOf<Lesson>(after);
        return lessons.Then(all => Page.Of<Lesson>([.. all.Skip(all.ToList().FindIndex(l => l.Id == last) + 1).Take(first + 1)], first, after, l => l.Id.ToString("n"), Later.Given(all.Count)));
    }
}

/// <summary>课的改编来源。What a lesson was adapted from.</summary>
/// <param name="Version">来源当时的版本。The source's version at that time.</param>
public sealed record LessonAdaptation([property: GraphQLIgnore] Guid SourceId, int Version)
{
    /// <summary>来源；您无权查看或已不在时为 null。The source; null when you may not see it, or it is gone.</summary>
    public IDataLoaderResult<Lesson?> GetLesson([Service] PackById<Lesson> lessons) => lessons.LoadAsync(SourceId);
}
