using Microsoft.EntityFrameworkCore;
using ResourceHub.Api.GraphQL;
using ResourceHub.Api.Resources;
using ResourceHub.Core;
using ResourceHub.Core.Comparison;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;

namespace ResourceHub.Api.Comparison;

/// <summary>采纳来源的一项改动。Takes a change of the source over.</summary>
/// <param name="ResourceId">改编的资源。The copy.</param>
/// <param name="Key">upstreamChanges 中这项改动的 key。The change's key in upstreamChanges.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record TakeChangeInput([ID<Resource>] Guid ResourceId, string Key, string? ClientMutationId = null);

/// <summary>不采纳来源的一项改动。Declines a change of the source.</summary>
/// <param name="ResourceId">改编的资源。The copy.</param>
/// <param name="Key">upstreamChanges 中这项改动的 key。The change's key in upstreamChanges.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record DeclineChangeInput([ID<Resource>] Guid ResourceId, string Key, string? ClientMutationId = null);

/// <summary>恢复较早的版本。An earlier version again.</summary>
/// <param name="ResourceId">资源。The resource.</param>
/// <param name="Number">版本号。The version's number.</param>
/// <param name="Why">原因。Why.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record RestoreResourceVersionInput([ID<Resource>] Guid ResourceId, int Number, string? Why = null, string? ClientMutationId = null);

/// <summary>takeChange 的结果。What came of takeChange.</summary>
public sealed record TakeChangePayload(Outcome<Resource> Outcome, string? ClientMutationId) : ResourcePayload(Outcome, ClientMutationId);

/// <summary>declineChange 的结果。What came of declineChange.</summary>
public sealed record DeclineChangePayload(Outcome<Resource> Outcome, string? ClientMutationId) : ResourcePayload(Outcome, ClientMutationId);

/// <summary>restoreResourceVersion 的结果。What came of restoreResourceVersion.</summary>
public sealed record RestoreResourceVersionPayload(Outcome<Resource> Outcome, string? ClientMutationId) : ResourcePayload(Outcome, ClientMutationId);

[MutationType]
public static class ComparisonMutations
{
    /// <summary>采纳来源的一项改动，成为改编资源的新版本；来源的学校会得知。Takes a change of the source over as a new version of the copy; the source's school hears of it.</summary>
    /// <param name="input">哪一项。Which change.</param>
    public static async Task<TakeChangePayload> TakeChangeAsync(TakeChangeInput input, [Service] UpstreamDesk upstream, [Service] Viewer viewer, CancellationToken ct)
        => new(await upstream.TakeAsync(viewer, input.ResourceId, input.Key, input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>不采纳来源的一项改动；它再次改动前不再提示。Declines a change of the source; it comes back only when it changes again.</summary>
    /// <param name="input">哪一项。Which change.</param>
    public static async Task<DeclineChangePayload> DeclineChangeAsync(DeclineChangeInput input, [Service] UpstreamDesk upstream, [Service] Viewer viewer, CancellationToken ct)
        => new(await upstream.DeclineAsync(viewer, input.ResourceId, input.Key, input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>把较早的版本恢复为新版本：元数据与文件。Makes an earlier version, its metadata and files, the newest one.</summary>
    /// <param name="input">哪一版。Which version.</param>
    public static async Task<RestoreResourceVersionPayload> RestoreResourceVersionAsync(RestoreResourceVersionInput input, [Service] ResourceHistory history, [Service] Viewer viewer, CancellationToken ct)
        => new(await history.RestoreAsync(viewer, input.ResourceId, input.Number, input.Why, input.ClientMutationId, ct), input.ClientMutationId);
}

/// <summary>Whom to name for a resource.</summary>
public sealed class AttributionOfResource(IDbContextFactory<HubDb> databases) : BatchLoader<ResourceKey, string>
{
    protected override async Task<IReadOnlyDictionary<ResourceKey, string>> LoadBatchAsync(IReadOnlyList<ResourceKey> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var words = await Attribution.OfAsync(db, [.. keys.Select(k => k.Resource)], ct);
        return keys.ToDictionary(k => k, k => words[k.Resource.Id]);
    }
}
