using GraphQL.DataLoader;
using ResourceHub.Api.GraphQL;
using ResourceHub.Api.Lessons;
using ResourceHub.Api.Schools;
using ResourceHub.Core.Courses;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;
using ResourceHub.Core.Taxonomy;

namespace ResourceHub.Api.Courses;

/// <summary>课程：一个学期按次序的课，可分单元；双师课程有主讲学校和跟随学校。Lessons in the order they are taught, for a term, in units; in a dual-teacher course one school leads and others follow.</summary>
[ObjectType<Course>, Node]
public static class CourseObjectType
{
    [NodeResolver]
    public static IDataLoaderResult<Course?> Find(Guid id, [Service] PackById<Course> courses) => courses.LoadAsync(id);

    /// <summary>标题。The title, on one line.</summary>
    public static string GetTitle([Parent] Course course) => course.Title;

    /// <summary>简介。What it is about.</summary>
    public static string? GetDescription([Parent] Course course) => course.Description;

    /// <summary>学段。The stage of schooling.</summary>
    public static Term? GetStage([Parent] Course course) => Terms.NamedOrNull(Vocabulary.Stage, course.Stage);

    /// <summary>年级。The grade it is for.</summary>
    public static Term? GetGrade([Parent] Course course) => Terms.NamedOrNull(Vocabulary.Grade, course.Grade);

    /// <summary>学科。The subject.</summary>
    public static Term? GetSubject([Parent] Course course) => Terms.NamedOrNull(Vocabulary.Subject, course.Subject);

    /// <summary>教材版本。The edition of the textbook it follows.</summary>
    public static Term? GetEdition([Parent] Course course) => Terms.NamedOrNull(Vocabulary.Edition, course.Edition);

    /// <summary>册次。The volume of that textbook.</summary>
    public static Term? GetVolume([Parent] Course course) => Terms.NamedOrNull(Vocabulary.Volume, course.Volume);

    /// <summary>学年，如 2026-2027学年。The school year, such as 2026-2027学年.</summary>
    public static string? GetSchoolYear([Parent] Course course) => course.SchoolYear;

    /// <summary>学期，如 第一学期。The term, such as 第一学期.</summary>
    public static string? GetTerm([Parent] Course course) => course.Term;

    /// <summary>双师课程的主讲学校。The school whose lessons are followed; null for a course that one school teaches alone.</summary>
    public static IDataLoaderResult<School?> GetLeadSchool([Parent] Course course, [Service] SchoolById schools) => course.LeadSchoolId is { } lead ? schools.LoadAsync(lead) : Later.Nothing<School>();

    /// <summary>跟随的学校。The schools that follow.</summary>
    public static IDataLoaderResult<IReadOnlyList<School>> GetFollowers([Parent] Course course, [Service] FollowersOfCourse followers) => followers.LoadAsync(course.Id).OrEmpty();

    /// <summary>各单元，按次序。Its units in their order.</summary>
    public static IDataLoaderResult<IReadOnlyList<ShownUnit>> GetUnits([Parent] Course course, [Service] LessonsOfCourse lessons) => lessons.LoadAsync(course.Id).Then(shown => shown?.Units ?? []);

    /// <summary>您能看到的课，按教学次序，不论单元。The lessons that you may see, in the order of teaching through all units.</summary>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    /// <param name="after">从此游标之后开始。Start after this cursor.</param>
    public static IDataLoaderResult<Connection<Lesson>> GetLessons([Parent] Course course, [Service] LessonsOfCourse lessons, int first = 20, string? after = null)
    {
        var from = Page.NumberOf<Lesson>(after) ?? 0;
        return lessons.LoadAsync(course.Id).Then(shown => ShownCourse.PageOf(shown, first, after, from));
    }

    /// <summary>还有几课没有对您开放。How many more lessons there are that are not open to you.</summary>
    public static IDataLoaderResult<int> GetLessonsNotShared([Parent] Course course, [Service] LessonsOfCourse lessons) => lessons.LoadAsync(course.Id).Then(shown => shown?.NotShared ?? 0);

    /// <summary>所属学校。The school that owns it.</summary>
    public static IDataLoaderResult<School> GetSchool([Parent] Course course, [Service] SchoolById schools) => schools.LoadAsync(course.SchoolId)!;

    /// <summary>状态。Where it is between draft and withdrawn.</summary>
    public static ResourceState GetState([Parent] Course course) => course.State;

    /// <summary>课程本身的可见范围；其中各项各有自己的。Who may see the course once it is published; what is in it has its own.</summary>
    public static Visibility GetVisibility([Parent] Course course) => course.Visibility;

    /// <summary>共享给哪些结对；只列出您有权知道的。The partnerships it is shared with, as far as they are yours to know.</summary>
    public static IDataLoaderResult<IReadOnlyList<Partnership>> GetSharedWith([Parent] Course course, [Service] PartnershipsOfPack shares, [Service] Viewer viewer)
        => shares.LoadAsync(course.Id).Then(shared => ResourceAccess.SharesKnownTo(course.SchoolId, viewer, shared ?? []));

    /// <summary>现在谁能看到，一句话；对外校只说其有权知道的。Who sees it now, in words; to other schools as far as it is theirs to know.</summary>
    public static IDataLoaderResult<string> GetAudience([Parent] Course course, [Service] AudienceOfPack audience) => audience.LoadAsync(new PackKey(course))!;

    /// <summary>您是否可以更改它。Whether you may change it.</summary>
    public static bool GetMayEdit([Parent] Course course, [Service] Viewer viewer) => viewer.MayEdit(course);

    /// <summary>当前版本号，从 1 起。The number of the current version, from 1.</summary>
    public static int GetVersion([Parent] Course course) => course.Version;

    /// <summary>版本历史，新的在前。Its history, the newest first.</summary>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    /// <param name="after">从此游标之后开始。Start after this cursor.</param>
    public static IDataLoaderResult<Connection<ShownVersion>> GetVersions([Parent] Course course, [Service] VersionsOfPack versions, int first = 20, string? after = null) => versions.Read(course, first, after);

    /// <summary>某一版；没有这一版时为 null。One version by its number; null when there is no such version.</summary>
    /// <param name="number">版本号。Its number.</param>
    public static IDataLoaderResult<ShownVersion?> GetVersionAt([Parent] Course course, int number, [Service] VersionOfPack versions) => versions.Read(course, number);

    /// <summary>创建时间。When it was created.</summary>
    public static DateTime GetCreatedAt([Parent] Course course) => course.CreatedAt;

    /// <summary>最近更新时间。When it last changed.</summary>
    public static DateTime GetUpdatedAt([Parent] Course course) => course.UpdatedAt;

    /// <summary>首次发布时间。When it was first published.</summary>
    public static DateTime? GetPublishedAt([Parent] Course course) => course.PublishedAt;
}
