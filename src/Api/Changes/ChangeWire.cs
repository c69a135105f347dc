using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ResourceHub.Core;
using ResourceHub.Core.Changes;

namespace ResourceHub.Api.Changes;

/// <summary>
/// Reads what is new among the changes once for all streams of this process: at once for what this process did, after two seconds for what others did.
/// SQLite lets one writer in at a time, so numbers grow in the order of commits; a database with many writers must see to that before it is read so.
/// </summary>
internal sealed partial class ChangeWire(IDbContextFactory<HubDb> databases, ChangeSignal signal, TimeProvider clock, ILogger<ChangeWire> log) : BackgroundService
{
    private const int AtOnce = 500;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<ChangeEar, bool> ears = [];

    public int Ears => ears.Count;

    /// <summary>Hears all that is committed from now on. The caller disposes it.</summary>
    public async Task<ChangeEar> ListenAsync(Func<Change, bool> wants, int room, CancellationToken ct)
    {
        var ear = new ChangeEar(this, wants, room);
        // Heard from here on, so that nothing falls between; what was there before is told apart by its number.
        ears[ear] = true;
        var listens = false;
        try
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            ear.Start = await LastAsync(db, ct);
            listens = true;
            return ear;
        }
        finally
        {
            if (!listens) ear.Dispose();
        }
    }

    public void Leave(ChangeEar ear) => ears.TryRemove(ear, out _);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        long? last = null;
        while (!stopping.IsCancellationRequested)
        {
            var next = signal.Next;
            try
            {
                last = await ReadAsync(last, stopping);
            }
            catch (DbException broken)
            {
                // The record may be busy or on a full disk for a while; what was missed is read the next time.
                Missed(broken);
            }
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            await Task.WhenAny(next, Task.Delay(Look, clock, enough.Token));
            await enough.CancelAsync();
        }
    }

    private async Task<long> ReadAsync(long? last, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (last is not { } seq || ears.IsEmpty) return await LastAsync(db, ct);
        while (true)
        {
            var changes = await db.Changes.AsNoTracking().Where(c => c.Seq > seq).OrderBy(c => c.Seq).Take(AtOnce).ToListAsync(ct);
            foreach (var change in changes)
                foreach (var ear in ears.Keys) ear.Tell(change);
            if (changes.Count > 0) seq = changes[^1].Seq;
            if (changes.Count < AtOnce) return seq;
        }
    }

    private static async Task<long> LastAsync(HubDb db, CancellationToken ct) => await db.Changes.MaxAsync(c => (long?)c.Seq, ct) ?? 0;

    [LoggerMessage(Level = LogLevel.Warning, Message = "New changes could not be read; subscriptions wait")]
    private partial void Missed(Exception cause);
}
