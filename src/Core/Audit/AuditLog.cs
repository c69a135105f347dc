using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.People;

namespace ResourceHub.Core.Audit;

/// <param name="Action">One of <see cref="AuditActions"/>.</param>
/// <param name="SchoolId">The school it concerns.</param>
/// <param name="Detail">In few words; never a secret, a password or a file's text.</param>
public sealed record AuditNote(
    string Action, string? ObjectType = null, Guid? ObjectId = null, Guid? SchoolId = null, AuditResult Result = AuditResult.Ok, string? Detail = null);

/// <summary>The audit log's one way in.</summary>
public sealed class AuditLog(IDbContextFactory<HubDb> databases, TimeProvider clock)
{
    /// <summary>Writes a line in a transaction of its own, for what changes nothing else.</summary>
    public async Task WriteAsync(Viewer viewer, AuditNote note, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await AddAsync(db, viewer, note, clock.GetUtcNow().UtcDateTime, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Adds a line to the caller's transaction: what is done and that it was done are kept together or not at all.</summary>
    public static async Task AddAsync(HubDb db, Viewer viewer, AuditNote note, DateTime utcNow, CancellationToken ct)
    {
        var head = await db.AuditHeads.FindAsync([AuditHead.Only], ct);
        if (head is null) db.Add(head = new AuditHead());
        var line = new AuditEvent
        {
            Seq = head.Seq + 1,
            At = new DateTime(utcNow.Ticks - utcNow.Ticks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc),
            ActorId = viewer.ActorId,
            Actor = viewer.Name,
            ActorSchoolId = viewer.SchoolId,
            Action = note.Action,
            ObjectType = note.ObjectType,
            ObjectId = note.ObjectId,
            SchoolId = note.SchoolId,
            Result = note.Result,
            Detail = note.Detail,
            Ip = viewer.Origin.Ip,
            RequestId = viewer.Origin.RequestId,
        };
        line.Hash = HashOf(line, head.Hash);
        db.Add(line);
        (head.Seq, head.Hash) = (line.Seq, line.Hash);
    }

    /// <summary>SHA-256 of the hash before and all fields of the line, as a JSON array of strings, so that no two lines can be written alike.</summary>
    public static byte[] HashOf(AuditEvent line, byte[] before) => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new[]
    {
        Convert.ToHexStringLower(before), line.Seq.ToString(CultureInfo.InvariantCulture), line.At.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        line.ActorId?.ToString("n"), line.Actor, line.ActorSchoolId?.ToString("n"), line.Action, line.ObjectType, line.ObjectId?.ToString("n"), line.SchoolId?.ToString("n"),
        line.Result.ToString(), line.Detail, line.Ip, line.RequestId,
    }));
}
