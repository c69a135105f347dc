namespace ResourceHub.Tests.Lessons;

public sealed class LessonAdaptationTests(LessonWorld world) : IClassFixture<LessonWorld>
{
    private async Task<string> LicensedAsync(string title, string licence)
    {
        var made = await world.Circle.ChangeAsync("createResource", new { schoolId = world.Circle.Giver, title, kind = "exercises", licence, stage = "primary", grades = new[] { "g6" }, subject = "mathematics" }, HubApp.AdminKey, "resource { id }");
        var id = made.GetProperty("resource").GetProperty("id").GetString()!;
        await world.Hub.PublishAsync(id);
        return id;
    }

    [Fact]
    public async Task A_partner_makes_a_lesson_its_own_with_copies_of_the_parts_it_sees_and_the_source_shows_it()
    {
        var (slides, plan, hidden) = (await world.ResourceAsync("圆的面积 课件", "PARTNERS"), await world.ResourceAsync("圆的面积 教学设计", "PARTNERS", "lesson-plan"), await world.ResourceAsync("校内讲义", "SCHOOL"));
        var lesson = await world.LessonAsync("圆的面积", [$"slides:{slides}", $"other:{hidden}", $"plan:{plan}"]);
        await world.PublishAsync(lesson, "PARTNERS", [world.Circle.Agreement]);
        var adapted = (await world.Circle.ChangeAsync("adaptLesson", new { lessonId = lesson, schoolId = world.Circle.Taker }, world.Circle.TakerTeacher,
            "lesson { id title state school { id } basedOn { version lesson { id } } parts { kind position sourcePartId resource { title school { id } basedOn { version resource { title } } } } }")).GetProperty("lesson");
        Assert.Equal(["slides 圆的面积 课件", "plan 圆的面积 教学设计"], LessonWorld.Told(adapted));
        Assert.Equal(lesson, adapted.GetProperty("basedOn").GetProperty("lesson").GetProperty("id").GetString());
        Assert.Equal(("DRAFT", world.Circle.Taker), (adapted.GetProperty("state").GetString(), adapted.GetProperty("parts")[0].GetProperty("resource").GetProperty("school").GetProperty("id").GetString()));
        Assert.Equal("圆的面积 课件", adapted.GetProperty("parts")[0].GetProperty("resource").GetProperty("basedOn").GetProperty("resource").GetProperty("title").GetString());
        await world.PublishAsync(adapted.GetProperty("id").GetString()!, "PARTNERS", [world.Circle.Agreement]);
        var source = await world.SeeAsync(lesson, "adaptations { totalCount nodes { id school { id } } }", world.Circle.Author);
        Assert.Equal(adapted.GetProperty("id").GetString(), source.GetProperty("adaptations").GetProperty("nodes")[0].GetProperty("id").GetString());
        Assert.Contains("adapted", await world.AuditAsync(lesson));
        var told = await world.Hub.QueryAsync("query($id: ID!) { partnership(id: $id) { activity(first: 20) { nodes { kind school { id } } } } }", new { id = world.Circle.Agreement }, world.Circle.Author);
        Assert.Contains(told.GetProperty("partnership").GetProperty("activity").GetProperty("nodes").EnumerateArray(), c => c.GetProperty("kind").GetString() == "ADAPTED" && c.GetProperty("school").GetProperty("id").GetString() == world.Circle.Taker);
    }

    [Fact]
    public async Task A_part_that_may_not_be_adapted_is_named_and_can_be_left_out()
    {
        var (free, bound) = (await LicensedAsync("可改编的练习", "cc-by"), await LicensedAsync("出版社的试卷", "all-rights"));
        var lesson = await world.LessonAsync("分数除法", [$"exercises:{free}", $"other:{bound}"]);
        await world.PublishAsync(lesson);
        Assert.Equal(["LICENCE_FORBIDS(lessonId)"], await world.Circle.RefusedAsync("adaptLesson", new { lessonId = lesson, schoolId = world.Circle.Taker }, world.Circle.TakerTeacher));
        Assert.Contains("出版社的试卷", await world.Circle.WhyAsync("adaptLesson", new { lessonId = lesson, schoolId = world.Circle.Taker }, world.Circle.TakerTeacher), StringComparison.Ordinal);
        var adapted = await world.Circle.ChangeAsync("adaptLesson", new { lessonId = lesson, schoolId = world.Circle.Taker, withoutForbidden = true, title = "分数除法（巴中）" }, world.Circle.TakerTeacher, "lesson { title parts { kind resource { title } } }");
        Assert.Equal(["exercises 可改编的练习"], LessonWorld.Told(adapted.GetProperty("lesson")));
        Assert.Equal("分数除法（巴中）", adapted.GetProperty("lesson").GetProperty("title").GetString());
    }

    [Fact]
    public async Task What_one_does_not_see_is_not_adapted_nor_for_another_school_nor_opened_wider_than_it_was_received()
    {
        var slides = await world.ResourceAsync("比 课件", "PARTNERS");
        var closed = await world.LessonAsync("草稿里的课");
        var lesson = await world.LessonAsync("比", [$"slides:{slides}"]);
        await world.PublishAsync(lesson, "PARTNERS", [world.Circle.Agreement]);
        Assert.Equal(["NOT_FOUND(lessonId)"], await world.Circle.RefusedAsync("adaptLesson", new { lessonId = closed, schoolId = world.Circle.Taker }, world.Circle.TakerTeacher));
        Assert.Equal(["NOT_FOUND(lessonId)"], await world.Circle.RefusedAsync("adaptLesson", new { lessonId = lesson, schoolId = world.Circle.Elsewhere }, world.Circle.Outsider));
        Assert.Equal(["NOT_FOUND(schoolId)"], await world.Circle.RefusedAsync("adaptLesson", new { lessonId = lesson, schoolId = world.Circle.Giver }, world.Circle.TakerTeacher));
        var adapted = await world.Circle.ChangeAsync("adaptLesson", new { lessonId = lesson, schoolId = world.Circle.Taker }, world.Circle.TakerTeacher, "lesson { id }");
        Assert.Equal(["SOURCE_LIMITS(visibility)"], await world.Circle.RefusedAsync("publishLesson", new { lessonId = adapted.GetProperty("lesson").GetProperty("id").GetString(), visibility = "PUBLIC" }, world.Circle.TakerAdmin));
    }
}
