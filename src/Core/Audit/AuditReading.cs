using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.People;

namespace ResourceHub.Core.Audit;

/// <summary>Which lines are wanted; what is null does not matter.</summary>
/// <param name="SchoolId">About this school, or done by its people.</param>
/// <param name="From">At this moment or later.</param>
/// <param name="Until">Before this moment.</param>
public sealed record AuditWanted(
    IReadOnlyList<string>? Actions = null, Guid? ActorId = null, Guid? ObjectId = null, Guid? SchoolId = null, DateTime? From = null, DateTime? Until = null, AuditResult? Result = null);

/// <summary>Reading the log: school admins read what concerns their school or was done by its people, hub admins all, others nothing.</summary>
public sealed class AuditReading(IDbContextFactory<HubDb> databases)
{
    private const int AtOnce = 1000;

    /// <summary>What this viewer may read of what is wanted; null when nothing of any log.</summary>
    public static AuditWanted? For(Viewer viewer, AuditWanted wanted)
    {
        if (viewer.CanAdminister) return wanted;
        if (viewer.SchoolId is not { } school || !viewer.CanRun(school)) return null;
        // Another school's lines are asked for: those of neither are none.
        return wanted with { SchoolId = wanted.SchoolId is null || wanted.SchoolId == school ? school : Guid.Empty };
    }

    /// <param name="allowed">From <see cref="For"/>.</param>
    /// <param name="before">Lines with smaller numbers only.</param>
    public async Task<IReadOnlyList<AuditEvent>> NewestAsync(AuditWanted allowed, long? before, int most, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        List<AuditEvent> found = [];
        foreach (var part in PartsOf(db, allowed))
            found.AddRange(await part.Where(a => before == null || a.Seq < before).OrderByDescending(a => a.Seq).Take(most).ToListAsync(ct));
        return [.. found.OrderByDescending(a => a.Seq).Take(most)];
    }

    public async Task<int> CountAsync(AuditWanted allowed, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var count = 0;
        foreach (var part in PartsOf(db, allowed)) count += await part.CountAsync(ct);
        return count;
    }

    /// <summary>All of them as they are now, oldest first. However many there are, a thousand are held at once, and no read lasts long.</summary>
    public async IAsyncEnumerable<IReadOnlyList<AuditEvent>> OldestAsync(AuditWanted allowed, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var end = await db.AuditHeads.Where(h => h.Id == AuditHead.Only).Select(h => h.Seq).FirstOrDefaultAsync(ct);
        for (var after = 0L; ;)
        {
            List<AuditEvent> found = [];
            foreach (var part in PartsOf(db, allowed))
                found.AddRange(await part.Where(a => a.Seq > after && a.Seq <= end).OrderBy(a => a.Seq).Take(AtOnce).ToListAsync(ct));
            if (found.Count == 0) yield break;
            List<AuditEvent> lines = [.. found.OrderBy(a => a.Seq).Take(AtOnce)];
            yield return lines;
            after = lines[^1].Seq;
        }
    }

    /// <summary>A school's lines are those about it and those of its people: two queries that each read in the order of an index, where one with OR would sort.</summary>
    private static IQueryable<AuditEvent>[] PartsOf(HubDb db, AuditWanted allowed)
    {
        var lines = db.AuditEvents.AsNoTracking();
        if (allowed.Actions is { } actions) lines = lines.Where(a => actions.Contains(a.Action));
        if (allowed.ActorId is { } actor) lines = lines.Where(a => a.ActorId == actor);
        if (allowed.ObjectId is { } about) lines = lines.Where(a => a.ObjectId == about);
        if (allowed.From is { } from) lines = lines.Where(a => a.At >= from);
        if (allowed.Until is { } until) lines = lines.Where(a => a.At < until);
        if (allowed.Result is { } result) lines = lines.Where(a => a.Result == result);
        return allowed.SchoolId is { } school ? [lines.Where(a => a.SchoolId == school), lines.Where(a => a.ActorSchoolId == school && a.SchoolId != school)] : [lines];
    }
}
