using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Catalogue;
using ResourceHub.Core.Changes;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.People;
using ResourceHub.Core.Text;

namespace ResourceHub.Core.Resources;

public sealed record NewResource : ResourceInput
{
    public required Guid SchoolId { get; init; }
}

/// <summary>How resources come into being and change. Each step is one transaction together with the work it causes.</summary>
public sealed class ResourceLibrary(ChangeDesk changes, ResourceDesk desk)
{
    public Task<Outcome<Resource>> CreateAsync(Viewer viewer, NewResource input, string? key, CancellationToken ct)
        => changes.MakeAsync<Resource>(viewer, key, "createResource", input, async (db, now) =>
        {
            List<Problem> problems = [];
            var title = Required.Line(input.Title, "title", Resource.TitleLimit, problems);
            if (string.IsNullOrEmpty(input.Kind)) problems.Add(new Problem("REQUIRED", "请填写 kind（资源类型）。kind is required.", "kind"));
            input.Check(problems);
            var said = await CatalogueFiling.WithPlaceAsync(db, input, isNew: true, problems, ct);
            // A school that is not there and one that is not yours answer alike.
            if (!viewer.CanWriteFor(input.SchoolId) || !await db.Schools.AnyAsync(s => s.Id == input.SchoolId, ct)) problems.Add(Problem.NotFound("学校") with { Path = ["schoolId"] });
            if (problems.Count > 0) return problems;
            var resource = new Resource { SchoolId = input.SchoolId, CreatedBy = viewer.ActorId!.Value, Title = title!, Kind = input.Kind!, CreatedAt = now };
            said.ApplyTo(resource);
            await CatalogueFiling.FileAsync(db, resource, said.ChapterId, ct);
            resource.Touch(now);
            db.Add(resource);
            db.Add(ResourceVersion.Of(resource, viewer.ActorId.Value, "created", now));
            await ResourceTrail.NoteAsync(db, resource, [], ChangeKind.Created, now, ct);
            return resource;
        }, ct);

    /// <summary>
    /// Changes metadata. What is published stays within what opens it: its licence, its agreements, what the source of a copy allows. Its kind and licence are
    /// what a review vouched for, so only admins change them then.
    /// </summary>
    public Task<Outcome<Resource>> UpdateAsync(Viewer viewer, Guid id, ResourceInput input, string? key, CancellationToken ct)
        => desk.ChangeAsync(viewer, id, key, "updateResource", new { id, input }, (db, resource, now, problems) => ApplyAsync(db, viewer, resource, input, "metadata", null, now, problems, ct), ct);

    /// <summary>What an update checks and does, for all that change metadata. Returns the entry of the history; null when nothing is different.</summary>
    internal static async Task<ResourceVersion?> ApplyAsync(
        HubDb db, Viewer viewer, Resource resource, ResourceInput input, string what, string? why, DateTime now, List<Problem> problems, CancellationToken ct)
    {
        if (!viewer.MayEdit(resource)) problems.Add(ResourceRights.InReview);
        if (input.Title is not null) Required.Line(input.Title, "title", Resource.TitleLimit, problems);
        input.Check(problems);
        var said = await CatalogueFiling.WithPlaceAsync(db, input, isNew: false, problems, ct);
        var (kind, licence) = (resource.Kind, resource.Licence);
        if (problems.Count > 0) return null;
        var isNews = said.ApplyTo(resource);
        if (isNews || said.ChapterId is not null) await CatalogueFiling.FileAsync(db, resource, said.ChapterId, ct);
        if (!isNews) return null;
        if ((kind != resource.Kind || licence != resource.Licence) && IsVouchedFor(resource) && !viewer.IsAdminOf(resource))
            problems.Add(new Problem("REVIEW_REQUIRED", "已发布的资源，类型和授权须由本校管理员更改。Kind and licence of what is published are changed by the school's admins."));
        if (resource.Received is { } received && !LicenceRules.MayLicenceCopy(received.Licence, resource.Licence))
            problems.Add(new Problem("LICENCE_FORBIDS", "改编自他校：来源的授权方式不允许改用这一种。The source's licence does not allow copies to be under this one.", "licence"));
        if (resource.State == ResourceState.Published)
        {
            if (licence is not null) OpeningRules.NeedLicence(resource, problems);
            LicenceRules.Check(resource, resource.Visibility, problems);
            await AgreementRules.CheckStillCoveredAsync(db, Filing.Of(resource), Opening.Of(resource), now, problems, ct);
            if (kind != resource.Kind && resource.ShowsPupils is null && resource.Visibility > Visibility.School && ConsentRules.SuggestsPupils(resource))
                problems.Add(new Problem("MISSING_METADATA", "请先说明是否有学生出镜。Say first whether pupils can be seen.", "showsPupils"));
        }
        return problems.Count == 0 ? resource.NewVersion(viewer.ActorId!.Value, what, now, why) : null;
    }

    /// <summary>Makes a finished upload a file of a new version and promises to read it. The upload's row goes in the same transaction.</summary>
    public Task<Outcome<Resource>> AttachFileAsync(Viewer viewer, Guid id, string uploadId, string? name, string? key, CancellationToken ct)
        => desk.ChangeAsync(viewer, id, key, "attachFile", new { id, uploadId, name }, async (db, resource, now, problems) =>
        {
            if (!viewer.MayEdit(resource)) problems.Add(ResourceRights.InReview);
            else if (IsVouchedFor(resource) && !viewer.IsAdminOf(resource))
                problems.Add(new Problem("REVIEW_REQUIRED", "已发布的资源，文件须由本校管理员添加；也可先撤回、恢复为草稿，改好再送审。Files of what is published are added by the school's admins; or withdraw it, restore it as a draft and submit it again."));
            if (problems.Count > 0) return null;
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

    /// <summary>Others see it because a review, or an admin, said that they may.</summary>
    internal static bool IsVouchedFor(Resource r) => r.State == ResourceState.Published && r.Visibility > Visibility.Private;
}
