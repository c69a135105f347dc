using System.IO.Compression;
using System.Text.Json;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core.Collections;
using ResourceHub.Core.Courses;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;
using Xunit.Abstractions;

namespace ResourceHub.Tests.Sharing.Doors;

/// <summary>Everybody at the doors of lessons, courses, collections, the catalogue and their zips: standing in what is open opens nothing.</summary>
[Collection(nameof(DoorWorld))]
public sealed class PackDoorsTests(DoorWorld world, ITestOutputHelper output)
{
    [Fact]
    public async Task Lessons_courses_and_collections_are_shown_to_whom_they_are_open_and_to_others_what_is_shown_of_nothing()
    {
        var matrix = new DoorMatrix(world, output);
        var (open, shut) = await matrix.TryAsync(PackDoors.OfLessons(world), world.Packs.Lessons, PackSubjects.Absent<Lesson>);
        Assert.True(open >= 300 && shut >= 300);
        await matrix.TryAsync(PackDoors.OfCourses(), world.Packs.Courses, PackSubjects.Absent<Course>);
        await matrix.TryAsync(PackDoors.OfCollections(), world.Packs.Collections, PackSubjects.Absent<Collection>);
    }

    [Fact]
    public async Task A_resource_that_stands_in_what_is_open_is_shown_to_whom_it_is_open_itself()
        => await new DoorMatrix(world, output).TryAsync(PackDoors.OfResources(world), world.Subjects, Target.Absent);

    [Fact]
    public async Task Counts_and_zips_are_of_what_somebody_sees()
    {
        var query = $"{{ lesson(id: \"{world.Packs.OpenLesson}\") {{ parts {{ id }} partsNotShared }} catalogueNode(id: \"{world.Packs.Chapter}\") {{ resourceCount lessonCount resources {{ totalCount }} lessons {{ totalCount }} }} }}";
        foreach (var actor in world.Actors.Where(a => !a.IsRefused))
        {
            var told = JsonSerializer.Deserialize<JsonElement>((await Door.AskAsync(actor, query, new { })).Body).GetProperty("data");
            var seen = world.Subjects.Where(s => world.MaySee(actor, s.Resource)).Select(s => s.Resource).ToList();
            var published = seen.Count(r => r.State == ResourceState.Published);
            var node = told.GetProperty("catalogueNode");
            Assert.Equal((actor.Name, published, published), (actor.Name, node.GetProperty("resourceCount").GetInt32(), node.GetProperty("resources").GetProperty("totalCount").GetInt32()));
            Assert.Equal((actor.Name, published, published), (actor.Name, node.GetProperty("lessonCount").GetInt32(), node.GetProperty("lessons").GetProperty("totalCount").GetInt32()));
            var kept = world.Subjects.Count(s => s.Resource.State != ResourceState.Deleted);
            Assert.Equal((actor.Name, seen.Count, kept - seen.Count), (actor.Name, told.GetProperty("lesson").GetProperty("parts").GetArrayLength(), told.GetProperty("lesson").GetProperty("partsNotShared").GetInt32()));
            using var zip = new ZipArchive(new MemoryStream(await actor.Client.GetByteArrayAsync($"/lessons/{world.Packs.OpenLesson}.zip")));
            using var sheet = new StreamReader(zip.GetEntry("说明 README.txt")!.Open());
            var text = await sheet.ReadToEndAsync();
            Assert.Equal((actor.Name, seen.Count), (actor.Name, zip.Entries.Count(e => e.Name == "课件.txt")));
            Assert.All(world.Subjects, s => Assert.Equal(world.MaySee(actor, s.Resource), text.Contains(s.Target.Word)));
        }
    }

    [Fact]
    public async Task Nothing_can_be_done_to_a_lesson_course_or_collection_that_is_not_there_for_somebody()
    {
        List<string> wrong = [];
        var cells = await TryAsync<Lesson>(world.Packs.Lessons, "lesson", wrong,
            [.. Common("Lesson"), ("setLessonParts", "parts: []"), ("adaptLesson", "schoolId: \"{school}\""), ("restoreLessonVersion", "number: 1")]);
        cells += await TryAsync<Course>(world.Packs.Courses, "course", wrong, [.. Common("Course"), ("setCourseLessons", "units: []"), ("restoreCourseVersion", "number: 1")]);
        cells += await TryAsync<Collection>(world.Packs.Collections, "collection", wrong, [.. Common("Collection"), ("setCollectionItems", "items: []"), ("restoreCollectionVersion", "number: 1")]);
        output.WriteLine($"{cells} cells");
        Assert.True(wrong.Count == 0, $"{wrong.Count} wrong:\n{string.Join('\n', wrong.Take(20))}");
    }

    private static IEnumerable<(string Mutation, string Input)> Common(string kind) =>
    [
        ($"update{kind}", "title: \"改名\""), ($"publish{kind}", "visibility: PUBLIC"), ($"share{kind}", "partnershipIds: [\"{pair}\"]"), ($"unshare{kind}", "partnershipIds: [\"{pair}\"]"),
        ($"withdraw{kind}", ""), ($"delete{kind}", ""),
    ];

    private async Task<int> TryAsync<T>(IReadOnlyList<Subject> subjects, string field, List<string> wrong, IReadOnlyList<(string Mutation, string Input)> mutations)
    {
        var cells = 0;
        foreach (var (mutation, input) in mutations)
            foreach (var actor in world.Actors)
            {
                var own = actor.Asker?.School is { } school ? GlobalId.Of<School>(school) : world.Owner;
                var query = $"mutation($id: ID!) {{ {mutation}(input: {{ {field}Id: $id {input.Replace("{pair}", world.ActivePair).Replace("{school}", own)} }}) {{ errors {{ code message path }} {field} {{ title }} }} }}";
                var absent = PackSubjects.Absent<T>();
                var nothing = absent.Blank((await Door.AskAsync(actor, query, new { id = absent.Id })).Body);
                foreach (var subject in subjects.Where(s => !world.MaySee(actor, s.Resource)))
                {
                    cells++;
                    var answer = await Door.AskAsync(actor, query, new { id = subject.Target.Id });
                    if (subject.Target.Blank(answer.Body) != nothing) wrong.Add($"{subject.Name}, {actor.Name}, {mutation}: {answer}, but {nothing}");
                }
            }
        return cells;
    }
}
