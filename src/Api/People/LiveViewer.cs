using ResourceHub.Core.People;

namespace ResourceHub.Api.People;

/// <summary>Who asks. A request that lasts makes them anew from the record, so that a revoked key, an ended session or an ended partnership counts while it runs.</summary>
public sealed class LiveViewer
{
    private Func<CancellationToken, Task<Viewer?>>? again;

    public Viewer Current { get; private set; } = Viewer.Anonymous;

    internal void Set(Viewer viewer, Func<CancellationToken, Task<Viewer?>>? find = null) => (Current, again) = (viewer, find);

    /// <summary>False when what was sent opens nothing any more.</summary>
    public async Task<bool> RenewAsync(CancellationToken ct)
    {
        if (again is null) return true;
        if (await again(ct) is not { } viewer || viewer.ActorId != Current.ActorId) return false;
        Current = viewer with { Origin = Current.Origin };
        return true;
    }
}
