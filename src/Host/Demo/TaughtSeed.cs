namespace ResourceHub.Host.Demo;

/// <summary>Makes the demonstration's lessons, courses and collections through the door, each step with an idempotency key of its own.</summary>
/// <param name="schools">Ids by name.</param>
/// <param name="partnerships">Ids by name.</param>
/// <param name="resources">Ids by the key of the lesson on the shelf.</param>
internal sealed class TaughtSeed(DemoDoor door, IReadOnlyDictionary<string, string> schools, IReadOnlyDictionary<string, string> partnerships, IReadOnlyDictionary<string, string> resources)
{
    public async Task RunAsync(Taught taught, CancellationToken ct)
    {
        Dictionary<string, string> lessons = [];
        foreach (var lesson in taught.Lessons) lessons[lesson.Title] = await LessonAsync(lesson, ct);
        foreach (var course in taught.Courses) await CourseAsync(course, lessons, ct);
        foreach (var collection in taught.Collections) await CollectionAsync(collection, lessons, ct);
    }

    private Task<string> LessonAsync(TaughtLesson lesson, CancellationToken ct) => MakeAsync("Lesson", lesson, new()
    {
        ["grade"] = lesson.Grade,
        ["subject"] = lesson.Subject,
        ["edition"] = lesson.Edition,
        ["volume"] = lesson.Volume,
        ["chapter"] = lesson.Chapter,
        ["period"] = lesson.Period,
        ["type"] = lesson.Type,
        ["objectives"] = lesson.Objectives,
        ["parts"] = lesson.Parts.Select(p => new { kind = p.Kind, resourceId = resources[p.Resource] }),
    }, ct);

    private Task<string> CourseAsync(TaughtCourse course, Dictionary<string, string> lessons, CancellationToken ct) => MakeAsync("Course", course, new()
    {
        ["grade"] = course.Grade,
        ["schoolYear"] = course.SchoolYear,
        ["term"] = course.Term,
        ["leadSchoolId"] = course.Lead is null ? null : schools[course.Lead],
        ["followerIds"] = course.Followers.Select(name => schools[name]),
        ["units"] = course.Units.Select(u => new { title = u.Title, lessonIds = u.Lessons.Select(title => lessons[title]) }),
    }, ct);

    private Task<string> CollectionAsync(TaughtCollection collection, Dictionary<string, string> lessons, CancellationToken ct) => MakeAsync("Collection", collection, new()
    {
        ["purpose"] = collection.Purpose,
        ["stage"] = collection.Stage,
        ["items"] = collection.Items.Select(i => new { resourceId = i.Resource is null ? null : resources[i.Resource], lessonId = i.Lesson is null ? null : lessons[i.Lesson], note = i.Note }),
    }, ct);

    /// <summary>Creates it and opens it to whom it is for. Returns its id.</summary>
    /// <param name="kind">Lesson, Course or Collection.</param>
    private async Task<string> MakeAsync(string kind, TaughtPack pack, Dictionary<string, object?> input, CancellationToken ct)
    {
        var field = kind.ToLowerInvariant();
        var once = $"demo:{field}:{pack.School}:{pack.Title}";
        (input["schoolId"], input["title"], input["description"]) = (schools[pack.School], pack.Title, pack.Description);
        var made = await door.ChangeAsync($"create{kind}", $"{field} {{ id }}", input, once + ":create", ct);
        var id = made.GetProperty(field).GetProperty("id").GetString()!;
        if (pack.Partnership is { } partnership)
            await door.ChangeAsync($"share{kind}", $"{field} {{ id }}", new() { [$"{field}Id"] = id, ["partnershipIds"] = new[] { partnerships[partnership] } }, once + ":share", ct);
        else
            await door.ChangeAsync($"publish{kind}", $"{field} {{ id }}", new() { [$"{field}Id"] = id, ["visibility"] = pack.Audience.ToString().ToUpperInvariant() }, once + ":publish", ct);
        return id;
    }
}
