using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;
using ResourceHub.Core.Blobs;
using ResourceHub.Core.People;

namespace ResourceHub.Api.Files;

/// <summary>
/// Keeps an upload's row and its bytes in step. Bytes are stored for good before the record says so, and the record says so before the sender is told;
/// whatever a crash leaves in between is put right when the upload is next asked about.
/// </summary>
public sealed class UploadDesk(IDbContextFactory<HubDb> databases, IBlobStore blobs, HubSettings settings, TimeProvider clock)
{
    private readonly ConcurrentDictionary<(Guid? Owner, string Id), bool> held = new();

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>The right to write into an upload; null while somebody else has it. Held by owner and id, so that a stranger learns nothing from it.</summary>
    public IDisposable? Hold(Guid? owner, string id) => held.TryAdd((owner, id), true) ? new Release(() => held.TryRemove((owner, id), out _)) : null;

    public async Task<bool> HasTooManyAsync(Viewer viewer, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Uploads.CountAsync(u => u.OwnerId == viewer.ActorId && u.ExpiresAt > Now, ct) >= settings.MaxOpenUploads;
    }

    /// <exception cref="StorageFullException">No room.</exception>
    public async Task<Upload> BeginAsync(Viewer viewer, string name, long length, CancellationToken ct)
    {
        if (blobs.FreeBytes - length < settings.ReserveBytes) throw new StorageFullException("The declared length does not fit.");
        var upload = new Upload
        {
            Id = Guid.CreateVersion7().ToString("n"),
            OwnerId = viewer.ActorId!.Value,
            Name = name,
            Length = length,
            CreatedAt = Now,
            ExpiresAt = Now.AddHours(settings.UploadHours),
        };
        // Bytes first: a row without a place for its bytes could never be resumed; a place without a row is swept away.
        await blobs.StageAsync(upload.Id, ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        db.Add(upload);
        await db.SaveChangesAsync(ct);
        return upload;
    }

    /// <summary>Null when there is none, it is somebody else's, or its time is over.</summary>
    public async Task<Upload?> FindAsync(Viewer viewer, string id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Uploads.AsNoTracking().FirstOrDefaultAsync(u => u.Id == id && u.OwnerId == viewer.ActorId && u.ExpiresAt > Now, ct);
    }

    /// <summary>Bytes stored so far; null when they are lost.</summary>
    public async Task<long?> StoredAsync(Upload upload, CancellationToken ct)
        => upload.Sha256 is null ? await blobs.StagedLengthAsync(upload.Id, ct) : upload.Length;

    /// <summary>Makes a whole upload a blob and notes its name; not hurried by a sender that has gone. Its time to be attached starts now.</summary>
    /// <exception cref="StorageFullException">No room; asking again later goes on where it stopped.</exception>
    public async Task FinishAsync(Upload upload)
    {
        var name = await blobs.CommitAsync(upload.Id, new BlobInfo(upload.Name, Now), CancellationToken.None);
        upload.ExpiresAt = Now.AddHours(settings.UploadHours);
        await using (var db = await databases.CreateDbContextAsync(CancellationToken.None))
        {
            await db.Uploads.Where(u => u.Id == upload.Id).ExecuteUpdateAsync(set => set
                .SetProperty(u => u.Sha256, name.Hex).SetProperty(u => u.ExpiresAt, upload.ExpiresAt), CancellationToken.None);
        }
        upload.Sha256 = name.Hex;
        await blobs.DiscardAsync(upload.Id, CancellationToken.None);
    }

    /// <summary>Ends an upload. A whole one lives on unseen until the sweep has made sure that nobody else uses the same bytes.</summary>
    public async Task EndAsync(Upload upload, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var row = db.Uploads.Where(u => u.Id == upload.Id);
        if (upload.Sha256 is null) await row.ExecuteDeleteAsync(ct);
        else await row.ExecuteUpdateAsync(set => set.SetProperty(u => u.ExpiresAt, Now), ct);
        await blobs.DiscardAsync(upload.Id, CancellationToken.None);
    }

    private sealed class Release(Action release) : IDisposable
    {
        public void Dispose() => release();
    }
}
