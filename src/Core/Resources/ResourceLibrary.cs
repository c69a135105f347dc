using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Changes;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.People;
using ResourceHub.Core.Schools;
using ResourceHub.Core.Text;

namespace ResourceHub.Core.Resources;

public sealed record NewResource : ResourceInput
{
    public required Guid SchoolId { get; init; }
}

/// <summary>How resources come into being, change, are shown and are taken back. Each step is one transaction together with the work it causes.</summary>
public sealed class ResourceLibrary(ChangeDesk desk)
{
    public Task<Outcome<Resource>> CreateAsync(Viewer viewer, NewResource input, string? key, CancellationToken ct)
        => desk.MakeAsync<Resource>(viewer, key, "createResource", input, async (db, now) =>
        {
            List<Problem> problems = [];
            var title = Required.Line(input.Title, "title", Resource.TitleLimit, problems);
            if (string.IsNullOrEmpty(input.Kind)) problems.Add(new Problem("REQUIRED", "请填写 kind（资源类型）。kind is required.", "kind"));
            input.Check(problems);
            // A school that is not there and one that is not yours answer alike.
            if (!viewer.CanWriteFor(input.SchoolId) || !await db.Schools.AnyAsync(s => s.Id == input.SchoolId, ct)) problems.Add(Problem.NotFound("学校") with { Path = ["schoolId"] });
            if (problems.Count > 0) return problems;
            var resource = new Resource { SchoolId = input.SchoolId, CreatedBy = viewer.ActorId!.Value, Title = title!, Kind = input.Kind!, CreatedAt = now };
            input.ApplyTo(resource);
            resource.Touch(now);
            db.Add(resource);
            db.Add(ResourceVersion.Of(resource, viewer.ActorId.Value, "created", now));
            await ResourceTrail.NoteAsync(db, resource, [], ChangeKind.Created, now, ct);
            return resource;
        }, ct);

    public Task<Outcome<Resource>> UpdateAsync(Viewer viewer, Guid id, ResourceInput input, string? key, CancellationToken ct)
        => ChangeAsync(viewer, id, key, "updateResource", new { id, input }, (_, resource, now, problems) =>
        {
            if (input.Title is not null) Required.Line(input.Title, "title", Resource.TitleLimit, problems);
            input.Check(problems);
            return Task.FromResult(problems.Count == 0 && input.ApplyTo(resource) ? resource.NewVersion(viewer.ActorId!.Value, "metadata", now) : null);
        }, ct);

    /// <summary>Makes a finished upload a file of a new version and promises to read it. The upload's row goes in the same transaction.</summary>
    public Task<Outcome<Resource>> AttachFileAsync(Viewer viewer, Guid id, string uploadId, string? name, string? key, CancellationToken ct)
        => ChangeAsync(viewer, id, key, "attachFile", new { id, uploadId, name }, async (db, resource, now, problems) =>
        {
            var upload = await db.Uploads.FirstOrDefaultAsync(u => u.Id == uploadId && u.OwnerId == viewer.ActorId && u.ExpiresAt > now, ct);
            if (upload is null) problems.Add(new Problem("UPLOAD_NOT_FOUND", "没有找到这个上传，可能已过期，请重新上传。No such upload; it may have expired. Upload the file again.", "uploadId"));
            else if (upload.Sha256 is null) problems.Add(new Problem("UPLOAD_INCOMPLETE", "文件还没有传完，请续传后再试。The upload is not complete; resume it first.", "uploadId"));
            var fileName = FileNames.Clean(name) ?? FileNames.Clean(upload?.Name);
            if (fileName is null && upload is not null) problems.Add(new Problem("REQUIRED", "请填写文件名。A file needs a name.", "name"));
            if (problems.Count > 0) return null;
            var version = resource.NewVersion(viewer.ActorId!.Value, "file-added", now);
            var file = new ResourceFile
            {
                ResourceId = resource.Id,
                Name = fileName!,
                MediaType = FileNames.MediaTypeOf(fileName!),
                Size = upload!.Length,
                Sha256 = upload.Sha256!,
                AddedIn = version.Number,
                AddedAt = now,
            };
            db.Add(file);
            db.Remove(upload);
            await JobQueue.PromiseAsync(db, JobKinds.Extract, file.Id, JobPriority.Interactive, now, ct);
            return version;
        }, ct);

