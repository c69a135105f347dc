using System.Text.Json;

namespace ResourceHub.Tests.Lessons;

/// <summary>Every change of a lesson is a version with who, when and why; each can be viewed and made the current one again.</summary>
public sealed class LessonVersionTests(LessonWorld world) : IClassFixture<LessonWorld>
{
    private const string Versions = "version title objectives parts { id kind resource { title } } versions { totalCount nodes { number what why by title fields { name value } parts { id kind resource { title } } } }";

    [Fact]
    public async Task A_lesson_tells_who_changed_what_and_why_and_is_made_again_what_it_was()
    {
        var (slides, plan) = (await world.ResourceAsync("课件甲"), await world.ResourceAsync("教案甲", kind: "lesson-plan"));
        var lesson = await world.LessonAsync("初名", [$"slides:{slides}", $"plan:{plan}"]);
        var first = Ids(await world.SeeAsync(lesson, Versions, world.Circle.Author));
        await world.Circle.ChangeAsync("updateLesson", new { lessonId = lesson, title = "改名", objectives = new[] { "会算", "会用" }, why = "按教研意见" }, world.Circle.Author);
        await world.Circle.ChangeAsync("setLessonParts", new { lessonId = lesson, parts = LessonWorld.Parts($"plan:{plan}"), why = "课件要重做" }, world.Circle.Author);
        var seen = await world.SeeAsync(lesson, Versions, world.Circle.Author);
        Assert.Equal(3, seen.GetProperty("version").GetInt32());
        var versions = seen.GetProperty("versions").GetProperty("nodes").EnumerateArray().ToList();
        Assert.Equal(["parts 课件要重做", "metadata 按教研意见", "created "], versions.Select(v => $"{v.GetProperty("what").GetString()} {v.GetProperty("why").GetString()}"));
        Assert.All(versions, v => Assert.Equal("test", v.GetProperty("by").GetString()));
        Assert.Equal(["slides 课件甲", "plan 教案甲"], LessonWorld.Told(versions[1]));
        Assert.Contains(versions[1].GetProperty("fields").EnumerateArray(), f => f.GetProperty("name").GetString() == "objectives" && f.GetProperty("value").GetString() == "会算\n会用");

        var restored = await world.Circle.ChangeAsync("restoreLessonVersion", new { lessonId = lesson, number = 1, why = "还是原来的好" }, world.Circle.Author, $"leftOut lesson {{ {Versions} }}");
        var again = restored.GetProperty("lesson");
        Assert.Equal(4, again.GetProperty("version").GetInt32());
        Assert.Equal("初名", again.GetProperty("title").GetString());
        Assert.Empty(again.GetProperty("objectives").EnumerateArray());
        Assert.Equal(first, Ids(again));
        Assert.Equal(0, restored.GetProperty("leftOut").GetInt32());
        Assert.Equal("restored", again.GetProperty("versions").GetProperty("nodes")[0].GetProperty("what").GetString());
        Assert.Equal(["NOT_FOUND(number)"], await world.Circle.RefusedAsync("restoreLessonVersion", new { lessonId = lesson, number = 9 }, world.Circle.Author));
    }

    [Fact]
    public async Task What_was_deleted_since_is_left_out_and_counted()
    {
        var (kept, gone) = (await world.ResourceAsync("还在"), await world.ResourceAsync("已删", kind: "exercises"));
        var lesson = await world.LessonAsync("少了一样", [$"slides:{kept}", $"exercises:{gone}"]);
        await world.SetPartsAsync(lesson, world.Circle.Author, $"slides:{kept}");
        await world.Circle.ChangeAsync("deleteResource", new { resourceId = gone }, HubApp.AdminKey);
        var restored = await world.Circle.ChangeAsync("restoreLessonVersion", new { lessonId = lesson, number = 1 }, world.Circle.Author, "leftOut lesson { version parts { kind resource { title } } }");
        Assert.Equal(1, restored.GetProperty("leftOut").GetInt32());
        Assert.Equal(["slides 还在"], LessonWorld.Told(restored.GetProperty("lesson")));
    }

    [Fact]
    public async Task To_another_school_a_version_shows_the_parts_that_are_open_and_not_who_made_it()
    {
        var (open, inside) = (await world.ResourceAsync("开放的"), await world.ResourceAsync("校内的", "SCHOOL"));
        var lesson = await world.LessonAsync("看版本", [$"slides:{open}", $"slides:{inside}"]);
        await world.PublishAsync(lesson);
        var version = (await world.SeeAsync(lesson, "versionAt(number: 1) { title by what parts { kind resource { title } } }", world.Circle.Outsider)).GetProperty("versionAt");
        Assert.Equal(["slides 开放的"], LessonWorld.Told(version));
        Assert.Equal(JsonValueKind.Null, version.GetProperty("by").ValueKind);
        Assert.Equal(JsonValueKind.Null, (await world.SeeAsync(lesson, "versionAt(number: 2) { title }", world.Circle.Outsider)).GetProperty("versionAt").ValueKind);
    }

    [Fact]
    public async Task A_course_is_made_again_what_it_was_with_its_units()
    {
        var (one, two) = (await world.LessonAsync("一"), await world.LessonAsync("二"));
        var course = await world.CourseAsync("课程版本", null, ("上", [one]), ("下", [two]));
        await world.SetLessonsAsync(course, world.Circle.Author, ("全", [two, one]));
        var restored = await world.Circle.ChangeAsync("restoreCourseVersion", new { courseId = course, number = 1 }, world.Circle.Author, "leftOut course { version units { title lessons { title } } versions { nodes { number what lessons { title } } } }");
        var units = restored.GetProperty("course").GetProperty("units").EnumerateArray().Select(u => $"{u.GetProperty("title").GetString()}:{u.GetProperty("lessons")[0].GetProperty("title").GetString()}");
        Assert.Equal(["上:一", "下:二"], units);
        Assert.Equal(0, restored.GetProperty("leftOut").GetInt32());
        Assert.Equal(["二", "一"], restored.GetProperty("course").GetProperty("versions").GetProperty("nodes")[1].GetProperty("lessons").EnumerateArray().Select(l => l.GetProperty("title").GetString()));
    }

    private static string[] Ids(JsonElement lesson) => [.. lesson.GetProperty("parts").EnumerateArray().Select(p => p.GetProperty("id").GetString()!)];
}
