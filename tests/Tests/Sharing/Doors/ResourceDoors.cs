using ResourceHub.Core.Resources;

namespace ResourceHub.Tests.Sharing.Doors;

/// <summary>Every way to ask for a resource, its files, its history or its neighbours.</summary>
internal static class ResourceDoors
{
    public static IEnumerable<Door> Of(DoorWorld world) =>
    [
        Door.Asking("node", "query($id: ID!) { node(id: $id) { __typename id ... on Resource { title } } }", HasWord),
        Door.Asking("nodes", "query($id: ID!) { nodes(ids: [$id]) { __typename id ... on Resource { title } } }", HasWord),
        Door.Asking("resource", "query($id: ID!) { resource(id: $id) { title state visibility audience mayEdit missingForReview sharedWith { name } } }", HasWord),
        Door.Asking("files", "query($id: ID!) { resource(id: $id) { files { id name sha256 downloadUrl thumbnailUrl } } }", (answer, target) => answer.Body.Contains(target.FileId)),
        Door.Asking("versions", "query($id: ID!) { resource(id: $id) { versions { totalCount nodes { number what } } } }", (answer, _) => answer.Body.Contains("file-added")),
        Door.Asking("neighbours", "query($id: ID!) { resource(id: $id) { title related { title } adaptations { totalCount } basedOn { version } } }", HasWord),
        Door.Asking("search by title", "query($word: String!) { search(text: $word) { totalCount edges { node { title } highlights { text } } pageInfo { hasNextPage } } }", (answer, target) => Counts(answer) || HasWord(answer, target)),
        Door.Asking("search by its file's text", "query($fileWord: String!) { search(text: $fileWord) { totalCount edges { highlights { text } } } }", (answer, target) => Counts(answer) || answer.Body.Contains(target.FileWord)),
        Door.Asking("search as a phrase", "query($title: String!) { search(text: $title, filter: { subject: [\"mathematics\"] }, sort: NEWEST) { edges { node { title } } } }", HasWord) with { HidesWhole = false },
        Door.Asking("facets", "query($word: String!) { search(text: $word) { facets { name values { code count } } } }", (answer, _) => answer.Body.Contains("\"count\":")),
        Door.Asking("suggest", "query($title: String!) { suggest(text: $title) { text } }", HasWord),
        Door.Asking("related", $"{{ resource(id: \"{world.Beacon.Target.Id}\") {{ related(first: 100) {{ title }} }} }}", HasWord) with
        {
            HidesWhole = false,
            Opens = (w, actor, subject) => w.MaySee(actor, subject.Resource) && subject.Resource.State == ResourceState.Published && subject != w.Beacon,
        },
        Door.Asking("shelf of the partnership", $"{{ partnership(id: \"{world.ActivePair}\") {{ resources(first: 100) {{ nodes {{ title }} }} }} }}", HasWord) with
        {
            HidesWhole = false,
            Opens = (w, actor, subject) => w.MaySee(actor, subject.Resource) && subject.Resource is { State: ResourceState.Published, Visibility: Visibility.Partners } && subject.Resource.Shares.Exists(s => s.PartnershipId == DoorWorld.IdOf(w.ActivePair)),
        },
        Door.Asking("node of its file", "query($file: ID!) { node(id: $file) { id ... on ResourceFile { name resource { title } } } }", HasWord),
        Door.Asking("what was read from its file", "query($file: ID!) { node(id: $file) { ... on ResourceFile { extraction { state sections { nodes { text } } } } } }", (answer, target) => answer.Body.Contains(target.FileWord)),
        Door.Asking("node of an old file", "query($oldFile: ID!) { node(id: $oldFile) { id ... on ResourceFile { name extraction { sections { nodes { text } } } } } }", (answer, target) => answer.Body.Contains(target.OldFileId)) with { Opens = ToTheOwner },
        Door.At("GET of its file", t => $"/files/{t.FileId}"),
        Door.At("HEAD of its file", t => $"/files/{t.FileId}", HttpMethod.Head),
        Door.At("a range of its file", t => $"/files/{t.FileId}", range: "bytes=0-3"),
        Door.At("its file by the plain id", t => $"/files/{DoorWorld.IdOf(t.FileId)}"),
        Door.At("its poster", t => $"/files/{t.FileId}/poster"),
        Door.At("GET of an old file", t => $"/files/{t.OldFileId}") with { Opens = ToTheOwner },
        Door.At("page of the resource", t => $"/resources/{t.Id}") with { IsPage = true },
        Door.At("page of a search", t => $"/search?q={t.Word}", shows: (answer, target) => answer.Body.Contains(target.Id)) with { IsPage = true },
    ];

    private static bool ToTheOwner(DoorWorld world, Actor actor, Subject subject) => world.MaySee(actor, subject.Resource) && world.IsOfOwner(actor);

    private static bool HasWord(Answer answer, Target target) => answer.Body.Contains(target.Word);

    private static bool Counts(Answer answer) => answer.Body.Contains("totalCount") && !answer.Body.Contains("\"totalCount\":0");
}
