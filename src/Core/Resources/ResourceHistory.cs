using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Comparison;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.People;
using ResourceHub.Core.Text;

namespace ResourceHub.Core.Resources;

/// <summary>Makes an earlier version the current one again, as a new version: what it said and the files it had. Nothing of the history goes.</summary>
public sealed class ResourceHistory(ResourceDesk desk)
{
    private const int WhyLimit = 500;

    public Task<Outcome<Resource>> RestoreAsync(Viewer viewer, Guid id, int number, string? why, string? key, CancellationToken ct)
        => desk.ChangeAsync(viewer, id, key, "restoreResourceVersion", new { id, number, why }, async (db, resource, now, problems) =>
        {
            if (why?.Length > WhyLimit) problems.Add(Required.TooLong("why", WhyLimit));
            if (number == resource.Version) problems.Add(new Problem("INVALID_STATE", "这就是当前版本。This is the current version.", "number"));
            if (await Snapshot.AtAsync(db, id, number, ct) is not { } then) problems.Add(Problem.NotFound("版本") with { Path = ["number"] });
            else if (problems.Count == 0)
            {
                var reason = CleanText.Line(why) ?? $"恢复第 {number} 版 Restored version {number}";
                var inputs = then.Fields.Keys.Select(field => UpstreamDesk.InputOf(field, then)).Aggregate(new ResourceInput(), Both);
                var files = await FilesAsync(db, resource, then, ct);
                var isVouched = ResourceLibrary.IsVouchedFor(resource);
                var version = await ResourceLibrary.ApplyAsync(db, viewer, resource, inputs, "restored", reason, now, problems, ct);
                if (problems.Count > 0 || files.Count == 0) return version;
                if (isVouched && !viewer.IsAdminOf(resource))
                {
                    problems.Add(new Problem("REVIEW_REQUIRED", "已发布的资源，文件须由本校管理员更换。Files of what is published are replaced by the school's admins."));
                    return null;
                }
                version ??= resource.NewVersion(viewer.ActorId!.Value, "restored", now, reason);
                await ExchangeAsync(db, resource, files, version.Number, now, ct);
                return version;
            }
            return null;
        }, ct);

    private static ResourceInput Both(ResourceInput a, ResourceInput b) => a with
    {
        Title = a.Title ?? b.Title,
        Description = a.Description ?? b.Description,
        Kind = a.Kind ?? b.Kind,
        Stage = a.Stage ?? b.Stage,
        Grades = a.Grades ?? b.Grades,
        Subject = a.Subject ?? b.Subject,
        Edition = a.Edition ?? b.Edition,
        Volume = a.Volume ?? b.Volume,
        Chapter = a.Chapter ?? b.Chapter,
        Language = a.Language ?? b.Language,
        Licence = a.Licence ?? b.Licence,
        Keywords = a.Keywords ?? b.Keywords,
        Contributors = a.Contributors ?? b.Contributors,
    };

    /// <summary>What has to go and what has to come, so that the files are those of then.</summary>
    private static async Task<List<(ResourceFile? Goes, ResourceFile? Comes)>> FilesAsync(HubDb db, Resource resource, Snapshot then, CancellationToken ct)
    {
        var now = await db.Files.Where(f => f.ResourceId == resource.Id && f.RemovedIn == null).ToListAsync(ct);
        var wanted = then.Files.Values.ToList();
        List<(ResourceFile?, ResourceFile?)> moves = [.. now.Where(n => !wanted.Exists(w => w.Sha256 == n.Sha256 && w.Name == n.Name)).Select(n => ((ResourceFile?)n, (ResourceFile?)null))];
        moves.AddRange(wanted.Where(w => !now.Exists(n => n.Sha256 == w.Sha256 && n.Name == w.Name)).Select(w => ((ResourceFile?)null, (ResourceFile?)w)));
        return moves;
    }

    private static async Task ExchangeAsync(HubDb db, Resource resource, List<(ResourceFile? Goes, ResourceFile? Comes)> files, int version, DateTime now, CancellationToken ct)
    {
        foreach (var (goes, comes) in files)
        {
            goes?.RemovedIn = version;
            if (comes is null) continue;
            var again = new ResourceFile { ResourceId = resource.Id, Name = comes.Name, MediaType = comes.MediaType, Size = comes.Size, Sha256 = comes.Sha256, AddedIn = version, AddedAt = now };
            db.Add(again);
            await JobQueue.PromiseAsync(db, JobKinds.Extract, again.Id, JobPriority.Interactive, now, ct);
        }
    }
}
