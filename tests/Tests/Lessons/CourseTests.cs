using System.Text.Json;

namespace ResourceHub.Tests.Lessons;

/// <summary>Courses in units, what is taught before what, and circles that are refused by name.</summary>
public sealed class CourseTests(LessonWorld world) : IClassFixture<LessonWorld>
{
    private const string Order = "course { title } unit { title lessons { title } } follows { nodes { title } } followedBy { nodes { title } } precedes { totalCount nodes { title } }";

    [Fact]
    public async Task A_course_has_its_lessons_in_units_and_each_knows_what_comes_before_and_after()
    {
        var (one, two, three, four) = (await world.LessonAsync("认识圆"), await world.LessonAsync("圆的周长"), await world.LessonAsync("圆的面积"), await world.LessonAsync("复习"));
        var course = await world.CourseAsync("六年级上册数学", null, ("圆", [one, two, three]), (null, [four]));
        var seen = (await world.Hub.QueryAsync(
            "query($id: ID!) { course(id: $id) { title version units { id title position lessons { title } } lessons(first: 3) { totalCount nodes { title } pageInfo { hasNextPage endCursor } } lessonsNotShared } }", new { id = course }, world.Circle.Author)).GetProperty("course");
        Assert.Equal("圆", seen.GetProperty("units")[0].GetProperty("title").GetString());
        Assert.Equal(3, seen.GetProperty("units")[0].GetProperty("lessons").GetArrayLength());
        Assert.Equal(["认识圆", "圆的周长", "圆的面积"], LessonWorld.Titles(seen.GetProperty("lessons")));
        Assert.Equal(4, seen.GetProperty("lessons").GetProperty("totalCount").GetInt32());
        var after = seen.GetProperty("lessons").GetProperty("pageInfo").GetProperty("endCursor").GetString();
        var rest = (await world.Hub.QueryAsync("query($id: ID!, $after: String) { course(id: $id) { lessons(after: $after) { nodes { title } } } }", new { id = course, after }, world.Circle.Author)).GetProperty("course");
        Assert.Equal(["复习"], LessonWorld.Titles(rest.GetProperty("lessons")));

        var middle = await world.SeeAsync(two, Order, world.Circle.Author);
        Assert.Equal("六年级上册数学", middle.GetProperty("course").GetProperty("title").GetString());
        Assert.Equal("圆", middle.GetProperty("unit").GetProperty("title").GetString());
        Assert.Equal(["认识圆"], LessonWorld.Titles(middle.GetProperty("follows")));
        Assert.Equal(["圆的面积"], LessonWorld.Titles(middle.GetProperty("followedBy")));
        Assert.Equal(["圆的面积", "复习"], LessonWorld.Titles(middle.GetProperty("precedes")));
        Assert.Equal(JsonValueKind.Null, (await world.SeeAsync(four, Order, world.Circle.Author)).GetProperty("unit").ValueKind);
        // The course is a draft: to a colleague its order is not told, also by lessons that are open.
        await world.PublishAsync(two, "SCHOOL");
        Assert.Equal(JsonValueKind.Null, (await world.SeeAsync(two, Order, world.Circle.Colleague)).GetProperty("course").ValueKind);
        Assert.Empty(LessonWorld.Titles((await world.SeeAsync(two, Order, world.Circle.Colleague)).GetProperty("precedes")));
    }

    [Fact]
    public async Task An_order_that_goes_in_a_circle_is_refused_and_the_circle_named()
    {
        var (a, b, c, d) = (await world.LessonAsync("甲"), await world.LessonAsync("乙"), await world.LessonAsync("丙"), await world.LessonAsync("丁"));
        var course = await world.CourseAsync("有次序的课程", null, (null, [a, b, c]));
        await world.Circle.ChangeAsync("setLessonSequence", new { earlierId = c, laterId = d }, world.Circle.Author);
        Assert.Equal(["SEQUENCE_CYCLE(laterId)"], await world.Circle.RefusedAsync("setLessonSequence", new { earlierId = d, laterId = a }, world.Circle.Author));
        Assert.Contains("“丁” → “甲” → “乙” → “丙” → “丁”", await world.Circle.WhyAsync("setLessonSequence", new { earlierId = d, laterId = a }, world.Circle.Author), StringComparison.Ordinal);
        Assert.Equal(["SEQUENCE_CYCLE(laterId)"], await world.Circle.RefusedAsync("setLessonSequence", new { earlierId = a, laterId = a }, world.Circle.Author));
        var wanted = new { courseId = course, units = LessonWorld.Units((null, [d, a, c])) };
        Assert.Equal(["SEQUENCE_CYCLE(units)"], await world.Circle.RefusedAsync("setCourseLessons", wanted, world.Circle.Author));
        Assert.Contains("“丁” → “甲” → “丙” → “丁”", await world.Circle.WhyAsync("setCourseLessons", wanted, world.Circle.Author), StringComparison.Ordinal);
        Assert.Equal(["丁"], LessonWorld.Titles((await world.SeeAsync(c, Order, world.Circle.Author)).GetProperty("followedBy")));
        await world.Circle.ChangeAsync("removeLessonSequence", new { earlierId = c, laterId = d }, world.Circle.Author);
        await world.SetLessonsAsync(course, world.Circle.Author, (null, [d, a, c]));
        Assert.Equal(["丁"], LessonWorld.Titles((await world.SeeAsync(a, Order, world.Circle.Author)).GetProperty("follows")));
    }

