using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Audit;
using ResourceHub.Core.Changes;
using ResourceHub.Core.People;

namespace ResourceHub.Core.Resources;

/// <summary>Over this desk goes every change of a resource that is there: found as its viewer sees it, changed, and its trail left.</summary>
public sealed class ResourceDesk(ChangeDesk desk)
{
    /// <param name="change">Changes it, or adds to the problems. Returns the history entry where it made a new version.</param>
    public Task<Outcome<Resource>> ChangeAsync(
        Viewer viewer, Guid id, string? key, string name, object input, Func<HubDb, Resource, DateTime, List<Problem>, Task<ResourceVersion?>> change, CancellationToken ct)
        => desk.MakeAsync<Resource>(viewer, key, name, input, async (db, now) =>
        {
            var resource = await db.Resources.Include(r => r.Shares).VisibleTo(viewer).FirstOrDefaultAsync(r => r.Id == id, ct);
            if (resource is null) return Problem.NotFound("资源") with { Path = ["resourceId"] };
            if (!viewer.CanWriteFor(resource.SchoolId)) return Problem.Forbidden;
            List<Problem> problems = [];
            var before = ResourceAccess.TokensOf(resource);
            var revision = resource.Revision;
            var version = await change(db, resource, now, problems);
            if (problems.Count > 0) return problems;
            if (version is not null) db.Add(version);
            if (resource.Revision != revision) await NoteAsync(db, resource, before, now, ct);
            return resource;
        }, ct);

    /// <summary>The trail of a change of something that was there before.</summary>
    internal static Task NoteAsync(HubDb db, Resource resource, IReadOnlyList<string> before, DateTime now, CancellationToken ct)
        => ResourceTrail.NoteAsync(db, resource, before, resource.State is ResourceState.Withdrawn or ResourceState.Deleted ? ChangeKind.Withdrawn : ChangeKind.Changed, now, ct);

    /// <summary>A line of the audit log about a resource, in the change's own transaction.</summary>
    internal static Task AuditAsync(HubDb db, Viewer viewer, string action, Resource resource, string? detail, DateTime now, CancellationToken ct)
        => AuditLog.AddAsync(db, viewer, new AuditNote(action, nameof(Resource), resource.Id, resource.SchoolId, Detail: detail), now, ct);
}
