using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Audit;
using ResourceHub.Core.Changes;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Core.Comparison;

/// <summary>A school takes over a change of its copy's source, or declines it: field by field, file by file. The source's school hears of it.</summary>
public sealed class UpstreamDesk(ResourceDesk desk)
{
    private static readonly Problem NoSuchChange = new("NO_SUCH_CHANGE", "来源没有这项改动，或它又有了变化，请重新查看。The source has no such change, or it has changed again: look at it anew.", "key");

    public Task<Outcome<Resource>> TakeAsync(Viewer viewer, Guid copyId, string change, string? key, CancellationToken ct)
        => desk.ChangeAsync(viewer, copyId, key, "takeChange", new { copyId, change }, async (db, copy, now, problems) =>
        {
            if (await FindAsync(db, viewer, copy, change, problems, ct) is not var (source, upstream, file, offered)) return null;
            var why = $"采纳来源第 {source.Version} 版的改动 Took over from version {source.Version} of its source";
            var version = file is null ? await TakeFieldAsync(db, viewer, copy, upstream.Source, change, why, now, problems, ct) : await TakeFileAsync(db, viewer, copy, change, file, why, now, problems, ct);
            if (problems.Count > 0) return null;
            await NoteAsync(db, viewer, copy, source, change, offered, isTaken: true, now, ct);
            return version;
        }, ct);

    public Task<Outcome<Resource>> DeclineAsync(Viewer viewer, Guid copyId, string change, string? key, CancellationToken ct)
        => desk.ChangeAsync(viewer, copyId, key, "declineChange", new { copyId, change }, async (db, copy, now, problems) =>
        {
            if (!viewer.MayEdit(copy)) problems.Add(ResourceRights.InReview);
            if (problems.Count > 0 || await FindAsync(db, viewer, copy, change, problems, ct) is not var (source, _, _, offered)) return null;
            await NoteAsync(db, viewer, copy, source, change, offered, isTaken: false, now, ct);
            return null;
        }, ct);

    private static async Task<(Resource Source, Comparisons.Upstream Upstream, FileChange? File, byte[] Offered)?> FindAsync(HubDb db, Viewer viewer, Resource copy, string change, List<Problem> problems, CancellationToken ct)
    {
        if (await Comparisons.BothAsync(db, viewer, copy.Id, ct) is not var (_, source, pinned) || await Comparisons.UpstreamAsync(db, copy, source, pinned, ct) is not { } upstream)
        {
            problems.Add(Problem.NotFound("来源") with { Path = ["copyId"] });
            return null;
        }
        var file = upstream.Changes.Files.FirstOrDefault(f => f.Key == change);
        if (file is null && upstream.Changes.Fields.All(f => f.Key != change))
        {
            problems.Add(NoSuchChange);
            return null;
        }
        return (source, upstream, file, Comparisons.Offered(upstream.Source, change, file));
    }

    private static Task<ResourceVersion?> TakeFieldAsync(HubDb db, Viewer viewer, Resource copy, Snapshot source, string change, string why, DateTime now, List<Problem> problems, CancellationToken ct)
        => ResourceLibrary.ApplyAsync(db, viewer, copy, InputOf(change[Snapshot.FieldKey.Length..], source), "taken", why, now, problems, ct);

    /// <summary>An input that says this one field; nothing at the source clears it here.</summary>
    internal static ResourceInput InputOf(string field, Snapshot source)
    {
        var says = source.Fields.TryGetValue(field, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetRawText() : "\"\"";
        return JsonSerializer.Deserialize<ResourceInput>($$"""{"{{field}}":{{says}}}""")!;
    }

    private static async Task<ResourceVersion?> TakeFileAsync(HubDb db, Viewer viewer, Resource copy, string change, FileChange file, string why, DateTime now, List<Problem> problems, CancellationToken ct)
    {
        if (!viewer.MayEdit(copy)) problems.Add(ResourceRights.InReview);
        else if (ResourceLibrary.IsVouchedFor(copy) && !viewer.IsAdminOf(copy))
            problems.Add(new Problem("REVIEW_REQUIRED", "已发布的资源，文件须由本校管理员更换。Files of what is published are replaced by the school's admins."));
        if (problems.Count > 0) return null;
        var there = await db.Files.Where(f => f.ResourceId == copy.Id && f.RemovedIn == null).ToListAsync(ct);
        var ours = there.Find(f => Snapshot.KeyOf(f) == change);
        if (file.After is { } offered && there.Any(f => f.Sha256 == offered.Sha256 && f.Name == offered.Name)) return null;
        if (ours is null && file.After is null) return null;
        var version = copy.NewVersion(viewer.ActorId!.Value, "taken", now, why);
        ours?.RemovedIn = version.Number;
        if (file.After is not { } taken) return version;
        var own = new ResourceFile { ResourceId = copy.Id, Name = taken.Name, MediaType = taken.MediaType, Size = taken.Size, Sha256 = taken.Sha256, AddedIn = version.Number, AddedAt = now };
        db.Add(own);
        await JobQueue.PromiseAsync(db, JobKinds.Extract, own.Id, JobPriority.Interactive, now, ct);
        return version;
    }

    private static async Task NoteAsync(HubDb db, Viewer viewer, Resource copy, Resource source, string change, byte[] offered, bool isTaken, DateTime now, CancellationToken ct)
    {
        var decision = await db.ChangeDecisions.FindAsync([copy.Id, change], ct);
        if (decision is null) db.Add(decision = new ChangeDecision { CopyId = copy.Id, Key = change, Offered = offered });
        (decision.Offered, decision.IsTaken, decision.SourceVersion, decision.By, decision.At) = (offered, isTaken, source.Version, viewer.ActorId!.Value, now);
        // To the schools that know of it: those in the partnerships it is shared through.
        var shared = source.Visibility == Visibility.Partners ? source.Shares.ConvertAll(s => s.PartnershipId) : null;
        var both = await db.Partnerships.InForceOn(SchoolDay.Of(now)).Where(p => p.Members.Any(m => m.SchoolId == source.SchoolId) && p.Members.Any(m => m.SchoolId == copy.SchoolId))
            .Where(p => shared == null || shared.Contains(p.Id)).Select(p => p.Id).ToListAsync(ct);
        if (source.SchoolId != copy.SchoolId)
            db.AddRange(both.Select(p => new Change { Kind = isTaken ? ChangeKind.Taken : ChangeKind.NotTaken, ResourceId = source.Id, PartnershipId = p, SchoolId = copy.SchoolId, At = now }));
        await ResourceDesk.AuditAsync(db, viewer, isTaken ? AuditActions.ChangeTaken : AuditActions.ChangeDeclined, source, $"version {source.Version} {change}", now, ct);
    }
}
