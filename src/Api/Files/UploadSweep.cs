using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ResourceHub.Core;
using ResourceHub.Core.Blobs;

namespace ResourceHub.Api.Files;

/// <summary>Every hour: uploads whose time is over go, with their bytes where nobody else uses them, and so does what a crash left behind.</summary>
public sealed partial class UploadSweep(IDbContextFactory<HubDb> databases, IBlobStore blobs, UploadDesk desk, TimeProvider clock, ILogger<UploadSweep> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>Between a commit of bytes and the row that uses them lie milliseconds; nothing younger than this is touched.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                var swept = await SweepAsync(stoppingToken);
                if (swept > 0) LogSwept(swept);
            }
            catch (Exception later) when (later is DbException or IOException)
            {
                LogFailed(later);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Returns how many uploads went.</summary>
    public async Task<int> SweepAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow().UtcDateTime;
        var settled = now - Grace;
        var swept = 0;
        foreach (var upload in await db.Uploads.AsNoTracking().Where(u => u.Sha256 == null ? u.ExpiresAt <= now : u.ExpiresAt <= settled).ToListAsync(ct))
        {
            using var hold = desk.Hold(upload.OwnerId, upload.Id);
            // The row goes first, and only as it was read: an attachFile that came earlier has taken it, a later one finds nothing.
            if (hold is null || await db.Uploads.Where(u => u.Id == upload.Id && u.Sha256 == upload.Sha256).ExecuteDeleteAsync(ct) == 0) continue;
            await blobs.DiscardAsync(upload.Id, ct);
            if (BlobName.Parse(upload.Sha256) is { } name && !await IsUsedAsync(db, name.Hex, ct)) await blobs.DeleteAsync(name, settled, ct);
            swept++;
        }
        return swept + await SweepStagedAsync(db, settled, ct);
    }

    /// <summary>Bytes without an unfinished upload: the process died before the row was written, or after it was done with.</summary>
    private async Task<int> SweepStagedAsync(HubDb db, DateTime settled, CancellationToken ct)
    {
        var swept = 0;
        foreach (var id in await blobs.StagedBeforeAsync(settled, ct))
        {
            if (await db.Uploads.AnyAsync(u => u.Id == id && u.Sha256 == null, ct)) continue;
            await blobs.DiscardAsync(id, ct);
            swept++;
        }
        return swept;
    }

    private static async Task<bool> IsUsedAsync(HubDb db, string sha256, CancellationToken ct)
        // Uploads first: what is attached between two of these questions moves from there to the others.
        => await db.Uploads.AnyAsync(u => u.Sha256 == sha256, ct)
        || await db.Files.AnyAsync(f => f.Sha256 == sha256, ct)
        || await db.Extractions.AnyAsync(e => e.PosterSha256 == sha256, ct)
        || await db.Partnerships.AnyAsync(p => p.AgreementFile!.Sha256 == sha256, ct);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} expired or orphaned uploads were removed")]
    private partial void LogSwept(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Expired uploads could not be removed; the next sweep tries again")]
    private partial void LogFailed(Exception error);
}
