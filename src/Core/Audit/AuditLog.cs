using System.Buffers;
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

/// <summary>A line that waits to be written.</summary>
public sealed record AuditLine(Viewer Viewer, AuditNote Note, DateTime At);

/// <summary>The audit log's one way in.</summary>
public sealed class AuditLog(IDbContextFactory<HubDb> databases, TimeProvider clock)
{
    /// <summary>Writes a line in a transaction of its own, for what changes nothing else.</summary>
    public async Task WriteAsync(Viewer viewer, AuditNote note, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginWriteAsync(ct);
        await AddAsync(db, viewer, note, clock.GetUtcNow().UtcDateTime, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Writes many lines in one transaction, in their order.</summary>
    public async Task WriteAsync(IReadOnlyList<AuditLine> lines, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginWriteAsync(ct);
        foreach (var line in lines) await AddAsync(db, line.Viewer, line.Note, line.At, ct);
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
    public static byte[] HashOf(AuditEvent line, byte[] before)
    {
        var (buffer, json) = reused ??= NewWriter();
        buffer.ResetWrittenCount();
        json.Reset(buffer);
        json.WriteStartArray();
        json.WriteStringValue(Convert.ToHexStringLower(before));
        json.WriteStringValue(line.Seq.ToString(CultureInfo.InvariantCulture));
        json.WriteStringValue(line.At.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        Write(line.ActorId);
        json.WriteStringValue(line.Actor);
        Write(line.ActorSchoolId);
        json.WriteStringValue(line.Action);
        json.WriteStringValue(line.ObjectType);
        Write(line.ObjectId);
        Write(line.SchoolId);
        json.WriteStringValue(line.Result.ToString());
        json.WriteStringValue(line.Detail);
        json.WriteStringValue(line.Ip);
        json.WriteStringValue(line.RequestId);
        json.WriteEndArray();
        json.Flush();
        return SHA256.HashData(buffer.WrittenSpan);

        void Write(Guid? id) => json.WriteStringValue(id?.ToString("n"));
    }

    // A check of the log hashes millions of lines.
    [ThreadStatic]
    private static (ArrayBufferWriter<byte>, Utf8JsonWriter)? reused;

    private static (ArrayBufferWriter<byte>, Utf8JsonWriter) NewWriter()
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        return (buffer, new Utf8JsonWriter(buffer));
    }
}
