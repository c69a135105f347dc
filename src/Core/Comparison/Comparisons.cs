using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Files;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;

namespace ResourceHub.Core.Comparison;

/// <summary>
/// What changed, for those it concerns: the school of the copy and the school of the source, while they see both. Older versions hold what their school has
/// taken out since, so nobody else is shown them.
/// </summary>
public sealed class Comparisons(IDbContextFactory<HubDb> databases, TimeProvider clock)
{
    private const int MostKept = 20_000;

    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Two versions of one resource; null when one of them is not there or it is not the viewer's school's.</summary>
    public async Task<Comparison?> VersionsAsync(Viewer viewer, Guid resourceId, int from, int to, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.Resources.AsNoTracking().VisibleTo(viewer).FirstOrDefaultAsync(r => r.Id == resourceId, ct) is not { } resource || !viewer.IsOf(resource.SchoolId)) return null;
        if (await Snapshot.AtAsync(db, resourceId, from, ct) is not { } before || await Snapshot.AtAsync(db, resourceId, to, ct) is not { } after) return null;
        var found = Comparison.Of(before, after);
        return found with { Files = [.. found.Files.Select(f => f with { WithHidden = true })] };
    }

    /// <summary>What the copy's school made of its source: the copy as it is, beside the source as it was when it was adapted.</summary>
    public async Task<Comparison?> OfCopyAsync(Viewer viewer, Guid copyId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await BothAsync(db, viewer, copyId, ct) is var (copy, source, pinned) && (viewer.IsOf(copy.SchoolId) || viewer.IsOf(source.SchoolId))
            && await Snapshot.AtAsync(db, source.Id, pinned, ct) is { } before && await Snapshot.AtAsync(db, copy.Id, copy.Version, ct) is { } after ? Comparison.Of(before, after) : null;
    }

    /// <summary>What the source's school changed since it was adapted, with what the copy's school decided; for the copy's school.</summary>
    public async Task<Comparison?> UpstreamAsync(Viewer viewer, Guid copyId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await BothAsync(db, viewer, copyId, ct) is var (copy, source, pinned) && viewer.IsOf(copy.SchoolId) ? (await UpstreamAsync(db, copy, source, pinned, ct))?.Changes : null;
    }

    /// <param name="Source">The source as it is now.</param>
    internal sealed record Upstream(Comparison Changes, Snapshot Source);

    internal static async Task<Upstream?> UpstreamAsync(HubDb db, Resource copy, Resource source, int pinned, CancellationToken ct)
    {
        if (await Snapshot.AtAsync(db, source.Id, pinned, ct) is not { } before || await Snapshot.AtAsync(db, source.Id, source.Version, ct) is not { } now || await Snapshot.AtAsync(db, copy.Id, copy.Version, ct) is not { } ours) return null;
        var decisions = await db.ChangeDecisions.AsNoTracking().Where(d => d.CopyId == copy.Id).ToDictionaryAsync(d => d.Key, ct);
        var found = Comparison.Of(before, now);
        return new Upstream(found with
        {
            Fields = [.. found.Fields.Select(f => f with { Ours = Comparison.Shown(ours, f.Key[Snapshot.FieldKey.Length..]), Decision = DecidedOn(f.Key, null), IsConflict = IsConflict(f.Key, null) })],
            Files = [.. found.Files.Select(f => f with { Decision = DecidedOn(f.Key, f), IsConflict = IsConflict(f.Key, f) })],
        }, now);

        Decision? DecidedOn(string key, FileChange? file)
            => decisions.TryGetValue(key, out var decision) && decision.Offered.AsSpan().SequenceEqual(Offered(now, key, file)) ? decision.IsTaken ? Decision.Taken : Decision.Declined : null;

        bool IsConflict(string key, FileChange? file)
        {
            var own = ours.ValueAt(key);
            if (own.AsSpan().SequenceEqual(before.ValueAt(key)) || own.AsSpan().SequenceEqual(Offered(now, key, file))) return false;
            return !(decisions.TryGetValue(key, out var decision) && decision.IsTaken && own.AsSpan().SequenceEqual(decision.Offered));
        }
    }

    /// <summary>What the source offers at a key; a file that came under another name is what is offered for the one it stands for.</summary>
    internal static byte[] Offered(Snapshot now, string key, FileChange? file)
        => file is null ? now.ValueAt(key) : file.Kind == FileChangeKind.Renamed ? Snapshot.Hash($"{file.After!.Sha256} {file.After.Name}") : Snapshot.Hash(file.After?.Sha256 ?? "");

    /// <summary>A copy with its source, as far as the viewer sees both.</summary>
    internal static async Task<(Resource Copy, Resource Source, int Pinned)?> BothAsync(HubDb db, Viewer viewer, Guid copyId, CancellationToken ct)
    {
        if (await db.Resources.AsNoTracking().VisibleTo(viewer).FirstOrDefaultAsync(r => r.Id == copyId, ct) is not { BasedOnId: { } sourceId, BasedOnVersion: { } pinned } copy) return null;
        return await db.Resources.AsNoTracking().Include(r => r.Shares).VisibleTo(viewer).FirstOrDefaultAsync(r => r.Id == sourceId, ct) is { } source ? (copy, source, pinned) : null;
    }

    /// <summary>How the content of two files differs; kept, because neither of them ever changes. Whether they may be seen is the caller's to know.</summary>
    public async Task<ContentChanges> ContentAsync(ResourceFile before, ResourceFile after, bool withHidden, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        Guid[] ids = [before.Id, after.Id];
        var read = await db.Extractions.AsNoTracking().Where(e => ids.Contains(e.FileId)).ToDictionaryAsync(e => e.FileId, ct);
        if (ids.Any(id => !read.TryGetValue(id, out var e) || e.State is ExtractionState.Pending or ExtractionState.Running)) return ContentChanges.Nothing(ComparisonState.Pending);
        var key = SHA256.HashData(Encoding.UTF8.GetBytes($"{SectionComparison.Edition} {withHidden} {before.Sha256} {read[before.Id].UpdatedAt.Ticks} {after.Sha256} {read[after.Id].UpdatedAt.Ticks}"));
        if (await db.KeptComparisons.AsNoTracking().FirstOrDefaultAsync(k => k.Key == key, ct) is { } kept) return JsonSerializer.Deserialize<ContentChanges>(kept.Result, Json)!;
        var sections = (await db.Sections.AsNoTracking().Where(s => ids.Contains(s.FileId) && (withHidden || !s.Hidden)).ToListAsync(ct)).ToLookup(s => s.FileId);
        var changes = SectionComparison.Compare([.. sections[before.Id]], [.. sections[after.Id]], read[before.Id].DurationSeconds, read[after.Id].DurationSeconds);
        await KeepAsync(db, key, changes, ct);
        return changes;
    }

    private async Task KeepAsync(HubDb db, byte[] key, ContentChanges changes, CancellationToken ct)
    {
        db.Add(new KeptComparison { Key = key, Result = JsonSerializer.Serialize(changes, Json), At = clock.GetUtcNow().UtcDateTime });
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException)
        {
            // Another request kept the same answer in between.
            return;
        }
        var count = await db.KeptComparisons.CountAsync(ct);
        if (count <= MostKept) return;
        var oldest = await db.KeptComparisons.OrderBy(k => k.At).Select(k => k.At).Skip(count - MostKept + MostKept / 10).FirstAsync(ct);
        await db.KeptComparisons.Where(k => k.At < oldest).ExecuteDeleteAsync(ct);
    }
}
