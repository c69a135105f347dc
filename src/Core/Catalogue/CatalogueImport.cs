using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Audit;
using ResourceHub.Core.People;

namespace ResourceHub.Core.Catalogue;

/// <param name="Problems">Not empty: nothing was loaded.</param>
/// <param name="Retired">No longer in the file and kept, because something is filed under them.</param>
/// <param name="Filed">Resources and lessons that were filed under a chapter because their own words name exactly one.</param>
public sealed record CatalogueLoaded(IReadOnlyList<CatalogueProblem> Problems, int Added = 0, int Changed = 0, int Unchanged = 0, int Removed = 0, int Retired = 0, int Filed = 0);

/// <summary>
/// Loads the volumes of a catalogue file in one transaction. A volume in the file replaces the one of the same code; others stay as they are. Loading the
/// same file again changes nothing.
/// </summary>
public sealed class CatalogueImport(IDbContextFactory<HubDb> databases, TimeProvider clock)
{
    public async Task<CatalogueLoaded> LoadAsync(Viewer viewer, IReadOnlyList<CatalogueLine> lines, CancellationToken ct)
    {
        var problems = CatalogueCheck.Check(lines, out var nodes);
        if (problems.Count > 0) return new CatalogueLoaded(problems);
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginWriteAsync(ct);
        var there = await ThereAsync(db, nodes, ct);
        var loaded = Merge(db, nodes, there);
        var codes = nodes.Select(n => n.Code).ToHashSet(StringComparer.Ordinal);
        var (removed, retired) = await LeaveOutAsync(db, [.. there.Values.Where(n => !codes.Contains(n.Code))], ct);
        if (loaded.Added + loaded.Changed + removed + retired > 0)
            await AuditLog.AddAsync(db, viewer, new AuditNote(AuditActions.CatalogueLoaded, Detail: $"{loaded.Added} added, {loaded.Changed} changed, {removed} removed, {retired} retired"), clock.GetUtcNow().UtcDateTime, ct);
        await db.SaveChangesAsync(ct);
        var filed = await CatalogueFiling.FileAsync(db, [.. nodes.Select(n => n.VolumeCode).Distinct()], ct);
        await transaction.CommitAsync(ct);
        return loaded with { Removed = removed, Retired = retired, Filed = filed };
    }

    /// <summary>What the hub has of these volumes, and of these codes wherever they were.</summary>
    private static async Task<Dictionary<string, CatalogueNode>> ThereAsync(HubDb db, IReadOnlyList<CheckedNode> nodes, CancellationToken ct)
    {
        Dictionary<string, CatalogueNode> there = new(StringComparer.Ordinal);
        string[] volumes = [.. nodes.Where(n => n.Above is null).Select(n => n.Code)];
        var ids = await db.CatalogueNodes.Where(n => volumes.Contains(n.Code)).Select(n => n.Id).ToArrayAsync(ct);
        foreach (var node in await db.CatalogueNodes.Where(n => ids.Contains(n.VolumeId)).ToListAsync(ct)) there[node.Code] = node;
        foreach (var some in nodes.Select(n => n.Code).Where(c => !there.ContainsKey(c)).Chunk(1000).ToList())
            foreach (var node in await db.CatalogueNodes.Where(n => some.Contains(n.Code)).ToListAsync(ct)) there[node.Code] = node;
        return there;
    }

    private static CatalogueLoaded Merge(HubDb db, IReadOnlyList<CheckedNode> nodes, Dictionary<string, CatalogueNode> there)
    {
        var (added, changed, unchanged) = (0, 0, 0);
        Dictionary<string, Guid> ids = new(nodes.Count, StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            var isNew = !there.TryGetValue(node.Code, out var row);
            row ??= new CatalogueNode { Code = node.Code, Title = node.Title, Subject = node.Subject };
            ids[node.Code] = row.Id;
            var topics = isNew ? [] : row.Topics;
            Write(row, node, node.Above is null ? null : ids[node.Above.Code], ids[node.VolumeCode]);
            if (isNew) db.Add(row);
            if (isNew) added++;
            else if (db.Entry(row).State == EntityState.Modified) changed++;
            else unchanged++;
            Topics(db, row.Id, topics, row.Topics);
        }
        return new CatalogueLoaded([], added, changed, unchanged);
    }

    private static void Write(CatalogueNode row, CheckedNode node, Guid? parent, Guid volume)
    {
        row.ParentId = parent;
        row.VolumeId = volume;
        row.Level = node.Level;
        row.Position = node.Position;
        row.Title = node.Title;
        row.Stage = OrNull(node.Volume.Stage);
        row.Grade = OrNull(node.Volume.Grade);
        row.Subject = node.Subject;
        row.Edition = OrNull(node.Volume.Edition);
        row.Volume = OrNull(node.Volume.Volume);
        if (!row.Topics.SequenceEqual(node.Topics)) row.Topics = node.Topics;
        row.IsRetired = false;
    }

    private static void Topics(HubDb db, Guid node, IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var (had, has) = (Folded(before), Folded(after));
        foreach (var topic in had.Except(has)) db.Remove(new CatalogueTopic { Topic = topic, NodeId = node });
        foreach (var topic in has.Except(had)) db.Add(new CatalogueTopic { Topic = topic, NodeId = node });
    }

    private static HashSet<string> Folded(IReadOnlyList<string> topics) => [.. topics.Select(TopicWords.Fold).Where(t => t.Length > 0)];

    /// <summary>Takes out what the file no longer has, but keeps what something is filed under, and what is above that.</summary>
    private static async Task<(int Removed, int Retired)> LeaveOutAsync(HubDb db, List<CatalogueNode> gone, CancellationToken ct)
    {
        var ids = gone.ConvertAll(n => (Guid?)n.Id);
        var used = (await db.Resources.Where(r => ids.Contains(r.ChapterId)).Select(r => r.ChapterId).Union(db.Lessons.Where(l => ids.Contains(l.ChapterId)).Select(l => l.ChapterId)).ToListAsync(ct)).ToHashSet();
        var byId = gone.ToDictionary(n => n.Id);
        foreach (var id in used.OfType<Guid>().ToList())
            for (var above = byId[id].ParentId; above is { } on && byId.TryGetValue(on, out var node); above = node.ParentId) used.Add(above);
        var retired = 0;
        foreach (var node in gone)
        {
            if (!used.Contains(node.Id))
            {
                foreach (var topic in Folded(node.Topics)) db.Remove(new CatalogueTopic { Topic = topic, NodeId = node.Id });
                db.Remove(node);
            }
            else if (!node.IsRetired)
            {
                node.IsRetired = true;
                retired++;
            }
        }
        return (gone.Count - used.Count, retired);
    }

    private static string? OrNull(string? code) => string.IsNullOrEmpty(code) ? null : code;
}
