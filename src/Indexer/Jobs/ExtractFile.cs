using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;
using ResourceHub.Core.Blobs;
using ResourceHub.Core.Changes;
using ResourceHub.Core.Duplicates;
using ResourceHub.Core.Files;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.Resources;
using ResourceHub.Indexer.Sandbox;

namespace ResourceHub.Indexer.Jobs;

/// <summary>Has one file read in the child process and keeps what it holds. RUNNING is visible meanwhile; a file that cannot be read gets an answer too.</summary>
public sealed class ExtractFile(IDbContextFactory<HubDb> databases, IBlobStore blobs, ReadingRoom room, JobQueue queue, ChangeSignal changes, HubSettings settings, TimeProvider clock) : IJobHandler
{
    private const string MissingBlob = "missing";
    private const string MissingMessage = "文件内容不在存储中，请联系管理员或重新上传。The stored file is missing; tell an administrator or upload it again.";

    public string Kind => JobKinds.Extract;
    public int Workers => settings.Readers;
    public int AtOnce => 1;

    public async Task<JobOutcome> RunAsync(IReadOnlyList<Job> jobs, CancellationToken ct)
    {
        var job = jobs[0];
        var (isHeld, found) = await BeginAsync(job, ct);
        if (!isHeld) return new JobOutcome.Lost();
        if (found is not { } file) return await EndAsync(job, ct);
        var read = await ReadAsync(file, ct);
        // A crash, a hang or a missing blob may be the machine's passing trouble. What a reader says of the file itself is final at once.
        if (read is { State: ExtractionState.Failed, Reason: (Reasons.Crash or Reasons.Timeout or MissingBlob) and var reason, Message: var message })
            return new JobOutcome.Failed($"{reason}: {message}", db => KeepAsync(db, file, read, null, job.Priority, CancellationToken.None));
        var poster = await KeepPosterAsync(file, read, ct);

        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginWriteAsync(ct);
        // First of all, so that nothing is written by a worker whose lease was lost.
        if (await JobQueue.CompleteAsync(db, jobs, ct) == 0) return new JobOutcome.Lost();
        await KeepAsync(db, file, read, poster, job.Priority, ct);
        await transaction.CommitAsync(ct);
        queue.Wake();
        changes.Raise();
        return new JobOutcome.Done();
    }

    public async Task GiveUpAsync(HubDb db, Job job, string reason, CancellationToken ct)
    {
        if (await db.Files.AsNoTracking().FirstOrDefaultAsync(f => f.Id == job.Subject, ct) is { } file)
            await KeepAsync(db, file, Reasons.Failed(file.MediaType, Reasons.Crash), null, job.Priority, ct);
    }

    /// <summary>
    /// Shows that the file is being read; no file when it is no longer there. Only while the job is held: a process that stood still past its lease would
    /// show a file as being read that another one has finished, and nobody would ever show it otherwise.
    /// </summary>
    private async Task<(bool IsHeld, ResourceFile? File)> BeginAsync(Job job, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await queue.RenewAsync(db, [job], ct) == 0) return (false, null);
        if (await db.Files.AsNoTracking().FirstOrDefaultAsync(f => f.Id == job.Subject, ct) is not { } file) return (true, null);
        var now = clock.GetUtcNow().UtcDateTime;
        if (await db.Extractions.Where(e => e.FileId == file.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.State, ExtractionState.Running).SetProperty(e => e.UpdatedAt, now), ct) == 0)
        {
            db.Add(new FileExtraction { FileId = file.Id, State = ExtractionState.Running, UpdatedAt = now });
            await db.SaveChangesAsync(ct);
        }
        await transaction.CommitAsync(ct);
        return (true, file);
    }

    private async Task<Extraction> ReadAsync(ResourceFile file, CancellationToken ct)
    {
        using var copy = BlobName.Parse(file.Sha256) is { } name ? await blobs.LocalCopyAsync(name, ct) : null;
        return copy is null ? Extraction.Failed(file.MediaType, MissingBlob, MissingMessage) : KeptText.Limit(await room.ReadAsync(copy.Path, file.Name, ct));
    }

    private async Task<string?> KeepPosterAsync(ResourceFile file, Extraction read, CancellationToken ct)
    {
        if (read.Poster is not { Length: > 0 } jpeg) return null;
        using var picture = new MemoryStream(jpeg, writable: false);
        return (await blobs.PutAsync(picture, new BlobInfo($"{file.Id:n}.poster.jpg", clock.GetUtcNow().UtcDateTime), ct)).Hex;
    }

    /// <summary>Replaces what was kept of the file, and promises the index its resource's new state.</summary>
    private async Task KeepAsync(HubDb db, ResourceFile file, Extraction read, string? poster, int priority, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var kept = await db.Extractions.FindAsync([file.Id], ct);
        if (kept is null) db.Add(kept = new FileExtraction { FileId = file.Id });
        kept.Take(read, now);
        kept.PosterSha256 = poster;
        await db.SaveChangesAsync(ct);
        await KeptText.ReplaceAsync(db, file.Id, read.Sections, ct);
        await Sketches.ReplaceAsync(db, file.Id, read.Sections.Select(s => s.Text), ct);
        await db.Files.Where(f => f.Id == file.Id).ExecuteUpdateAsync(set => set.SetProperty(f => f.MediaType, read.MediaType), ct);
        await db.Resources.Where(r => r.Id == file.ResourceId)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Revision, r => r.Revision + 1).SetProperty(r => r.UpdatedAt, now), ct);
        var owner = await db.Resources.Where(r => r.Id == file.ResourceId).Select(r => r.SchoolId).SingleAsync(ct);
        await ResourceTrail.MoveAsync(db, file.ResourceId, owner, ChangeKind.Changed, now, ct);
        await JobQueue.PromiseAsync(db, JobKinds.Index, file.ResourceId, priority, now, ct);
    }

    private async Task<JobOutcome> EndAsync(Job job, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await JobQueue.CompleteAsync(db, [job], ct) == 0 ? new JobOutcome.Lost() : new JobOutcome.Done();
    }
}
