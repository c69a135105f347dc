using System.Text.Json;

namespace ResourceHub.Tests.Lessons;

/// <summary>Lessons: made, put together, opened and taken back.</summary>
public sealed class LessonTests(LessonWorld world) : IClassFixture<LessonWorld>
{
    private const string Parts = "parts { id kind label position resource { id title } } partsNotShared";

    [Fact]
    public async Task A_teacher_puts_a_lesson_together_of_own_and_partners_resources_in_their_order()
    {
        var slides = await world.ResourceAsync("圆的面积 课件");
        var partners = await world.ResourceAsync("圆的面积 微课", "PARTNERS", "video-lesson", world.Circle.Taker);
        var lesson = await world.LessonAsync("圆的面积");
        var set = (await world.SetPartsAsync(lesson, world.Circle.Author, $"video:{partners}", $"slides:{slides}")).GetProperty("lesson");
        Assert.Equal(["video 圆的面积 微课", "slides 圆的面积 课件"], LessonWorld.Told(set));
        Assert.Equal(2, set.GetProperty("version").GetInt32());
        var seen = await world.SeeAsync(lesson, $"title stage {{ code }} grade {{ code }} subject {{ code }} state visibility mayEdit audience school {{ id }} {Parts}", world.Circle.Author);
        Assert.Equal("primary", seen.GetProperty("stage").GetProperty("code").GetString());
        Assert.Equal("DRAFT", seen.GetProperty("state").GetString());
        Assert.True(seen.GetProperty("mayEdit").GetBoolean());
        Assert.Equal("视频课程", seen.GetProperty("parts")[0].GetProperty("label").GetString());
        Assert.StartsWith("尚未发布", seen.GetProperty("audience").GetString(), StringComparison.Ordinal);
        var node = (await world.Hub.QueryAsync("query($id: ID!) { node(id: $id) { __typename ... on Lesson { title } } }", new { id = lesson }, world.Circle.Author)).GetProperty("node");
        Assert.Equal("Lesson", node.GetProperty("__typename").GetString());
    }

    [Fact]
    public async Task A_lesson_open_to_all_shows_nobody_a_part_that_is_not_theirs_and_says_how_many_there_are()
    {
        var open = await world.ResourceAsync("公开的课件");
        var schools = await world.ResourceAsync("校内的练习", "SCHOOL", "exercises");
        var partners = await world.ResourceAsync("结对的任务单", "PARTNERS", "task-sheet");
        var lesson = await world.LessonAsync("分数的意义", [$"slides:{open}", $"task-sheet:{partners}", $"exercises:{schools}"]);
        await world.PublishAsync(lesson);
        foreach (var (key, titles) in new (string?, string[])[]
        {
            (null, ["slides 公开的课件"]), (world.Circle.Outsider, ["slides 公开的课件"]), (world.Circle.TakerTeacher, ["slides 公开的课件", "task-sheet 结对的任务单"]),
            (world.Circle.Colleague, ["slides 公开的课件", "task-sheet 结对的任务单", "exercises 校内的练习"]),
        })
        {
            var seen = await world.SeeAsync(lesson, Parts, key);
            Assert.Equal(titles, LessonWorld.Told(seen));
            Assert.Equal(3 - titles.Length, seen.GetProperty("partsNotShared").GetInt32());
        }
        await world.Circle.ChangeAsync("deleteResource", new { resourceId = schools }, HubApp.AdminKey);
        Assert.Equal(1, (await world.SeeAsync(lesson, Parts, null)).GetProperty("partsNotShared").GetInt32());
    }

    [Fact]
    public async Task A_part_stays_the_same_part_when_it_moves_or_its_resource_is_replaced()
    {
        var (plan, slides, better) = (await world.ResourceAsync("教案", kind: "lesson-plan"), await world.ResourceAsync("课件一"), await world.ResourceAsync("课件二"));
        var lesson = await world.LessonAsync("比例", [$"plan:{plan}", $"slides:{slides}"]);
        var before = Ids(await world.SeeAsync(lesson, Parts, world.Circle.Author));
        var after = Ids((await world.SetPartsAsync(lesson, world.Circle.Author, $"slides:{better}", $"plan:{plan}")).GetProperty("lesson"));
        Assert.Equal(before["plan 教案"], after["plan 教案"]);
        Assert.Equal(before["slides 课件一"], after["slides 课件二"]);

        static Dictionary<string, string> Ids(JsonElement lesson) => LessonWorld.Told(lesson).Zip(lesson.GetProperty("parts").EnumerateArray(), (told, part) => (told, part.GetProperty("id").GetString()!)).ToDictionary();
    }

