using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Core.Courses;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Search;
using ResourceHub.Engines.Sqlite;
using ResourceHub.Tests.Api;
using Xunit.Abstractions;

namespace ResourceHub.Tests.Lessons;

/// <summary>What a whole course costs the record when one question asks for its lessons, their parts and what other schools made of them.</summary>
public sealed class CourseStatementTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Parts = 5;

    private const string Question = """
        query($id: ID!) { course(id: $id) {
          title audience school { name } followers { name } lessonsNotShared units { title lessons { title } } versions(first: 2) { nodes { number lessons { title } } }
          lessons(first: 20) { totalCount nodes {
            title audience mayEdit partsNotShared school { name } sharedWith { name } catalogueChapter { title }
            course { title } unit { title } follows { nodes { title } } followedBy { nodes { title } }
            parts { kind position resource { title school { name } files { name } lessons(first: 2) { totalCount } adaptations(first: 3) { totalCount nodes { title } } } }
            versions(first: 2) { totalCount nodes { number by parts { resource { title } } } }
            adaptations(first: 3) { totalCount nodes {
              title school { name } partsNotShared basedOn { version lesson { title } }
              parts { kind resource { title school { name } basedOn { version resource { title } } } } } } } } } }
        """;

    private readonly ReadCount counter = new();
    private HubApp hub = null!;
    private FixedWorld world = null!;

    public async Task InitializeAsync()
    {
        hub = await HubApp.StartAsync(change: services => services.ConfigureDbContext<SqliteHubDb>(options => options.AddInterceptors(counter)));
        // A new hub builds its index first; its reading would be counted too.
        var index = hub.Services.GetRequiredService<ISearchIndex>();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!(await index.HealthAsync(default)).IsWhole) await tick.WaitForNextTickAsync();
        world = new FixedWorld(hub);
        await world.FillAsync();
    }

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task A_course_of_20_lessons_with_parts_and_adaptations_costs_as_many_statements_as_one_of_5()
    {
        var (few, many) = (await CourseAsync(40_000, 5), await CourseAsync(50_000, 20));
        foreach (var key in (string[])[await world.KeyAsync(FixedWorld.Owner, Role.SchoolAdmin), await world.KeyAsync(FixedWorld.Partner)])
        {
            var (five, twenty) = (await LeastAsync(few, 5, key), await LeastAsync(many, 20, key));
            // A worker's look at the record may come between; what grew with the lessons would show fifteen times.
            Assert.InRange(twenty - five, -2, 2);
            output.WriteLine($"{five} statements for 5 lessons, {twenty} for 20");
            Assert.InRange(five, 20, 60);
        }
    }

    /// <summary>The least of three times: the first time rows are read that are kept afterwards, and whatever else reads meanwhile only adds.</summary>
    private async Task<int> LeastAsync(string course, int lessons, string key)
    {
        var least = int.MaxValue;
        for (var n = 0; n < 3; n++) least = Math.Min(least, await CountAsync(course, lessons, key));
        return least;
    }

    /// <summary>Asks for it all, and makes sure that it all came.</summary>
    private async Task<int> CountAsync(string course, int lessons, string key)
    {
        counter.Reset();
        var told = (await hub.QueryAsync(Question, new { id = course }, key)).GetProperty("course").GetProperty("lessons").GetProperty("nodes");
        var counted = counter.Statements;
        Assert.Equal(lessons, told.GetArrayLength());
        foreach (var lesson in told.EnumerateArray())
        {
            Assert.Equal(Parts, lesson.GetProperty("parts").GetArrayLength());
            var copy = Assert.Single(lesson.GetProperty("adaptations").GetProperty("nodes").EnumerateArray());
            Assert.All(copy.GetProperty("parts").EnumerateArray(), p => Assert.Equal(JsonValueKind.Object, p.GetProperty("resource").GetProperty("basedOn").GetProperty("resource").ValueKind));
        }
        return counted;
    }

    /// <summary>A published course of this many lessons in two units, each of parts of its own and adapted by the partner school.</summary>
    private async Task<string> CourseAsync(int number, int lessons)
    {
        await using var db = await world.DbAsync();
        var course = new Course { Id = FixedWorld.Id(number), SchoolId = FixedWorld.Owner, CreatedBy = FixedWorld.Creator, Title = $"{lessons} 课", CreatedAt = FixedWorld.Moment };
        course.Followers.Add(new CourseFollower { CourseId = course.Id, SchoolId = FixedWorld.Partner });
        for (var n = 1; n <= 2; n++) course.Units.Add(new CourseUnit { CourseId = course.Id, Position = n, Title = $"第{n}单元" });
        for (var n = 1; n <= lessons; n++)
        {
            var lesson = Lesson(number + n * 20, FixedWorld.Owner, null);
            var copy = Lesson(number + n * 20 + 1, FixedWorld.Partner, lesson.Id);
            for (var part = 0; part < Parts; part++)
            {
                var resource = FixedWorld.Add(db, number + 5000 + n * 10 + part, $"课件 {n}.{part}", Visibility.Public);
                var own = new Resource { SchoolId = FixedWorld.Partner, CreatedBy = FixedWorld.Creator, Title = $"改编 {n}.{part}", Kind = "slides", BasedOnId = resource.Id, BasedOnVersion = 1 };
                own.Publish(Visibility.Public, FixedWorld.Moment);
                db.Add(own);
                AddPart(lesson, part, resource.Id);
                AddPart(copy, part, own.Id);
            }
            Add(db, lesson);
            Add(db, copy);
            course.Lessons.Add(new CourseLesson { CourseId = course.Id, LessonId = lesson.Id, Position = n, UnitId = course.Units[n % 2].Id });
        }
        Add(db, course);
        await db.SaveChangesAsync();
        return FixedWorld.Global("Course", number);
    }

    private static Lesson Lesson(int number, Guid school, Guid? basedOn) => new()
    {
        Id = FixedWorld.Id(number),
        SchoolId = school,
        CreatedBy = FixedWorld.Creator,
        Title = $"课 {number}",
        CreatedAt = FixedWorld.Moment,
        BasedOnId = basedOn,
        BasedOnVersion = basedOn is null ? null : 1,
    };

    private static void AddPart(Lesson lesson, int at, Guid resource)
        => lesson.Parts.Add(new LessonPart { LessonId = lesson.Id, Position = at + 1, Kind = (LessonPartKind)at, ResourceId = resource });

    private static void Add(HubDb db, Pack pack)
    {
        pack.Publish(Visibility.Public, FixedWorld.Moment);
        db.Add(pack);
        db.Add(new PackVersion { PackId = pack.Id, Number = 1, At = FixedWorld.Moment, By = FixedWorld.Creator, What = "created", Content = PackContent.Of(pack).ToJson() });
    }
}
