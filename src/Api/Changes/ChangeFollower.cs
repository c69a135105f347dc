using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Api.People;
using ResourceHub.Core;
using ResourceHub.Core.Changes;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.Changes;

/// <summary>
/// What a subscription hears, for as long as its reader may: before each event and every three seconds the reader is made anew from the record and looked
/// at again. A stream ends, it does not fail: with the key or session, the resource's visibility, the membership, the partnership.
/// </summary>
public sealed class ChangeFollower
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(3);

    /// <summary>Changes of a partnership that wait for one reader.</summary>
    private const int Room = 100;

    private readonly ChangeWire wire;
    private readonly ResourceRows rows;
    private readonly IDbContextFactory<HubDb> databases;
    private readonly TimeProvider clock;

    internal ChangeFollower(ChangeWire wire, ResourceRows rows, IDbContextFactory<HubDb> databases, TimeProvider clock) => (this.wire, this.rows, this.databases, this.clock) = (wire, rows, databases, clock);

    /// <summary>The resource as it is after each change; several at once may come as one. Null when it is not the viewer's to see.</summary>
    public async Task<IAsyncEnumerable<Resource>?> ResourceAsync(LiveViewer viewer, Guid id, CancellationToken ct)
    {
        var ear = await wire.ListenAsync(c => c.ResourceId == id && c.PartnershipId is null, 1, ct);
        var isOpen = false;
        try
        {
            isOpen = await FindAsync(viewer.Current, id, ct) is not null;
            return isOpen ? FollowAsync(viewer, id, ear, ct) : null;
        }
        finally
        {
            if (!isOpen) ear.Dispose();
        }
    }

    /// <summary>What happens in the partnership, to its end. Null when it is not the viewer's to follow.</summary>
    public async Task<IAsyncEnumerable<Change>?> PartnershipAsync(LiveViewer viewer, Guid id, CancellationToken ct)
    {
        var ear = await wire.ListenAsync(c => c.PartnershipId == id, Room, ct);
        var isOpen = false;
        try
        {
            isOpen = await FindPartnershipAsync(viewer.Current, id, ct) is not null;
            return isOpen ? FollowPartnershipAsync(viewer, id, ear, ct) : null;
        }
        finally
        {
            if (!isOpen) ear.Dispose();
        }
    }

    private async IAsyncEnumerable<Resource> FollowAsync(LiveViewer viewer, Guid id, ChangeEar ear, [EnumeratorCancellation] CancellationToken ct)
    {
        using (ear)
        {
            while (await LookAsync(async () => await viewer.RenewAsync(ct) ? await FindAsync(viewer.Current, id, ct) : null, ct) is { } resource)
            {
                if (ear.Take().Count > 0) yield return resource;
                else await ear.WaitAsync(LookEvery, clock, ct);
            }
        }
    }

    private async IAsyncEnumerable<Change> FollowPartnershipAsync(LiveViewer viewer, Guid id, ChangeEar ear, [EnumeratorCancellation] CancellationToken ct)
    {
        using (ear)
        {
            while (await LookAsync(async () => await viewer.RenewAsync(ct) ? await FindPartnershipAsync(viewer.Current, id, ct) : null, ct) is { } partnership)
            {
                var changes = ear.Take();
                foreach (var change in changes) yield return change;
                // Its end is still told, by the change that ended it; then nothing more will come.
                if (ear.IsOverrun || changes.Count == 0 && partnership.StateOn(clock.Today()) == PartnershipState.Ended) yield break;
                if (changes.Count == 0) await ear.WaitAsync(LookEvery, clock, ct);
            }
        }
    }

    /// <summary>While the record does not answer nobody's rights are known: nothing is told, and the stream stays.</summary>
    private async Task<T?> LookAsync<T>(Func<Task<T?>> look, CancellationToken ct) where T : class
    {
        while (true)
        {
            try
            {
                return await look();
            }
            catch (Exception away) when (RecordAway.Is(away))
            {
                await Task.Delay(LookEvery, clock, ct);
            }
        }
    }

    private async Task<Resource?> FindAsync(Viewer viewer, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return (await rows.ByIdAsync(db, viewer, [id], ct)).GetValueOrDefault(id);
    }

    private async Task<Partnership?> FindPartnershipAsync(Viewer viewer, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var partnership = await db.Partnerships.AsNoTracking().Include(p => p.Members).FirstOrDefaultAsync(p => p.Id == id, ct);
        return partnership?.OpensAgreementTo(viewer) is true ? partnership : null;
    }
}
