using Microsoft.EntityFrameworkCore;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.Catalogue;
using ResourceHub.Core.Collections;
using ResourceHub.Core.Courses;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Tests.Sharing;

/// <summary>
/// Lessons, a course and a collection that an outsider sees, and in one of the worlds others that they may not: adapted from those, taught before and after
/// them, made of the same resources and filed at the same chapter.
/// </summary>
internal sealed class TwinLessons(HubDb db, bool hasSecrets)
{
    private const int Chapter = 2900, Seen = 3000, Secret = 3100, SeenCount = 12, SecretCount = 18;

    public async Task AddAsync()
    {
        db.Add(new CatalogueNode { Id = TwinWorld.Id(Chapter), VolumeId = TwinWorld.Id(Chapter), Code = "twin/1", Title = "第一单元", Subject = "mathematics" });
        int[] seen = [.. Enumerable.Range(0, TwinWorld.Visible + TwinWorld.Hidden).Where(n => !TwinWorld.IsHidden(n))];
        int[] hidden = [.. Enumerable.Range(0, TwinWorld.Visible + TwinWorld.Hidden).Where(TwinWorld.IsHidden)];
        var course = new Course { Id = TwinWorld.Id(4000), SchoolId = TwinWorld.Owner, CreatedBy = TwinWorld.Creator, Title = "公开的课程", CreatedAt = TwinWorld.Moment };
        var collection = new Collection { Id = TwinWorld.Id(5000), SchoolId = TwinWorld.Owner, CreatedBy = TwinWorld.Creator, Title = "公开的专辑", CreatedAt = TwinWorld.Moment };
        for (var n = 0; n < SeenCount; n++)
        {
            var lesson = Lesson(Seen + n, $"{TwinWorld.Words[n % TwinWorld.Words.Length]} 课 {n}", null, 100 + seen[n], 100 + seen[n + 1]);
            lesson.Publish(n % 2 == 0 ? Visibility.Public : Visibility.Members, TwinWorld.Moment);
            Keep(lesson);
            if (n < 6) Teach(course, lesson.Id);
            Item(collection, lesson.Id);
        }
        foreach (var pack in (Pack[])[course, collection])
        {
            pack.Publish(Visibility.Public, TwinWorld.Moment);
            Keep(pack);
        }
        if (hasSecrets) AddSecrets(seen, hidden);
        await db.SaveChangesAsync();
        Guid[] filed = [.. seen.Concat(hidden).Select(n => TwinWorld.Id(100 + n))];
        await db.Resources.Where(r => filed.Contains(r.Id)).ExecuteUpdateAsync(set => set.SetProperty(r => r.ChapterId, TwinWorld.Id(Chapter)));
    }

    private void AddSecrets(int[] seen, int[] hidden)
    {
        var course = new Course { Id = TwinWorld.Id(4100), SchoolId = TwinWorld.Owner, CreatedBy = TwinWorld.Creator, Title = $"{TwinWorld.SecretWords[0]} 课程", CreatedAt = TwinWorld.Moment };
        course.Units.Add(new CourseUnit { CourseId = course.Id, Position = 1, Title = TwinWorld.SecretWords[1] });
        var collection = new Collection { Id = TwinWorld.Id(5100), SchoolId = TwinWorld.Owner, CreatedBy = TwinWorld.Creator, Title = $"{TwinWorld.SecretWords[2]} 专辑", CreatedAt = TwinWorld.Moment };
        for (var n = 0; n < SecretCount; n++)
        {
            var secret = TwinWorld.SecretWords[n % TwinWorld.SecretWords.Length];
            var lesson = Lesson(Secret + n, $"{TwinWorld.Words[n % TwinWorld.Words.Length]} {secret} 课 {n}", n % 2 == 0 ? Seen + n % SeenCount : null, 100 + hidden[n], 100 + seen[n]);
            Hide(lesson, n);
            Keep(lesson);
            Teach(course, lesson.Id);
            Item(collection, lesson.Id);
            // Before what is seen and after it by turns.
            var (here, there) = (TwinWorld.Id(Seen + n % SeenCount), lesson.Id);
            db.Add(n % 2 == 0 ? new LessonSequence { EarlierId = here, LaterId = there } : new LessonSequence { EarlierId = there, LaterId = here });
        }
        for (var n = 6; n < SeenCount; n++) Teach(course, TwinWorld.Id(Seen + n));
        course.Publish(Visibility.School, TwinWorld.Moment);
        Keep(course);
        collection.ShareWith([TwinWorld.Pair], TwinWorld.Moment);
        collection.Publish(Visibility.Partners, TwinWorld.Moment);
        Keep(collection);
    }

    private static void Hide(Pack pack, int number)
    {
        var at = TwinWorld.Moment;
        switch (number % 6)
        {
            case 0: break;
            case 1: pack.Publish(Visibility.School, at); break;
            case 2: pack.Publish(Visibility.Private, at); break;
            case 3: pack.Publish(Visibility.Public, at); pack.Withdraw(at); break;
            case 4: pack.Publish(Visibility.Public, at); pack.Delete(at); break;
            default:
                pack.ShareWith([TwinWorld.Pair], at);
                pack.Publish(Visibility.Partners, at);
                break;
        }
    }

