using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.People;

namespace ResourceHub.Core.Resources;

/// <summary>Which resource and how new: the same stamp means the same row.</summary>
public readonly record struct ResourceStamp(Guid Id, long Revision, long Downloads);

/// <summary>
/// Finds out which resources a viewer may see, and how new they are, without reading them. Compiled for those who are not signed in, who are most and see by
/// one rule; putting a query together anew costs more than running it.
/// </summary>
internal static class ResourceStamps
{
    private static readonly System.Linq.Expressions.Expression<Func<Resource, bool>> OpenToAll = ResourceAccess.VisibleTo(Viewer.Anonymous);

    private static readonly PerModel<Func<HubDb, Guid[], IAsyncEnumerable<ResourceStamp>>> OpenById = new(() => EF.CompileAsyncQuery((HubDb db, Guid[] ids)
        => db.Resources.Where(OpenToAll).Where(r => ids.Contains(r.Id)).Select(r => new ResourceStamp(r.Id, r.Revision, r.Downloads))));

    private static readonly PerModel<Func<HubDb, Guid, IAsyncEnumerable<ResourceStamp>>> OpenOne = new(() => EF.CompileAsyncQuery((HubDb db, Guid id)
        => db.Resources.Where(OpenToAll).Where(r => r.Id == id).Select(r => new ResourceStamp(r.Id, r.Revision, r.Downloads))));

    private static readonly PerModel<Func<HubDb, string, string, Guid, int, IAsyncEnumerable<ResourceStamp>>> OpenInChapter = new(() => EF.CompileAsyncQuery((HubDb db, string subject, string chapter, Guid but, int first)
        => db.Resources.Where(OpenToAll).Where(r => r.Subject == subject && r.Chapter == chapter && r.Id != but)
            .OrderByDescending(r => r.UpdatedAt).Take(first).Select(r => new ResourceStamp(r.Id, r.Revision, r.Downloads))));

    private static readonly PerModel<Func<HubDb, string, string, Guid, int, IAsyncEnumerable<ResourceStamp>>> OpenInStage = new(() => EF.CompileAsyncQuery((HubDb db, string subject, string stage, Guid but, int first)
        => db.Resources.Where(OpenToAll).Where(r => r.Subject == subject && r.Stage == stage && r.Id != but)
            .OrderByDescending(r => r.UpdatedAt).Take(first).Select(r => new ResourceStamp(r.Id, r.Revision, r.Downloads))));

    public static Task<List<ResourceStamp>> ByIdAsync(HubDb db, Viewer viewer, IReadOnlyCollection<Guid> ids, CancellationToken ct)
        => viewer.IsSignedIn
            ? db.Resources.VisibleTo(viewer).Where(r => ids.Contains(r.Id)).Select(r => new ResourceStamp(r.Id, r.Revision, r.Downloads)).ToListAsync(ct)
            : ListAsync(ids.Count == 1 ? OpenOne.For(db)(db, ids.First()) : OpenById.For(db)(db, [.. ids]), ct);

    /// <summary>Published ones of the same subject and chapter, the newest first.</summary>
    public static Task<List<ResourceStamp>> InChapterAsync(HubDb db, Viewer viewer, Resource of, int first, CancellationToken ct)
        => viewer.IsSignedIn
            ? Newest(Published(db, viewer).Where(r => r.Subject == of.Subject && r.Chapter == of.Chapter && r.Id != of.Id), first).ToListAsync(ct)
            : ListAsync(OpenInChapter.For(db)(db, of.Subject!, of.Chapter!, of.Id, first), ct);

    /// <summary>Published ones of the same subject and stage, the newest first.</summary>
    public static Task<List<ResourceStamp>> InStageAsync(HubDb db, Viewer viewer, Resource of, int first, CancellationToken ct)
        => viewer.IsSignedIn
            ? Newest(Published(db, viewer).Where(r => r.Subject == of.Subject && r.Stage == of.Stage && r.Id != of.Id), first).ToListAsync(ct)
            : ListAsync(OpenInStage.For(db)(db, of.Subject!, of.Stage!, of.Id, first), ct);

    /// <summary>Published, and the viewer's to see.</summary>
    public static IQueryable<Resource> Published(HubDb db, Viewer viewer) => db.Resources.Where(r => r.State == ResourceState.Published).VisibleTo(viewer);

    private static IQueryable<ResourceStamp> Newest(IQueryable<Resource> resources, int first)
        => resources.OrderByDescending(r => r.UpdatedAt).Take(first).Select(r => new ResourceStamp(r.Id, r.Revision, r.Downloads));

    private static async Task<List<ResourceStamp>> ListAsync(IAsyncEnumerable<ResourceStamp> stamps, CancellationToken ct)
    {
        List<ResourceStamp> list = [];
        await foreach (var stamp in stamps.WithCancellation(ct)) list.Add(stamp);
        return list;
    }
}
