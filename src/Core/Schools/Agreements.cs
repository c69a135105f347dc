using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Audit;
using ResourceHub.Core.Blobs;
using ResourceHub.Core.Changes;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;

namespace ResourceHub.Core.Schools;

/// <summary>The signed papers of partnerships, as files for their members. A new one takes the place of the old, whose bytes stay stored and whose hash stays in the audit log.</summary>
public sealed class Agreements(ChangeDesk desk, IDbContextFactory<HubDb> databases, IBlobStore blobs)
{
    public const long MostBytes = 50L << 20;

    /// <summary>Makes a finished upload of the viewer's the agreement's file. The upload's row goes in the same transaction.</summary>
    public async Task<Outcome<Partnership>> AttachAsync(Viewer viewer, Guid id, string uploadId, string? name, string? key, CancellationToken ct)
    {
        // Bytes are read before the transaction: it holds up all other writers.
        var mediaType = await KindOfAsync(viewer, uploadId, ct);
        return await desk.MakeAsync<Partnership>(viewer, key, "attachAgreement", new { id, uploadId, name }, async (db, now) =>
        {
            if (await db.Partnerships.Include(p => p.Members).VisibleTo(viewer).FirstOrDefaultAsync(p => p.Id == id, ct) is not { } partnership)
                return Problem.NotFound("结对") with { Path = ["partnershipId"] };
            if (!viewer.CanAdminister && !(partnership.Includes(viewer.SchoolId) && viewer.CanRun(viewer.SchoolId))) return Problem.Forbidden;
            List<Problem> problems = [];
            var upload = await db.Uploads.FirstOrDefaultAsync(u => u.Id == uploadId && u.OwnerId == viewer.ActorId && u.ExpiresAt > now, ct);
            if (upload is null) problems.Add(new Problem("UPLOAD_NOT_FOUND", "没有找到这个上传，可能已过期，请重新上传。No such upload; it may have expired. Upload the file again.", "uploadId"));
            else if (upload.Sha256 is null) problems.Add(new Problem("UPLOAD_INCOMPLETE", "文件还没有传完，请续传后再试。The upload is not complete; resume it first.", "uploadId"));
            else if (upload.Length > MostBytes) problems.Add(new Problem("FILE_TOO_LARGE", "协议文件最大 50 MB。An agreement may have at most 50 MB.", "uploadId"));
            else if (mediaType is null) problems.Add(new Problem("UNSUPPORTED_FILE", "协议文件须为 PDF、PNG、JPEG 图片或不含宏的 Word（docx）文件。An agreement is a PDF, a PNG or JPEG picture, or a Word document (docx) without macros.", "uploadId"));
            var fileName = FileNames.Clean(name) ?? FileNames.Clean(upload?.Name);
            if (fileName is null && upload is not null) problems.Add(new Problem("REQUIRED", "请填写文件名。A file needs a name.", "name"));
            if (problems.Count > 0) return problems;
            partnership.AgreementFile = new AgreementFile(fileName!, mediaType!, upload!.Length, upload.Sha256!);
            db.Remove(upload);
            await AuditLog.AddAsync(db, viewer, new AuditNote(AuditActions.AgreementAttached, nameof(Partnership), id, viewer.SchoolId, Detail: $"sha-256 {upload.Sha256}"), now, ct);
            return partnership;
        }, ct);
    }

    /// <summary>The file of a partnership whose agreement is open to the viewer; null also when there is no such partnership.</summary>
    public async Task<AgreementFile?> FindAsync(Viewer viewer, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var partnership = await db.Partnerships.AsNoTracking().Include(p => p.Members).VisibleTo(viewer).FirstOrDefaultAsync(p => p.Id == id, ct);
        return partnership?.OpensAgreementTo(viewer) == true ? partnership.AgreementFile : null;
    }

    private async Task<string?> KindOfAsync(Viewer viewer, string uploadId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var sha256 = await db.Uploads.Where(u => u.Id == uploadId && u.OwnerId == viewer.ActorId && u.Length <= MostBytes).Select(u => u.Sha256).FirstOrDefaultAsync(ct);
        if (BlobName.Parse(sha256) is not { } name) return null;
        await using var content = await blobs.OpenAsync(name, ct);
        return content is null ? null : await AgreementKind.OfAsync(content, ct);
    }
}