    private static Lesson Lesson(int number, string title, int? basedOn, params int[] resources)
    {
        var lesson = new Lesson
        {
            Id = TwinWorld.Id(number),
            SchoolId = TwinWorld.Owner,
            CreatedBy = TwinWorld.Creator,
            Title = title,
            Subject = "mathematics",
            ChapterId = TwinWorld.Id(Chapter),
            BasedOnId = basedOn is { } source ? TwinWorld.Id(source) : null,
            BasedOnVersion = basedOn is null ? null : 1,
            CreatedAt = TwinWorld.Moment,
        };
        // Ids of their own, so that both worlds say the same.
        foreach (var resource in resources)
            lesson.Parts.Add(new LessonPart { Id = TwinWorld.Id(number * 10 + lesson.Parts.Count), LessonId = lesson.Id, Position = lesson.Parts.Count + 1, Kind = LessonPartKind.Slides, ResourceId = TwinWorld.Id(resource) });
        return lesson;
    }

    private static void Teach(Course course, Guid lesson)
        => course.Lessons.Add(new CourseLesson { CourseId = course.Id, LessonId = lesson, Position = course.Lessons.Count + 1, UnitId = course.Units is [var unit] ? unit.Id : null });

    private static void Item(Collection collection, Guid lesson)
        => collection.Items.Add(new CollectionItem { CollectionId = collection.Id, Position = collection.Items.Count + 1, LessonId = lesson });

    private void Keep(Pack pack)
    {
        pack.Touch(TwinWorld.Moment);
        db.Add(pack);
        db.Add(new PackVersion { PackId = pack.Id, Number = 1, At = TwinWorld.Moment, By = TwinWorld.Creator, What = "created", Content = PackContent.Of(pack).ToJson() });
    }

    public static IEnumerable<string> Zips()
    {
        foreach (var n in Numbers()) yield return $"/lessons/{TwinWorld.Global<Lesson>(n)}.zip";
        yield return $"/resources.zip?{string.Join('&', Enumerable.Range(100, TwinWorld.Visible + TwinWorld.Hidden).Select(n => $"id={TwinWorld.Global<Resource>(n)}"))}";
    }

    private static IEnumerable<int> Numbers() => [.. Enumerable.Range(Seen, SeenCount), .. Enumerable.Range(Secret, SecretCount)];

    public static IEnumerable<TwoWorldsTests.Question> Questions()
    {
        const string said = "id title state version audience partsNotShared parts { id position kind resource { title } } course { title } unit { title } versions { totalCount }";
        const string around = "title precedes(first: 5) { totalCount nodes { title } } followedBy(first: 5) { totalCount nodes { title } } follows(first: 5) { nodes { title } } adaptations(first: 5) { totalCount nodes { title } }";
        const string counts = "title resourceCount lessonCount resources(first: 100) { totalCount nodes { title } } lessons(first: 100) { totalCount nodes { title } } children { title } siblings { title }";
        foreach (var fields in (string[])[said, around]) yield return new($"{{ lessons(first: 40) {{ totalCount nodes {{ {fields} }} pageInfo {{ hasNextPage }} }} }}");
        foreach (var text in (string[])[.. TwinWorld.Words, .. TwinWorld.SecretWords])
            yield return new("query($text: String) { lessons(filter: { text: $text }) { totalCount nodes { title } } courses(filter: { text: $text }) { totalCount } collections(filter: { text: $text }) { totalCount } }", new { text });
        foreach (var filter in (string[])[$"chapter: [\"{TwinWorld.Global<CatalogueNode>(Chapter)}\"]", "state: [DRAFT, WITHDRAWN]", "mine: true", $"partnership: [\"{TwinWorld.Global<Partnership>(10)}\"]", "subject: [\"mathematics\"]"])
            yield return new($"{{ lessons(filter: {{ {filter} }}, first: 5) {{ totalCount nodes {{ title }} pageInfo {{ hasNextPage }} }} }}");
        yield return new("{ courses { totalCount nodes { title lessonsNotShared units { title lessons { title } } lessons { totalCount nodes { title } } } } collections { totalCount nodes { title itemsNotShared items { totalCount nodes { lesson { title } } } } } }");
        yield return new($"{{ catalogue(first: 100) {{ totalCount nodes {{ code title resourceCount lessonCount }} }} catalogueNode(id: \"{TwinWorld.Global<CatalogueNode>(Chapter)}\") {{ {counts} }} }}");
        foreach (var n in Numbers())
        {
            yield return new($"query($id: ID!) {{ lesson(id: $id) {{ {said} {around} basedOn {{ version }} }} node(id: $id) {{ __typename id }} }}", new { id = TwinWorld.Global<Lesson>(n) });
            yield return new("mutation($id: ID!) { withdrawLesson(input: { lessonId: $id }) { errors { code message } } }", new { id = TwinWorld.Global<Lesson>(n) });
        }
        for (var n = 100; n < 140; n += 3) yield return new("query($id: ID!) { resource(id: $id) { lessons(first: 20) { totalCount nodes { title } } } }", new { id = TwinWorld.Global<Resource>(n) });
        foreach (var n in (int[])[4000, 4100]) yield return new("query($id: ID!) { course(id: $id) { title lessonsNotShared } node(id: $id) { id } }", new { id = TwinWorld.Global<Course>(n) });
        foreach (var n in (int[])[5000, 5100]) yield return new("query($id: ID!) { collection(id: $id) { title itemsNotShared } node(id: $id) { id } }", new { id = TwinWorld.Global<Collection>(n) });
    }
}