    [Fact]
    public async Task A_colleague_who_sees_only_some_parts_moves_those_and_the_others_stay()
    {
        var (one, two) = (await world.ResourceAsync("一"), await world.ResourceAsync("二"));
        var mine = await world.Circle.DraftAsync("只有我看到的草稿");
        var lesson = await world.LessonAsync("百分数", [$"slides:{one}", $"plan:{mine}", $"slides:{two}"]);
        await world.Circle.ChangeAsync("publishLesson", new { lessonId = lesson, visibility = "SCHOOL" }, world.Circle.Author);
        var seen = (await world.SetPartsAsync(lesson, world.Circle.Colleague, $"slides:{two}", $"slides:{one}")).GetProperty("lesson");
        Assert.Equal(["slides 二", "slides 一"], LessonWorld.Told(seen));
        Assert.Equal(1, seen.GetProperty("partsNotShared").GetInt32());
        Assert.Equal(["slides 二", "plan 只有我看到的草稿", "slides 一"], LessonWorld.Told(await world.SeeAsync(lesson, Parts, world.Circle.Author)));
        await world.Circle.ChangeAsync("setLessonParts", new { lessonId = lesson, parts = LessonWorld.Parts($"slides:{one}"), withoutHidden = true }, world.Circle.Colleague);
        Assert.Equal(["slides 一"], LessonWorld.Told(await world.SeeAsync(lesson, Parts, world.Circle.Author)));
    }

    [Fact]
    public async Task What_is_wrong_with_the_parts_is_said_with_its_place()
    {
        var lesson = await world.LessonAsync("圆柱");
        var (slides, hidden) = (await world.ResourceAsync("圆柱 课件"), await world.ResourceAsync("别校的", "SCHOOL", school: world.Circle.Elsewhere));
        string[] parts = [$"slide:{slides}", $"plan:{hidden}", $"slides:{slides}", $"slides:{slides}"];
        Assert.Equal(["UNKNOWN_CODE(parts,0,kind)", "NOT_FOUND(parts,1,resourceId)", "ALREADY_EXISTS(parts,3,resourceId)"],
            await world.Circle.RefusedAsync("setLessonParts", new { lessonId = lesson, parts = LessonWorld.Parts(parts) }, world.Circle.Author));
        Assert.Equal(["NOT_FOUND(schoolId)"], await world.Circle.RefusedAsync("createLesson", new { schoolId = world.Circle.Taker, title = "替别校建课" }, world.Circle.Author));
        Assert.Equal(["REQUIRED(title)", "UNKNOWN_CODE(grade)"], await world.Circle.RefusedAsync("createLesson", new { schoolId = world.Circle.Giver, title = " ", grade = "六年级" }, world.Circle.Author));
        Assert.Equal(["NOT_FOUND(lessonId)"], await world.Circle.RefusedAsync("updateLesson", new { lessonId = lesson, title = "改" }, world.Circle.TakerAdmin));
    }

