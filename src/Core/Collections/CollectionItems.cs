using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Text;

namespace ResourceHub.Core.Collections;

/// <summary>A resource or a lesson as it is wished for: exactly one of the two.</summary>
public sealed record GivenItem(Guid? ResourceId, Guid? LessonId, string? Note);

/// <summary>Makes a collection's items what is wished for. An item that was there stays the same; those that the editor may not see stay in their places.</summary>
public static class CollectionItems
{
    public const int Most = 500;
    private const int NoteLimit = 200;

    /// <param name="collection">With its items.</param>
    /// <param name="withoutHidden">Whether items that the editor may not see go as well.</param>
    public static async Task SetAsync(HubDb db, Viewer viewer, Collection collection, IReadOnlyList<GivenItem> given, bool withoutHidden, List<Problem> problems, CancellationToken ct)
    {
        Guid[] resources = [.. given.Select(g => g.ResourceId).Union(collection.Items.Select(i => i.ResourceId)).OfType<Guid>()];
        Guid[] lessons = [.. given.Select(g => g.LessonId).Union(collection.Items.Select(i => i.LessonId)).OfType<Guid>()];
        HashSet<Guid> seen =
        [
            .. await db.Resources.VisibleTo(viewer).Where(r => resources.Contains(r.Id)).Select(r => r.Id).ToListAsync(ct),
            .. await db.Lessons.VisibleTo(viewer).Where(l => lessons.Contains(l.Id)).Select(l => l.Id).ToListAsync(ct),
        ];
        HashSet<Guid> gone =
        [
            .. await db.Resources.Where(r => resources.Contains(r.Id) && r.State == ResourceState.Deleted).Select(r => r.Id).ToListAsync(ct),
            .. await db.Lessons.Where(l => lessons.Contains(l.Id) && l.State == ResourceState.Deleted).Select(l => l.Id).ToListAsync(ct),
        ];
        Check(given, seen, problems);
        var hidden = withoutHidden ? [] : collection.Items.Where(i => !seen.Contains(Of(i)) && !gone.Contains(Of(i))).OrderBy(i => i.Position).ToList();
        if (given.Count + hidden.Count > Most) problems.Add(new Problem("TOO_MANY", $"一个专辑最多 {Most} 项。A collection may have at most {Most} items.", "items"));
        if (problems.Count > 0) return;
        List<CollectionItem> items = [];
        foreach (var (resource, lesson, note) in given)
        {
            var item = collection.Items.Find(i => i.ResourceId == resource && i.LessonId == lesson) ?? new CollectionItem { CollectionId = collection.Id, ResourceId = resource, LessonId = lesson };
            item.Note = CleanText.Line(note);
            items.Add(item);
        }
        foreach (var item in hidden) items.Insert(Math.Min(item.Position - 1, items.Count), item);
        collection.Items.RemoveAll(i => !items.Contains(i));
        collection.Items.AddRange(items.Except(collection.Items).ToList());
        for (var n = 0; n < items.Count; n++) items[n].Position = n + 1;
    }

    public static Guid Of(CollectionItem item) => item.ResourceId ?? item.LessonId!.Value;

    private static void Check(IReadOnlyList<GivenItem> given, HashSet<Guid> seen, List<Problem> problems)
    {
        HashSet<Guid> there = [];
        for (var n = 0; n < given.Count; n++)
        {
            var (resource, lesson, note) = given[n];
            if ((resource ?? lesson) is not { } id || resource is not null && lesson is not null)
                problems.Add(new Problem("REQUIRED", "每一项指明一个资源或一课，二者取一。Each item is one resource or one lesson.", "items", $"{n}"));
            else if (!seen.Contains(id)) problems.Add(Problem.NotFound(resource is null ? "课" : "资源") with { Path = ["items", $"{n}", resource is null ? "lessonId" : "resourceId"] });
            else if (!there.Add(id)) problems.Add(new Problem("ALREADY_EXISTS", "这一项出现了两次。This item stands there twice.", "items", $"{n}"));
            if (note?.Length > NoteLimit) problems.Add(Required.TooLong("note", NoteLimit) with { Path = ["items", $"{n}", "note"] });
        }
    }
}
