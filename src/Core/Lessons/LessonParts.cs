using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;

namespace ResourceHub.Core.Lessons;

/// <summary>A part as it is wished for.</summary>
/// <param name="Kind">A code of <see cref="LessonPartKinds"/>.</param>
/// <param name="PartId">Which part it was; found by its resource or kind when null.</param>
public sealed record GivenPart(string Kind, Guid ResourceId, Guid? PartId = null);

/// <summary>
/// Makes a lesson's parts what is wished for. A part that was there stays the same part when it moves or its resource is replaced, so that copies know it
/// again; parts that the editor may not see stay in their places.
/// </summary>
public static class LessonParts
{
    public const int Most = 100;

    /// <param name="lesson">With its parts.</param>
    /// <param name="withoutHidden">Whether parts that the editor may not see go as well.</param>
    public static async Task SetAsync(HubDb db, Viewer viewer, Lesson lesson, IReadOnlyList<GivenPart> given, bool withoutHidden, List<Problem> problems, CancellationToken ct)
    {
        Guid[] ids = [.. given.Select(g => g.ResourceId).Union(lesson.Parts.Select(p => p.ResourceId))];
        var seen = (await db.Resources.VisibleTo(viewer).Where(r => ids.Contains(r.Id)).Select(r => r.Id).ToListAsync(ct)).ToHashSet();
        var gone = (await db.Resources.Where(r => ids.Contains(r.Id) && r.State == ResourceState.Deleted).Select(r => r.Id).ToListAsync(ct)).ToHashSet();
        var old = lesson.Parts.OrderBy(p => p.Position).ToList();
        var hidden = withoutHidden ? [] : old.Where(p => !seen.Contains(p.ResourceId) && !gone.Contains(p.ResourceId)).ToList();
        List<LessonPart> known = [.. old.Except(hidden)];
        Check(given, known, seen, problems);
        if (given.Count + hidden.Count > Most) problems.Add(new Problem("TOO_MANY", $"一课最多 {Most} 个部分。A lesson may have at most {Most} parts.", "parts"));
        if (problems.Count > 0) return;
        var same = Match(given, known);
        List<LessonPart> parts = [];
        for (var n = 0; n < given.Count; n++)
        {
            var kind = LessonPartKinds.Of(given[n].Kind)!.Value;
            var part = same[n] ?? new LessonPart { LessonId = lesson.Id };
            (part.Kind, part.ResourceId) = (kind, given[n].ResourceId);
            parts.Add(part);
        }
        Put(lesson, parts, hidden);
    }

    /// <summary>As they were, with the ids they had. What is in the lesson now stays also where the editor may not see it; what is not, and not theirs to see, is left out.</summary>
    internal static async Task RestoreAsync(HubDb db, Viewer viewer, Lesson lesson, IReadOnlyList<PartContent> was, CancellationToken ct)
    {
        Guid[] ids = [.. was.Select(p => p.ResourceId).Union(lesson.Parts.Select(p => p.ResourceId))];
        var seen = (await db.Resources.VisibleTo(viewer).Where(r => ids.Contains(r.Id)).Select(r => r.Id).ToListAsync(ct)).ToHashSet();
        List<LessonPart> parts = [];
        foreach (var old in was)
        {
            var part = lesson.Parts.Find(p => p.Id == old.Id);
            if (part?.ResourceId != old.ResourceId && !seen.Contains(old.ResourceId)) continue;
            part ??= new LessonPart { Id = old.Id, LessonId = lesson.Id, SourcePartId = old.SourcePartId };
            (part.Kind, part.ResourceId) = (old.Kind, old.ResourceId);
            parts.Add(part);
        }
        Put(lesson, parts, [.. lesson.Parts.Where(p => !parts.Contains(p) && !seen.Contains(p.ResourceId)).OrderBy(p => p.Position)]);
    }

    private static void Put(Lesson lesson, List<LessonPart> parts, List<LessonPart> hidden)
    {
        foreach (var part in hidden) parts.Insert(Math.Min(part.Position - 1, parts.Count), part);
        lesson.Parts.RemoveAll(p => !parts.Contains(p));
        lesson.Parts.AddRange(parts.Except(lesson.Parts).ToList());
        for (var n = 0; n < parts.Count; n++) parts[n].Position = n + 1;
    }

    private static void Check(IReadOnlyList<GivenPart> given, List<LessonPart> known, HashSet<Guid> seen, List<Problem> problems)
    {
        for (var n = 0; n < given.Count; n++)
        {
            var (kind, resource, id) = given[n];
            if (LessonPartKinds.Of(kind) is null)
                problems.Add(new Problem("UNKNOWN_CODE", $"没有这种部分，可用：{LessonPartKinds.Codes}。There is no such kind of part; there are: {LessonPartKinds.Codes}.", "parts", $"{n}", "kind"));
            if (!seen.Contains(resource)) problems.Add(Problem.NotFound("资源") with { Path = ["parts", $"{n}", "resourceId"] });
            if (id is not null && (!known.Exists(p => p.Id == id) || given.Take(n).Any(g => g.PartId == id)))
                problems.Add(new Problem("NOT_A_PART", "这一课没有这个部分，或重复指明了它。The lesson has no such part, or it is named twice.", "parts", $"{n}", "partId"));
            if (given.Take(n).Any(g => g.Kind == kind && g.ResourceId == resource))
                problems.Add(new Problem("ALREADY_EXISTS", "同一资源以同一种类出现了两次。The same resource stands there twice as the same kind.", "parts", $"{n}", "resourceId"));
        }
    }

    /// <summary>Which old part each given one is: the one it names; the same resource; the one of its kind that nothing else is.</summary>
    private static LessonPart?[] Match(IReadOnlyList<GivenPart> given, List<LessonPart> old)
    {
        var same = new LessonPart?[given.Count];
        Take((g, p) => g.PartId == p.Id);
        Take((g, p) => g.PartId is null && g.ResourceId == p.ResourceId && LessonPartKinds.Of(g.Kind) == p.Kind);
        Take((g, p) => g.PartId is null && g.ResourceId == p.ResourceId);
        foreach (var kind in Enum.GetValues<LessonPartKind>())
        {
            int[] left = [.. Enumerable.Range(0, given.Count).Where(n => same[n] is null && LessonPartKinds.Of(given[n].Kind) == kind)];
            if (left is [var only] && old.Where(p => p.Kind == kind && !same.Contains(p)).ToList() is [var replaced]) same[only] = replaced;
        }
        return same;

        void Take(Func<GivenPart, LessonPart, bool> isSame)
        {
            for (var n = 0; n < given.Count; n++)
                same[n] ??= old.Find(p => !same.Contains(p) && isSame(given[n], p));
        }
    }
}
