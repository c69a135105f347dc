using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.People;

namespace ResourceHub.Core.Resources;

/// <summary>
/// Reads resources that a viewer may see. Whether they may be seen and how new they are is asked of the record each time; the row itself, whose reading is
/// most of the cost, is kept by its stamp, since it changes only with that. What is kept is read by many at once and never changed.
/// </summary>
public sealed class ResourceRows
{
    /// <summary>Some 2 KB each.</summary>
    private const int Most = 5000;

    private ConcurrentDictionary<Guid, Resource> young = [];
    private ConcurrentDictionary<Guid, Resource> old = [];

    public async Task<Dictionary<Guid, Resource>> ByIdAsync(HubDb db, Viewer viewer, IReadOnlyCollection<Guid> ids, CancellationToken ct)
        => (await ReadAsync(db, viewer, await ResourceStamps.ByIdAsync(db, viewer, ids, ct), ct)).ToDictionary(r => r.Id);

    /// <summary>The rows of these stamps in their order; what changed meanwhile so that the viewer may no longer see it is left out.</summary>
    internal async Task<List<Resource>> ReadAsync(HubDb db, Viewer viewer, IReadOnlyList<ResourceStamp> stamps, CancellationToken ct)
    {
        var rows = new List<Resource>(stamps.Count);
        List<Guid>? missing = null;
        foreach (var stamp in stamps)
        {
            if (Find(stamp) is { } row) rows.Add(row);
            else (missing ??= []).Add(stamp.Id);
        }
        if (missing is null) return rows;
        var read = await db.Resources.AsNoTracking().VisibleTo(viewer).Where(r => missing.Contains(r.Id)).ToDictionaryAsync(r => r.Id, ct);
        foreach (var row in read.Values) Keep(row);
        var kept = rows.ToDictionary(r => r.Id);
        return [.. stamps.Select(s => read.GetValueOrDefault(s.Id) ?? kept.GetValueOrDefault(s.Id)).OfType<Resource>()];
    }

    private Resource? Find(ResourceStamp stamp)
    {
        if (young.TryGetValue(stamp.Id, out var row) && IsOf(row, stamp)) return row;
        if (!old.TryGetValue(stamp.Id, out row) || !IsOf(row, stamp)) return null;
        Keep(row);
        return row;
    }

    private static bool IsOf(Resource row, ResourceStamp stamp) => row.Revision == stamp.Revision && row.Downloads == stamp.Downloads;

    /// <summary>When the young ones are full they become the old ones, and what is not asked for again meanwhile is forgotten.</summary>
    private void Keep(Resource row)
    {
        if (young.Count >= Most) (old, young) = (young, []);
        young[row.Id] = row;
    }
}