    [Fact]
    public async Task The_same_key_makes_one_lesson_and_setting_what_is_there_makes_no_version()
    {
        var slides = await world.ResourceAsync("课件");
        var input = new { schoolId = world.Circle.Giver, title = "负数", clientMutationId = $"once-{Guid.CreateVersion7():n}", parts = LessonWorld.Parts($"slides:{slides}") };
        var one = (await world.Circle.ChangeAsync("createLesson", input, world.Circle.Author, "lesson { id }")).GetProperty("lesson").GetProperty("id").GetString()!;
        Assert.Equal(one, (await world.Circle.ChangeAsync("createLesson", input, world.Circle.Author, "lesson { id }")).GetProperty("lesson").GetProperty("id").GetString());
        Assert.Equal(1, (await world.SetPartsAsync(one, world.Circle.Author, $"slides:{slides}")).GetProperty("lesson").GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task The_creator_opens_a_lesson_to_the_school_and_another_admin_beyond_it()
    {
        var lesson = await world.LessonAsync("扇形");
        Assert.False(await world.IsSeenAsync(lesson, world.Circle.Colleague));
        Assert.Equal(["REVIEW_REQUIRED(visibility)"], await world.Circle.RefusedAsync("publishLesson", new { lessonId = lesson, visibility = "PUBLIC" }, world.Circle.Author));
        await world.Circle.ChangeAsync("publishLesson", new { lessonId = lesson, visibility = "SCHOOL" }, world.Circle.Author);
        Assert.True(await world.IsSeenAsync(lesson, world.Circle.Colleague));
        Assert.Equal(["FORBIDDEN"], await world.Circle.RefusedAsync("publishLesson", new { lessonId = lesson, visibility = "PRIVATE" }, world.Circle.Colleague));
        Assert.False(await world.IsSeenAsync(lesson, world.Circle.TakerTeacher));
        var shared = await world.Circle.ChangeAsync("shareLesson", new { lessonId = lesson, partnershipIds = new[] { world.Circle.Agreement } }, world.Circle.Admin, "audience");
        Assert.Contains("巴中第一实验小学", shared.GetProperty("audience").GetString(), StringComparison.Ordinal);
        Assert.True(await world.IsSeenAsync(lesson, world.Circle.TakerTeacher));
        Assert.False(await world.IsSeenAsync(lesson, world.Circle.Outsider));
        await world.Circle.ChangeAsync("unshareLesson", new { lessonId = lesson, partnershipIds = new[] { world.Circle.Agreement } }, world.Circle.Author);
        Assert.False(await world.IsSeenAsync(lesson, world.Circle.TakerTeacher));
        Assert.Equal("SCHOOL", (await world.SeeAsync(lesson, "visibility", world.Circle.Author)).GetProperty("visibility").GetString());
        Assert.Equal(["published", "shared", "unshared"], await world.AuditAsync(lesson));
    }

    [Fact]
    public async Task An_admin_opens_what_they_made_themselves_beyond_the_school_only_where_the_school_lets_them()
    {
        var lesson = await world.LessonAsync("圆锥", key: world.Circle.Admin);
        var wanted = new { lessonId = lesson, visibility = "MEMBERS" };
        Assert.Equal(["REVIEW_REQUIRED(visibility)"], await world.Circle.RefusedAsync("publishLesson", wanted, world.Circle.Admin));
        await world.Circle.LetApproveOwnAsync(world.Circle.Giver, true);
        await world.Circle.ChangeAsync("publishLesson", wanted, world.Circle.Admin);
        await world.Circle.LetApproveOwnAsync(world.Circle.Giver, false);
        Assert.True(await world.IsSeenAsync(lesson, world.Circle.Outsider));
    }

    [Fact]
    public async Task A_lesson_is_shared_within_what_the_agreement_covers_and_stays_there()
    {
        var senior = (await world.Circle.ChangeAsync("createLesson", new { schoolId = world.Circle.Giver, title = "高中课", grade = "g10", subject = "physics" }, world.Circle.Author, "lesson { id }")).GetProperty("lesson").GetProperty("id").GetString()!;
        var wanted = new { lessonId = senior, visibility = "PARTNERS", partnershipIds = new[] { world.Circle.Agreement } };
        Assert.Equal(["OUTSIDE_AGREEMENT(partnershipIds,stage)"], await world.Circle.RefusedAsync("publishLesson", wanted, world.Circle.Admin));
        Assert.Equal(["PARTNERS_NEEDED(partnershipIds)"], await world.Circle.RefusedAsync("publishLesson", new { lessonId = senior, visibility = "PARTNERS" }, world.Circle.Admin));
        await world.Circle.ChangeAsync("updateLesson", new { lessonId = senior, grade = "g6" }, world.Circle.Author);
        await world.Circle.ChangeAsync("publishLesson", wanted, world.Circle.Admin);
        Assert.Equal(["OUTSIDE_AGREEMENT(partnershipIds,stage)"], await world.Circle.RefusedAsync("updateLesson", new { lessonId = senior, grade = "g10" }, world.Circle.Author));
    }

    [Fact]
    public async Task What_is_withdrawn_or_deleted_is_seen_no_more_and_the_partnership_is_told()
    {
        var lesson = await world.LessonAsync("统计");
        await world.PublishAsync(lesson, "PARTNERS", [world.Circle.Agreement]);
        Assert.Equal(["FORBIDDEN"], await world.Circle.RefusedAsync("deleteLesson", new { lessonId = lesson }, world.Circle.Author));
        await world.Circle.ChangeAsync("withdrawLesson", new { lessonId = lesson }, world.Circle.Author);
        Assert.False(await world.IsSeenAsync(lesson, world.Circle.TakerTeacher));
        Assert.True(await world.IsSeenAsync(lesson, world.Circle.Author));
        var deleted = await world.Circle.ChangeAsync("deleteLesson", new { lessonId = lesson }, world.Circle.Admin, "lessonId");
        Assert.Equal(lesson, deleted.GetProperty("lessonId").GetString());
        Assert.False(await world.IsSeenAsync(lesson, HubApp.AdminKey));
        Assert.Equal(["published", "withdrawn", "deleted"], await world.AuditAsync(lesson));
        var activity = await world.Hub.QueryAsync("query($id: ID!) { partnership(id: $id) { activity(first: 50) { nodes { kind packId lesson { id } school { name } } } } }", new { id = world.Circle.Agreement }, world.Circle.TakerTeacher);
        var told = activity.GetProperty("partnership").GetProperty("activity").GetProperty("nodes").EnumerateArray().Where(n => n.GetProperty("packId").GetString() == lesson).ToList();
        Assert.Equal(["WITHDRAWN", "SHARED"], told.Select(n => n.GetProperty("kind").GetString()));
        Assert.All(told, n => Assert.Equal(JsonValueKind.Null, n.GetProperty("lesson").ValueKind));
    }

    [Fact]
    public async Task A_resource_says_which_lessons_it_is_a_part_of_as_far_as_they_are_open()
    {
        var slides = await world.ResourceAsync("多课共用的课件");
        var open = await world.LessonAsync("开放的课", [$"slides:{slides}"]);
        var draft = await world.LessonAsync("草稿的课", [$"slides:{slides}"]);
        await world.PublishAsync(open);
        const string fields = "lessons(first: 1) { totalCount nodes { id } pageInfo { hasNextPage endCursor } }";
        var outside = (await world.Circle.SeeAsync(slides, fields, world.Circle.Outsider)).GetProperty("lessons");
        Assert.Equal(1, outside.GetProperty("totalCount").GetInt32());
        Assert.Equal(open, outside.GetProperty("nodes")[0].GetProperty("id").GetString());
        var own = (await world.Circle.SeeAsync(slides, fields, world.Circle.Author)).GetProperty("lessons");
        Assert.Equal(2, own.GetProperty("totalCount").GetInt32());
        Assert.Equal(draft, own.GetProperty("nodes")[0].GetProperty("id").GetString());
        Assert.True(own.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean());
    }

    [Fact]
    public async Task Lessons_are_listed_by_what_they_are_filed_under_and_by_partnership_for_its_members_only()
    {
        var lesson = await world.LessonAsync("列表里的课");
        await world.PublishAsync(lesson, "PARTNERS", [world.Circle.Agreement]);
        async Task<int> CountAsync(object filter, string? key) => (await world.Hub.QueryAsync("query($filter: LessonFilter) { lessons(filter: $filter) { totalCount nodes { title } } }", new { filter }, key)).GetProperty("lessons").GetProperty("totalCount").GetInt32();
        Assert.Equal(1, await CountAsync(new { text = "列表里", grade = new[] { "g6", "g5" }, subject = new[] { "mathematics" }, school = new[] { world.Circle.Giver } }, world.Circle.TakerTeacher));
        Assert.Equal(0, await CountAsync(new { text = "列表里", grade = new[] { "g5" } }, world.Circle.TakerTeacher));
        Assert.Equal(1, await CountAsync(new { text = "列表里", partnership = new[] { world.Circle.Agreement } }, world.Circle.TakerTeacher));
        Assert.Equal(0, await CountAsync(new { partnership = new[] { world.Circle.Agreement } }, world.Circle.Outsider));
        Assert.Equal(0, await CountAsync(new { text = "列表里" }, null));
        Assert.Equal(1, await CountAsync(new { text = "列表里", mine = true }, world.Circle.Author));
        Assert.Equal(0, await CountAsync(new { text = "列表里", mine = true }, world.Circle.Admin));
    }
}
