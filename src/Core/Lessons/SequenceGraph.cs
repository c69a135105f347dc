using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;

namespace ResourceHub.Core.Lessons;

/// <summary>What is taught before what in one school: as it was stated of two lessons, and by the order of its courses. It never goes in a circle.</summary>
public sealed class SequenceGraph
{
    /// <summary>Lessons of a circle that are named; of a longer one its beginning and end.</summary>
    private const int Named = 12;

    private readonly Dictionary<Guid, List<Guid>> next = [];

    /// <param name="butCourse">A course that is to get another order, and is left out.</param>
    public static async Task<SequenceGraph> OfSchoolAsync(HubDb db, Guid schoolId, Guid? butCourse, CancellationToken ct)
    {
        var graph = new SequenceGraph();
        var lessons = db.Lessons.Where(l => l.SchoolId == schoolId && l.State != ResourceState.Deleted);
        foreach (var stated in await db.LessonSequences.AsNoTracking().Where(s => lessons.Any(l => l.Id == s.EarlierId) && lessons.Any(l => l.Id == s.LaterId)).ToListAsync(ct))
            graph.Add(stated.EarlierId, stated.LaterId);
        var places = await db.CourseLessons.AsNoTracking().Where(p => p.CourseId != butCourse && lessons.Any(l => l.Id == p.LessonId)).OrderBy(p => p.CourseId).ThenBy(p => p.Position).ToListAsync(ct);
        foreach (var (one, then) in places.Zip(places.Skip(1)))
            if (one.CourseId == then.CourseId) graph.Add(one.LessonId, then.LessonId);
        return graph;
    }

    /// <summary>The shortest circle that these additions would make, from a lesson back to itself; null when they make none.</summary>
    public IReadOnlyList<Guid>? CircleWith(IReadOnlyList<(Guid Earlier, Guid Later)> added)
    {
        foreach (var (earlier, later) in added) Add(earlier, later);
        List<Guid>? shortest = null;
        foreach (var (earlier, later) in added)
            if (Way(later, earlier) is { } way && (shortest is null || way.Count + 1 < shortest.Count)) shortest = [earlier, .. way];
        return shortest;
    }

    /// <summary>The circle by the titles that the viewer may know.</summary>
    public static async Task<Problem> SayAsync(HubDb db, Viewer viewer, IReadOnlyList<Guid> circle, string path, CancellationToken ct)
    {
        var titles = await db.Lessons.VisibleTo(viewer).Where(l => circle.Contains(l.Id)).Select(l => new { l.Id, l.Title }).ToDictionaryAsync(l => l.Id, l => l.Title, ct);
        List<string> names = [.. circle.Select(id => titles.TryGetValue(id, out var title) ? $"“{title}”" : "（不对您开放的一课）")];
        if (names.Count > Named) names = [.. names[..(Named / 2)], "…", .. names[^(Named / 2)..]];
        var way = string.Join(" → ", names);
        return new Problem("SEQUENCE_CYCLE", $"先后次序成了圈：{way}。The order would go in a circle: {way}.", path);
    }

    private void Add(Guid earlier, Guid later)
    {
        if (!next.TryGetValue(earlier, out var known)) next[earlier] = known = [];
        known.Add(later);
    }

    /// <summary>The shortest way, both ends included.</summary>
    private List<Guid>? Way(Guid from, Guid to)
    {
        Dictionary<Guid, Guid> cameFrom = new() { [from] = from };
        Queue<Guid> waiting = new([from]);
        while (waiting.TryDequeue(out var here))
        {
            if (here == to)
            {
                List<Guid> way = [here];
                while (here != from) way.Add(here = cameFrom[here]);
                way.Reverse();
                return way;
            }
            foreach (var there in next.GetValueOrDefault(here) ?? [])
                if (cameFrom.TryAdd(there, here)) waiting.Enqueue(there);
        }
        return null;
    }
}
