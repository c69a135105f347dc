using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Audit;
using ResourceHub.Core.Changes;
using ResourceHub.Core.People;

namespace ResourceHub.Core.Schools;

/// <summary>
/// Notes partnerships whose day has come. What was shared through them is closed by the rule on who sees what, from the day's first request; this tells
/// those who follow the changes.
/// </summary>
public sealed class PartnershipEnds(IDbContextFactory<HubDb> databases, ChangeSignal changes, TimeProvider clock)
{
    /// <summary>Returns how many were noted. Several processes may ask at once: each end is noted once.</summary>
    public async Task<int> NoteAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        List<Guid> due;
        await using (var db = await databases.CreateDbContextAsync(ct)) due = await Due(db, SchoolDay.Of(now)).Select(p => p.Id).ToListAsync(ct);
        var noted = 0;
        foreach (var id in due)
            if (await NoteAsync(id, now, ct)) noted++;
        if (noted > 0) changes.Raise();
        return noted;
    }

    private async Task<bool> NoteAsync(Guid id, DateTime now, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginWriteAsync(ct);
        if (await Due(db, SchoolDay.Of(now)).Where(p => p.Id == id).ExecuteUpdateAsync(set => set.SetProperty(p => p.IsEndNoted, true), ct) == 0) return false;
        await PartnershipTrail.NoteAsync(db, id, ChangeKind.Ended, null, now, ct);
        await AuditLog.AddAsync(db, Viewer.Hub, new AuditNote(AuditActions.PartnershipEnded, nameof(Partnership), id, Detail: "到期 its day has come"), now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private static IQueryable<Partnership> Due(HubDb db, DateOnly today) => db.Partnerships.Where(p => !p.IsEndNoted && (p.EndedOn <= today || p.Until < today));
}
