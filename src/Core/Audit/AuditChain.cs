using Microsoft.EntityFrameworkCore;

namespace ResourceHub.Core.Audit;

/// <param name="Lines">How many were read and found in order.</param>
/// <param name="Head">Hash of the last of them. Kept elsewhere, such as on paper, it shows also a log that was written anew as a whole.</param>
/// <param name="Flaw">The first line that is not as it was written, and how; null when all are.</param>
public sealed record AuditVerdict(long Lines, byte[] Head, string? Flaw);

/// <summary>Reads the whole log once, line by line, and follows its chain of hashes. A hub that goes on writing meanwhile is not held up.</summary>
public static class AuditChain
{
    public static async Task<AuditVerdict> VerifyAsync(HubDb db, CancellationToken ct)
    {
        // The log may grow while it is read: its end must lie between the head before and the head after.
        var before = await HeadAsync(db, ct);
        var (seq, hash) = (0L, new AuditHead().Hash);
        AuditVerdict Broken(string how) => new(seq, hash, how);
        try
        {
            await foreach (var line in db.AuditEvents.AsNoTracking().OrderBy(a => a.Seq).AsAsyncEnumerable().WithCancellation(ct))
            {
                if (line.Seq != seq + 1)
                    return Broken(line.Seq > seq + 1 ? $"line {seq + 1} is missing; the next one there is {line.Seq}" : $"line {line.Seq} was put in before the first");
                if (!AuditLog.HashOf(line, hash).AsSpan().SequenceEqual(line.Hash))
                    return Broken($"line {line.Seq} ({line.Action}, {line.At:yyyy-MM-dd HH:mm:ss} UTC) was edited, moved or put in: its hash does not follow from line {seq}");
                (seq, hash) = (line.Seq, line.Hash);
                if (seq == before.Seq && !hash.AsSpan().SequenceEqual(before.Hash)) return Broken($"line {seq} is not the one that the log's head names");
            }
        }
        catch (Exception unreadable) when (unreadable is FormatException or InvalidCastException or InvalidOperationException or OverflowException)
        {
            return Broken($"line {seq + 1} was edited: it cannot be read ({unreadable.Message})");
        }
        if (seq < before.Seq) return Broken($"line {seq + 1} is missing: the log was cut off at its end, its head names line {before.Seq}");
        var after = await HeadAsync(db, ct);
        if (seq > after.Seq) return Broken($"line {after.Seq + 1} was put in: the log's head names line {after.Seq} as the last");
        if (seq == after.Seq && !hash.AsSpan().SequenceEqual(after.Hash)) return Broken($"line {seq} is not the one that the log's head names");
        return new(seq, hash, null);
    }

    private static async Task<AuditHead> HeadAsync(HubDb db, CancellationToken ct) => await db.AuditHeads.AsNoTracking().FirstOrDefaultAsync(h => h.Id == AuditHead.Only, ct) ?? new AuditHead();
}
