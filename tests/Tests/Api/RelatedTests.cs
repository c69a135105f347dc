using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Core.Catalogue;
using ResourceHub.Core.Courses;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;
using ResourceHub.Core.Search;

namespace ResourceHub.Tests.Api;

/// <summary>What is related to a resource and why: by what it says, and by what it is bound to.</summary>
public sealed class RelatedTests : IAsyncLifetime
{
    private static readonly DateTime At = FixedWorld.Moment;

    private HubApp hub = null!;

    public async Task InitializeAsync()
    {
        hub = await HubApp.StartAsync();
        await using var db = await DbAsync();
        db.AddRange(new School { Id = FixedWorld.Owner, Name = "新村实验小学", CreatedAt = At }, new School { Id = FixedWorld.Stranger, Name = "德阳二中", CreatedAt = At });
        await db.SaveChangesAsync();
        await IndexAsync(
            Resource(100, "人教版六年级上册《圆的面积》第2课时教学设计", chapter: "第五单元 圆"),
            Resource(101, "圆的周长 课件", chapter: "第五单元 圆"),
            Resource(102, "操场上的圆的面积 综合实践", subject: "integrated-practice"),
            Resource(103, "圆的面积（外校）", school: FixedWorld.Stranger, edition: "bnu"),
            Resource(104, "小数乘法 第2课时教学设计"),
            Resource(105, "识字 第2课时教学设计", subject: "chinese"));
    }

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task What_says_much_the_same_is_related_also_across_subjects_and_what_files_it_does_not_count()
    {
        var related = await RelatedAsync(100);
        Assert.Equal(("圆的面积（外校）", "SIMILAR_TEXT"), Assert.Single(related, r => r.Title == "圆的面积（外校）"));
        Assert.Contains(("操场上的圆的面积 综合实践", "SIMILAR_TEXT"), related);
        Assert.Equal(("圆的周长 课件", "SAME_CHAPTER"), related[0]);
        // 第2课时 and 教学设计 are in the title too; only the subject speaks for one of those.
        Assert.Contains(("小数乘法 第2课时教学设计", "SAME_STAGE"), related);
        Assert.DoesNotContain(related, r => r.Title.StartsWith("识字", StringComparison.Ordinal));
        Assert.DoesNotContain(related, r => r.Title.Contains("第2课时教学设计", StringComparison.Ordinal) && r.Title.Contains('圆', StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_adapted_is_related_both_ways()
    {
        var copy = Resource(110, "自己的版本", school: FixedWorld.Stranger, subject: null, basedOn: 105);
        await IndexAsync(copy);
        Assert.Contains(("自己的版本", "LINEAGE"), await RelatedAsync(105));
        Assert.Equal(("识字 第2课时教学设计", "LINEAGE"), (await RelatedAsync(110))[0]);
    }

    [Fact]
    public async Task Parts_of_a_lesson_and_of_its_course_are_related_to_those_who_see_the_lesson()
    {
        await using (var db = await DbAsync())
        {
            Lesson open = Lesson("公开课", Visibility.Public, 104, 105), hidden = Lesson("校内课", Visibility.School, 104, 102), later = Lesson("下一课", Visibility.Public, 101);
            var course = new Course { SchoolId = FixedWorld.Owner, CreatedBy = FixedWorld.Creator, Title = "课程" };
            course.Publish(Visibility.Public, At);
            course.Lessons.AddRange([new() { CourseId = course.Id, LessonId = open.Id, Position = 1 }, new() { CourseId = course.Id, LessonId = later.Id, Position = 2 }]);
            db.AddRange(open, hidden, later, course);
            await db.SaveChangesAsync();
        }
        var related = await RelatedAsync(104);
        Assert.Equal(("识字 第2课时教学设计", "SAME_LESSON"), related[0]);
        Assert.Contains(("圆的周长 课件", "SAME_COURSE"), related);
        Assert.DoesNotContain(related, r => r.Title.StartsWith("操场", StringComparison.Ordinal));
        Assert.Contains(("操场上的圆的面积 综合实践", "SAME_LESSON"), await RelatedAsync(104, HubApp.AdminKey));
    }

    [Fact]
    public async Task Chapters_of_other_editions_that_teach_the_same_are_siblings()
    {
        var (pep, bnu, far) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await using (var db = await DbAsync())
        {
            foreach (var (id, edition, topic) in ((Guid, string, string)[])[(pep, "pep", "识字"), (bnu, "bnu", "识字"), (far, "bnu", "写话")])
            {
                db.Add(new CatalogueNode { Id = id, VolumeId = id, Code = $"{edition}/{topic}", Level = CatalogueLevel.Chapter, Title = $"{topic}一", Subject = "chinese", Edition = edition, Topics = [topic] });
                db.Add(new CatalogueTopic { NodeId = id, Topic = topic });
            }
            await db.SaveChangesAsync();
        }
        await IndexAsync(Resource(120, "天地人", subject: null, chapterId: pep), Resource(121, "日月水火", subject: null, chapterId: bnu), Resource(122, "口耳目", subject: null, chapterId: far));
        Assert.Equal([("日月水火", "SIBLING_CHAPTER")], await RelatedAsync(120));
    }

    [Fact]
    public async Task What_is_hidden_changes_nothing_that_others_are_told()
    {
        var before = (await RelatedAsync(100)).Order().ToList();
        await IndexAsync([.. Enumerable.Range(200, 30).Select(n => Resource(n, $"圆的面积 {n}", chapter: "第五单元 圆", visibility: n % 2 == 0 ? Visibility.School : Visibility.Private, basedOn: 100))]);
        Assert.Equal(before, (await RelatedAsync(100)).Order());
        Assert.Contains(await RelatedAsync(100, HubApp.AdminKey), r => r.Title.StartsWith("圆的面积 2", StringComparison.Ordinal));
    }

    private static Resource Resource(
        int number, string title, string? chapter = null, string? subject = "mathematics", string? edition = "pep", Guid? school = null, int? basedOn = null, Guid? chapterId = null, Visibility visibility = Visibility.Public)
    {
        var resource = new Resource
        {
            Id = FixedWorld.Id(number),
            SchoolId = school ?? FixedWorld.Owner,
            CreatedBy = FixedWorld.Creator,
            Title = title,
            Kind = "lesson-plan",
            Subject = subject,
            Stage = subject is null ? null : "primary",
            Edition = edition,
            Chapter = chapter,
            ChapterId = chapterId,
            Licence = "cc-by",
            BasedOnId = basedOn is { } source ? FixedWorld.Id(source) : null,
            CreatedAt = At,
        };
        resource.Publish(visibility, At.AddMinutes(number));
        return resource;
    }

    private static Lesson Lesson(string title, Visibility visibility, params int[] parts)
    {
        var lesson = new Lesson { SchoolId = FixedWorld.Owner, CreatedBy = FixedWorld.Creator, Title = title };
        lesson.Parts.AddRange(parts.Select((n, at) => new LessonPart { LessonId = lesson.Id, ResourceId = FixedWorld.Id(n), Position = at + 1 }));
        lesson.Publish(visibility, At);
        return lesson;
    }

    private async Task IndexAsync(params Resource[] resources)
    {
        await using var db = await DbAsync();
        db.AddRange(resources);
        await db.SaveChangesAsync();
        await hub.Services.GetRequiredService<ISearchIndex>().WriteAsync(await ResourceDocuments.BuildAsync(db, [.. resources.Select(r => r.Id)], default), [], default);
    }

    private Task<HubDb> DbAsync() => hub.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync();

    private async Task<List<(string Title, string Reason)>> RelatedAsync(int number, string? key = null)
    {
        var found = await hub.QueryAsync("query($id: ID!) { resource(id: $id) { related(first: 10) { title } moreLikeThis(first: 10) { reason resource { title } } } }", new { id = FixedWorld.Global("Resource", number) }, key);
        var resource = found.GetProperty("resource");
        List<(string, string)> related = [.. resource.GetProperty("moreLikeThis").EnumerateArray().Select(r => (r.GetProperty("resource").GetProperty("title").GetString()!, r.GetProperty("reason").GetString()!))];
        Assert.Equal(related.Select(r => r.Item1), resource.GetProperty("related").EnumerateArray().Select(r => r.GetProperty("title").GetString()!));
        return related;
    }
}
