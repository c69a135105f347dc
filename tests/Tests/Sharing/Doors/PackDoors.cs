using ResourceHub.Core.Resources;

namespace ResourceHub.Tests.Sharing.Doors;

/// <summary>Every way to ask for a lesson, a course or a collection, and for what stands in them.</summary>
internal static class PackDoors
{
    public static IReadOnlyCollection<Door> OfLessons(DoorWorld world) =>
    [
        Door.Asking("node", "query($id: ID!) { node(id: $id) { __typename id ... on Lesson { title } } }", HasWord),
        Door.Asking("lesson", "query($id: ID!) { lesson(id: $id) { title state visibility audience mayEdit sharedWith { name } partsNotShared parts { kind resource { title } } } }", HasWord),
        Door.Asking("its history", "query($id: ID!) { lesson(id: $id) { versions { totalCount nodes { title by parts { kind } } } versionAt(number: 1) { title } } }", HasWord),
        Door.Asking("its neighbours", "query($id: ID!) { lesson(id: $id) { title course { title } precedes { totalCount } adaptations { totalCount } basedOn { version } } }", HasWord),
        Door.Asking("list", "{ lessons(first: 100) { nodes { title } } }", HasWord) with { HidesWhole = false },
        Door.Asking("list by title", "query($word: String) { lessons(filter: { text: $word }) { totalCount nodes { title } } }", (answer, target) => Counts(answer) || HasWord(answer, target)),
        Door.Asking("lessons of the open course", $"{{ course(id: \"{world.Packs.OpenCourse}\") {{ lessons(first: 100) {{ nodes {{ title }} }} }} }}", HasWord) with { HidesWhole = false },
        Door.Asking("what is taught around them", $"{{ course(id: \"{world.Packs.OpenCourse}\") {{ lessons(first: 12) {{ nodes {{ title follows(first: 2) {{ nodes {{ title }} }} precedes(first: 12) {{ nodes {{ title }} }} }} }} }} }}", HasWord) with { HidesWhole = false },
        Door.Asking("items of the open collection", $"{{ collection(id: \"{world.Packs.OpenCollection}\") {{ items(first: 100) {{ nodes {{ lesson {{ title }} }} }} }} }}", HasWord) with { HidesWhole = false },
        Door.Asking("lessons that an open resource is a part of", $"{{ resource(id: \"{world.Beacon.Target.Id}\") {{ lessons(first: 100) {{ nodes {{ title }} }} }} }}", HasWord) with { HidesWhole = false },
        Door.Asking("lessons filed at the chapter", $"{{ catalogueNode(id: \"{world.Packs.Chapter}\") {{ lessons(first: 100) {{ nodes {{ title }} }} }} }}", HasWord) with { HidesWhole = false, Opens = IsPublished },
        Door.At("zip", t => $"/lessons/{t.Id}.zip"),
        Door.At("HEAD of its zip", t => $"/lessons/{t.Id}.zip", HttpMethod.Head),
        Door.At("zip below /files", t => $"/files/lessons/{t.Id}.zip"),
    ];

    public static IReadOnlyCollection<Door> OfCourses() =>
    [
        Door.Asking("node", "query($id: ID!) { node(id: $id) { __typename id ... on Course { title } } }", HasWord),
        Door.Asking("course", "query($id: ID!) { course(id: $id) { title state audience mayEdit sharedWith { name } leadSchool { name } followers { name } lessonsNotShared } }", HasWord),
        Door.Asking("its units", "query($id: ID!) { course(id: $id) { units { title lessons { title } } } }", HasWord),
        Door.Asking("its history", "query($id: ID!) { course(id: $id) { versions { totalCount nodes { title by } } } }", HasWord),
        Door.Asking("list", "{ courses(first: 100) { nodes { title } } }", HasWord) with { HidesWhole = false },
        Door.Asking("list by title", "query($word: String) { courses(filter: { text: $word }) { totalCount nodes { title } } }", (answer, target) => Counts(answer) || HasWord(answer, target)),
    ];

    public static IReadOnlyCollection<Door> OfCollections() =>
    [
        Door.Asking("node", "query($id: ID!) { node(id: $id) { __typename id ... on Collection { title } } }", HasWord),
        Door.Asking("collection", "query($id: ID!) { collection(id: $id) { title state purpose audience mayEdit sharedWith { name } itemsNotShared items { totalCount nodes { resource { title } } } } }", HasWord),
        Door.Asking("its history", "query($id: ID!) { collection(id: $id) { versions { totalCount nodes { title by } } } }", HasWord),
        Door.Asking("list", "{ collections(first: 100) { nodes { title } } }", HasWord) with { HidesWhole = false },
        Door.Asking("list by title", "query($word: String) { collections(filter: { text: $word }) { totalCount nodes { title } } }", (answer, target) => Counts(answer) || HasWord(answer, target)),
    ];

    /// <summary>Where resources stand in what is open to all.</summary>
    public static IReadOnlyCollection<Door> OfResources(DoorWorld world) =>
    [
        Door.At("zip of what was chosen", t => $"/resources.zip?id={t.Id}"),
        Door.Asking("parts of the open lesson", $"{{ lesson(id: \"{world.Packs.OpenLesson}\") {{ parts {{ resource {{ title }} }} }} }}", HasWord) with { HidesWhole = false },
        Door.Asking("its first version", $"{{ lesson(id: \"{world.Packs.OpenLesson}\") {{ versionAt(number: 1) {{ parts {{ resource {{ title }} }} }} }} }}", HasWord) with { HidesWhole = false },
        Door.Asking("items of the open collection", $"{{ collection(id: \"{world.Packs.OpenCollection}\") {{ items(first: 100) {{ nodes {{ resource {{ title }} }} }} }} }}", HasWord) with { HidesWhole = false },
        Door.Asking("resources filed at the chapter", $"{{ catalogueNode(id: \"{world.Packs.Chapter}\") {{ resources(first: 100) {{ nodes {{ title }} }} }} }}", HasWord) with { HidesWhole = false, Opens = IsPublished },
    ];

    private static bool IsPublished(DoorWorld world, Actor actor, Subject subject) => world.MaySee(actor, subject.Resource) && subject.Resource.State == ResourceState.Published;

    private static bool HasWord(Answer answer, Target target) => answer.Body.Contains(target.Word);

    private static bool Counts(Answer answer) => answer.Body.Contains("totalCount") && !answer.Body.Contains("\"totalCount\":0");
}
