using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;
using ResourceHub.Core.Audit;
using ResourceHub.Core.Blobs;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.Keys;
using ResourceHub.Engines;

namespace ResourceHub.Host.Moving;

/// <summary>
/// Copies a whole hub between engines: blobs, then rows, then proof that both ends say the same. The source is only read, and no hub may run at either end. Stopped anywhere it goes
/// on when it is run again; until it is done no hub starts on the target.
/// </summary>
internal sealed class Move(MoveSide from, MoveSide to, TextWriter say)
{
    private const string Proven = "proven";

    /// <summary>False, said why, when the ends do not say the same.</summary>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        if (from.Record == to.Record && from.Bytes == to.Bytes) throw new SettingsException($"Source and target are the same hub, {from.Record} with {from.Bytes}: name another target with --to.");
        await from.CheckVersionAsync(ct);
        await from.HoldAsync(withFolder: true, ct);
        // A folder that is both ends' is held already.
        if (to.Record != from.Record || to.Settings.Data != from.Settings.Data) await to.HoldAsync(withFolder: to.Settings.Data != from.Settings.Data, ct);
        await to.PrepareAsync(ct);
        say.WriteLine($"from {from.Record}, {from.Bytes}");
        say.WriteLine($"to   {to.Record}, {to.Bytes}");
        if (to.Record != from.Record && !await BeginAsync(ct)) return await EndAsync(ct);
        if (to.Bytes != from.Bytes) await BlobsAsync(ct);
        if (to.Record == from.Record)
        {
            say.WriteLine("done: the record stays where it is.");
            return true;
        }
        await RowsAsync(ct);
        return await ProveAsync(ct) && await EndAsync(ct);
    }

    /// <summary>Notes on the target that it is being filled. False when it is filled and proven already.</summary>
    private async Task<bool> BeginAsync(CancellationToken ct)
    {
        await using var db = await to.OpenAsync(ct);
        var note = await db.SharedKeys.FindAsync([SharedKeys.Moving], ct);
        if (note is not null && !note.Value.StartsWith(from.Record + " ", StringComparison.Ordinal))
            throw new SettingsException($"{to.Record} is being filled from another hub ({note.Value.Split(' ')[0]}): end that move first, or take an empty database.");
        if (note is not null) return !note.Value.EndsWith(Proven, StringComparison.Ordinal);
        foreach (var table in Table.All(db))
            if (await table.CountAsync(db, ct) > 0)
                throw new SettingsException($"{to.Record} holds a hub already ({table.Name}): take an empty database.");
        await NoteAsync("filling", ct);
        return true;
    }

    private async Task NoteAsync(string stage, CancellationToken ct)
    {
        await using var db = await to.OpenAsync(ct);
        await db.SharedKeys.Where(k => k.Name == SharedKeys.Moving).ExecuteDeleteAsync(ct);
        db.Add(new SharedKey { Name = SharedKeys.Moving, Value = $"{from.Record} {stage}", CreatedAt = TimeProvider.System.GetUtcNow().UtcDateTime });
        await db.SaveChangesAsync(ct);
    }

    private async Task BlobsAsync(CancellationToken ct)
    {
        await using var db = await from.OpenAsync(ct);
        var used = await db.UsedBlobsAsync(ct);
        var (copied, there, missing) = (0, 0, 0);
        foreach (var (hex, fileName) in used)
        {
            var name = BlobName.Parse(hex)!.Value;
            if (await from.Blobs.SizeAsync(name, ct) is not { } size)
            {
                missing++;
                say.WriteLine($"missing at the source: {hex} ({fileName})");
                continue;
            }
            if (await to.Blobs.SizeAsync(name, ct) == size) there++;
            else
            {
                await using var content = await from.Blobs.OpenAsync(name, ct) ?? throw new IOException($"{hex} went away while it was read.");
                var kept = await to.Blobs.PutAsync(content, new BlobInfo(fileName, TimeProvider.System.GetUtcNow().UtcDateTime), ct);
                // The name is the SHA-256 of what arrived.
                if (kept != name) throw new SettingsException($"The blob {hex} ({fileName}) is damaged at the source: its bytes have the SHA-256 {kept}. Restore it from a backup, then run this again.");
                copied++;
            }
            if ((copied + there) % 100 == 0) say.WriteLine($"blobs {copied + there + missing:N0} of {used.Count:N0}");
        }
        say.WriteLine($"blobs: {copied:N0} copied, {there:N0} there already, {missing:N0} missing at the source");
    }

    private async Task RowsAsync(CancellationToken ct)
    {
        await using var source = await from.OpenAsync(ct);
        foreach (var table in Table.All(source))
        {
            // The head of the audit log is there from the beginning in some databases, and changes as a whole.
            if (table.Type.ClrType == typeof(AuditHead) && await table.CountAsync(source, ct) > 0) await ClearAsync(ct);
            await table.CopyAsync(source, () => to.OpenAsync(ct), done => { if (done % (10 * Table.AtOnce) == 0) say.WriteLine($"{table.Name} {done:N0}"); }, ct);
            if (table.Number is { } number)
            {
                await using var target = await to.OpenAsync(ct);
                await RecordKeeping.SetLastNumberAsync(target, table.Name, number, await RecordKeeping.LastNumberAsync(source, table.Name, number, ct), ct);
            }
            say.WriteLine($"{table.Name} copied");
        }
    }

    private async Task ClearAsync(CancellationToken ct)
    {
        await using var target = await to.OpenAsync(ct);
        await target.AuditHeads.ExecuteDeleteAsync(ct);
    }

    private async Task<bool> ProveAsync(CancellationToken ct)
    {
        await using var source = await from.OpenAsync(ct);
        await using var target = await to.OpenAsync(ct);
        var same = true;
        foreach (var table in Table.All(source))
        {
            var (there, here) = (await table.SumAsync(source, ct), await table.SumAsync(target, ct));
            if (there == here) say.WriteLine($"{table.Name,-24} {here.Rows,12:N0} rows  sha-256 {here.Digest[..16]}…  the same");
            else say.WriteLine($"{table.Name,-24} DIFFERS: {there.Rows:N0} rows at the source, {here.Rows:N0} at the target");
            same &= there == here;
        }
        var chain = await AuditChain.VerifyAsync(target, ct);
        if (chain.Flaw is { } flaw) say.WriteLine($"audit log: {flaw}");
        if (same && chain.Flaw is null) await NoteAsync(Proven, ct);
        else say.WriteLine("Source and target do not say the same: was the source changed meanwhile? Empty the target and run this again.");
        return same && chain.Flaw is null;
    }

    /// <summary>Promises the index every resource, then opens the target to hubs.</summary>
    private async Task<bool> EndAsync(CancellationToken ct)
    {
        await using (var db = await to.OpenAsync(ct))
        {
            var now = TimeProvider.System.GetUtcNow().UtcDateTime;
            foreach (var some in (await db.Resources.AsNoTracking().OrderBy(r => r.Id).Select(r => r.Id).ToListAsync(ct)).Chunk(Table.AtOnce))
            {
                await using var transaction = await db.Database.BeginTransactionAsync(ct);
                foreach (var id in some) await JobQueue.PromiseAsync(db, JobKinds.Index, id, JobPriority.Bulk, now, ct);
                await transaction.CommitAsync(ct);
            }
            await db.SharedKeys.Where(k => k.Name == SharedKeys.Moving).ExecuteDeleteAsync(ct);
        }
        say.WriteLine("done: both ends say the same. Start the hub with the target's settings; the index is made anew while it runs. The source is as it was.");
        return true;
    }
}