    [Fact]
    public async Task A_circle_through_a_lesson_that_one_may_not_see_does_not_tell_its_title()
    {
        var (mine, other) = (await world.LessonAsync("公开的一课"), await world.LessonAsync("同事的秘密草稿"));
        await world.PublishAsync(mine, "SCHOOL");
        var second = await world.LessonAsync("我的另一课", key: world.Circle.Colleague);
        await world.Circle.ChangeAsync("setLessonSequence", new { earlierId = mine, laterId = other }, world.Circle.Author);
        await world.Circle.ChangeAsync("setLessonSequence", new { earlierId = other, laterId = second }, world.Circle.Admin);
        var why = await world.Circle.WhyAsync("setLessonSequence", new { earlierId = second, laterId = mine }, world.Circle.Colleague);
        Assert.Contains("（不对您开放的一课）", why, StringComparison.Ordinal);
        Assert.DoesNotContain("秘密", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lesson_is_in_one_course_of_its_own_school()
    {
        var lesson = await world.LessonAsync("只在一门课程里");
        var partners = await world.LessonAsync("伙伴校的课", key: world.Circle.TakerTeacher, school: world.Circle.Taker);
        await world.PublishAsync(partners);
        await world.CourseAsync("第一门", null, (null, [lesson]));
        Assert.Equal(["ALREADY_IN_COURSE(units,0,lessonIds,0)", "OTHER_SCHOOL(units,0,lessonIds,1)", "NOT_FOUND(units,1,lessonIds,0)"],
            await world.Circle.RefusedAsync("createCourse", new
            {
                schoolId = world.Circle.Giver,
                title = "第二门",
                units = LessonWorld.Units((null, [lesson, partners]), ("单元", [await world.LessonAsync("别人的草稿", key: world.Circle.TakerTeacher, school: world.Circle.Taker)])),
            }, world.Circle.Author));
    }

    [Fact]
    public async Task A_colleague_orders_the_lessons_they_see_and_the_others_stay_in_their_places()
    {
        var (one, hidden, two) = (await world.LessonAsync("第一课"), await world.LessonAsync("藏着的课"), await world.LessonAsync("第二课"));
        foreach (var lesson in (string[])[one, two]) await world.PublishAsync(lesson, "SCHOOL");
        var course = await world.CourseAsync("同事也能排", null, ("单元一", [one, hidden, two]));
        await world.Circle.ChangeAsync("publishCourse", new { courseId = course, visibility = "SCHOOL" }, world.Circle.Author);
        await world.SetLessonsAsync(course, world.Circle.Colleague, ("单元一", [two, one]));
        const string fields = "query($id: ID!) { course(id: $id) { lessons { nodes { title } } lessonsNotShared units { title lessons { title } } } }";
        var colleague = (await world.Hub.QueryAsync(fields, new { id = course }, world.Circle.Colleague)).GetProperty("course");
        Assert.Equal(["第二课", "第一课"], LessonWorld.Titles(colleague.GetProperty("lessons")));
        Assert.Equal(1, colleague.GetProperty("lessonsNotShared").GetInt32());
        var author = (await world.Hub.QueryAsync(fields, new { id = course }, world.Circle.Author)).GetProperty("course");
        Assert.Equal(["第二课", "藏着的课", "第一课"], LessonWorld.Titles(author.GetProperty("lessons")));
    }

    [Fact]
    public async Task A_dual_teacher_course_names_the_school_that_leads_and_partners_that_follow_and_nobody_else()
    {
        var input = new { schoolId = world.Circle.Giver, title = "双师课程", grade = "g6", schoolYear = "2026-2027学年", term = "第一学期", leadSchoolId = world.Circle.Giver, followerIds = new[] { world.Circle.Taker } };
        var made = (await world.Circle.ChangeAsync("createCourse", input, world.Circle.Author, "course { id schoolYear term leadSchool { name } followers { name } }")).GetProperty("course");
        Assert.Equal("华新实验小学", made.GetProperty("leadSchool").GetProperty("name").GetString());
        Assert.Equal("巴中第一实验小学", made.GetProperty("followers")[0].GetProperty("name").GetString());
        var id = made.GetProperty("id").GetString();
        Assert.Equal(["NOT_A_PARTNER(followerIds,1)"], await world.Circle.RefusedAsync("updateCourse", new { courseId = id, followerIds = new[] { world.Circle.Taker, world.Circle.Elsewhere } }, world.Circle.Author));
        Assert.Equal(["NOT_A_PARTNER(leadSchoolId)"], await world.Circle.RefusedAsync("updateCourse", new { courseId = id, leadSchoolId = world.Circle.Elsewhere }, world.Circle.Author));
        await world.Circle.ChangeAsync("shareCourse", new { courseId = id, partnershipIds = new[] { world.Circle.Agreement } }, world.Circle.Admin);
        var taking = (await world.Hub.QueryAsync("query($s: [ID!]) { courses(filter: { taking: $s, text: \"双师\" }) { totalCount } }", new { s = new[] { world.Circle.Taker } }, world.Circle.TakerTeacher)).GetProperty("courses");
        Assert.Equal(1, taking.GetProperty("totalCount").GetInt32());
        await world.Circle.ChangeAsync("withdrawCourse", new { courseId = id }, world.Circle.Admin);
        Assert.Equal(JsonValueKind.Null, (await world.Hub.QueryAsync("query($id: ID!) { course(id: $id) { id } }", new { id }, world.Circle.TakerTeacher)).GetProperty("course").ValueKind);
    }

    [Fact]
    public async Task The_lessons_of_a_deleted_course_are_free_for_another()
    {
        var lesson = await world.LessonAsync("换到新课程");
        var old = await world.CourseAsync("旧课程", null, (null, [lesson]));
        await world.Circle.ChangeAsync("deleteCourse", new { courseId = old }, world.Circle.Author);
        await world.CourseAsync("新课程", null, (null, [lesson]));
        Assert.Equal("新课程", (await world.SeeAsync(lesson, "course { title }", world.Circle.Author)).GetProperty("course").GetProperty("title").GetString());
    }
}