    /// <summary>Publishes without review, for callers who may skip it.</summary>
    public Task<Outcome<Resource>> PublishAsync(Viewer viewer, Guid id, Visibility visibility, string? key, CancellationToken ct)
        => ChangeAsync(viewer, id, key, "publishResource", new { id, visibility }, (_, resource, now, problems) =>
        {
            if (!viewer.IsHubAdmin) problems.Add(new Problem("REVIEW_REQUIRED", "发布前需经本校审核。It must be reviewed by the school before it is published."));
            if (visibility == Visibility.Partners) problems.Add(new Problem("PARTNERS_NEEDED", "共享给结对学校请用 shareResource 并指明结对。Use shareResource and name the partnerships.", "visibility"));
            NeedLicence(resource, problems);
            if (problems.Count == 0) resource.Publish(visibility, now);
            return Task.FromResult<ResourceVersion?>(null);
        }, ct);

    /// <summary>Shares with partnerships in force of which the owner school is a member; by a hub admin it also publishes.</summary>
    public Task<Outcome<Resource>> ShareAsync(Viewer viewer, Guid id, IReadOnlyList<Guid> partnershipIds, string? key, CancellationToken ct)
        => ChangeAsync(viewer, id, key, "shareResource", new { id, partnershipIds }, async (db, resource, now, problems) =>
        {
            if (!viewer.IsHubAdmin) problems.Add(new Problem("REVIEW_REQUIRED", "共享前需经本校审核。It must be reviewed by the school before it is shared."));
            NeedLicence(resource, problems);
            var wanted = partnershipIds.Distinct().ToList();
            var open = await db.Partnerships.InForceOn(SchoolDay.Of(now)).Where(p => wanted.Contains(p.Id) && p.Members.Any(m => m.SchoolId == resource.SchoolId)).ToListAsync(ct);
            if (wanted.Count == 0 || open.Count != wanted.Count)
                problems.Add(new Problem("PARTNERSHIP_NOT_IN_FORCE", "只能共享给本校参加且在有效期内的结对。Only partnerships in force that the school belongs to.", "partnershipIds"));
            foreach (var narrow in open.Where(p => !Covers(p, resource)))
                problems.Add(new Problem("OUTSIDE_AGREEMENT", $"“{narrow.Name}”不包含这个学段或学科。\"{narrow.Name}\" does not cover this stage or subject.", "partnershipIds"));
            if (problems.Count > 0) return null;
            resource.Shares.RemoveAll(s => !wanted.Contains(s.PartnershipId));
            resource.Shares.AddRange(wanted.Where(p => resource.Shares.All(s => s.PartnershipId != p)).Select(p => new ResourceShare { ResourceId = resource.Id, PartnershipId = p, SharedAt = now }));
            resource.Publish(Visibility.Partners, now);
            return null;
        }, ct);

    public Task<Outcome<Resource>> WithdrawAsync(Viewer viewer, Guid id, string? key, CancellationToken ct)
        => ChangeAsync(viewer, id, key, "withdrawResource", new { id }, (_, resource, now, _) =>
        {
            resource.Withdraw(now);
            return Task.FromResult<ResourceVersion?>(null);
        }, ct);

    /// <summary>
    /// Finds a resource that the viewer may change, changes it, and promises the index its new state.
    /// The change returns the history entry where it made a new version.
    /// </summary>
    private Task<Outcome<Resource>> ChangeAsync(
        Viewer viewer, Guid id, string? key, string name, object input, Func<HubDb, Resource, DateTime, List<Problem>, Task<ResourceVersion?>> change, CancellationToken ct)
        => desk.MakeAsync<Resource>(viewer, key, name, input, async (db, now) =>
        {
            var resource = await db.Resources.Include(r => r.Shares).VisibleTo(viewer).FirstOrDefaultAsync(r => r.Id == id, ct);
            if (resource is null) return Problem.NotFound("资源") with { Path = ["resourceId"] };
            if (!viewer.CanWriteFor(resource.SchoolId)) return Problem.Forbidden;
            List<Problem> problems = [];
            var before = ResourceAccess.TokensOf(resource);
            var version = await change(db, resource, now, problems);
            if (problems.Count > 0) return problems;
            if (version is not null) db.Add(version);
            await ResourceTrail.NoteAsync(db, resource, before, resource.State == ResourceState.Withdrawn ? ChangeKind.Withdrawn : ChangeKind.Changed, now, ct);
            return resource;
        }, ct);

    private static bool Covers(Partnership p, Resource r)
        => (p.Stages.Count == 0 || r.Stage is null || p.Stages.Contains(r.Stage)) && (p.Subjects.Count == 0 || r.Subject is null || p.Subjects.Contains(r.Subject));

    private static void NeedLicence(Resource resource, List<Problem> problems)
    {
        if (resource.Licence is null) problems.Add(new Problem("LICENCE_REQUIRED", "请先选择授权方式。Choose a licence first."));
    }
}
