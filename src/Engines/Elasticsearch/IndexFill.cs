using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using ResourceHub.Core.Search;
using ResourceHub.Engines.Elasticsearch.Client;

namespace ResourceHub.Engines.Elasticsearch;

/// <summary>
/// Begins an index anew and ends its fill, where several processes may want to at the same time: the next number can be taken by one of them only, and who
/// fills shows signs of life on the index, so that the others leave it alone and take over when it dies.
/// </summary>
internal sealed class IndexFill(ElasticsearchClient client, IndexNames names, TimeProvider clock, ILogger log)
{
    private const string AlreadyExists = "resource_already_exists_exception";

    public const string NewerLayout = "a newer version of the hub made the index, and goes on with it";

    private static readonly TimeSpan Life = TimeSpan.FromSeconds(10);

    /// <summary>Twice as long as a page of results stays open.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private string? filled;
    private DateTimeOffset shown;

    /// <summary>This process, on the indexes it fills.</summary>
    public string Me { get; } = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}");

    /// <summary>An empty index takes over both aliases in one step, and all older ones go once nobody can be reading in them.</summary>
    public async Task BeginAsync(CancellationToken ct)
    {
        var standing = await IndexStanding.AskAsync(client, names, ct);
        if (standing.IsFilledElsewhere(Me, clock.GetUtcNow())) throw new IndexAwayException("another process fills the index");
        if (standing.IsNewer) throw new IndexAwayException(NewerLayout);
        var fresh = await CreateAsync(standing, new(IndexFields.Layout, Whole: false, Me, clock.GetUtcNow()), null, ct);
        await PutInUseAsync(standing, fresh, ct);
        (filled, shown) = (fresh, clock.GetUtcNow());
    }

    /// <summary>In one step it is searched and written to instead of any other. Those that were replaced stay for a while: somebody may be searching in them.</summary>
    public async Task PutInUseAsync(IndexStanding standing, string fresh, CancellationToken ct)
    {
        List<AliasAction> actions = [];
        foreach (var alias in (string[])[names.Read, names.Write, names.Filling])
            foreach (var (holder, state) in standing.Indexes)
                if (state.Aliases?.ContainsKey(alias) == true) actions.Add(new() { Remove = new(holder, alias) });
        actions.Add(new() { Add = new(fresh, names.Read) });
        actions.Add(new() { Add = new(fresh, names.Write, IsWriteIndex: true) });
        (await client.UpdateAliasesAsync(new(actions), ct)).OrAway();
        foreach (var old in standing.Indexes.Keys.Where(i => i != fresh && standing.MetaOf(i) is not { Retired: not null })) await RetireAsync(standing, old, ct);
    }

    /// <summary>Deletes what was replaced so long ago that no page can still be read in it. What stands there without any use is noted first.</summary>
    public async Task TidyAsync(CancellationToken ct)
    {
        var standing = await IndexStanding.AskAsync(client, names, ct);
        var now = clock.GetUtcNow();
        foreach (var (index, state) in standing.Indexes)
        {
            if (state.Aliases is { Count: > 0 } || standing.MetaOf(index) is { Layout: > IndexFields.Layout }) continue;
            if (standing.MetaOf(index)?.Retired is not { } retired)
            {
                // It may have been made this moment, and its aliases be on their way.
                if (standing.MetaOf(index) is not { Seen: { } seen } || now - seen > Kept) await RetireAsync(standing, index, ct);
            }
            else if (now - retired > Kept)
            {
                var deleted = await client.DeleteIndexAsync(index, ct);
                if (!deleted.IsValidResponse && deleted.HttpStatusCode != (int)HttpStatusCode.NotFound) log.NotDeleted(index, deleted.Error!.ToString());
            }
        }
    }

    private async Task RetireAsync(IndexStanding standing, string index, CancellationToken ct)
    {
        var noted = await client.PutMappingAsync(index, new((standing.MetaOf(index) ?? new(0, Whole: false)) with { Retired = clock.GetUtcNow() }), ct);
        if (!noted.IsValidResponse && noted.HttpStatusCode != (int)HttpStatusCode.NotFound) log.NotDeleted(index, noted.Error!.ToString());
    }

    /// <summary>Notes on the index that everything is in it.</summary>
    public async Task EndAsync(CancellationToken ct)
    {
        var standing = await IndexStanding.AskAsync(client, names, ct);
        if (standing.Write is not { } write || filled is not null && filled != write) throw new IndexAwayException("another process began the index anew");
        (await client.RefreshAsync(write, ct)).OrAway();
        (await client.PutMappingAsync(write, new(new(IndexFields.Layout, Whole: true)), ct)).OrAway();
        filled = null;
    }

    /// <summary>While this process fills the index: not more often than others need to see it.</summary>
    public async Task ShowLifeAsync(IndexStanding standing, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (filled is null || filled != standing.Write || now - shown < Life) return;
        shown = now;
        (await client.PutMappingAsync(filled, new(new(IndexFields.Layout, Whole: false, Me, now)), ct)).OrAway();
    }

    /// <summary>Makes the next index. The template says how.</summary>
    /// <exception cref="IndexAwayException">Another process was first.</exception>
    public async Task<string> CreateAsync(IndexStanding standing, IndexMeta meta, Dictionary<string, JsonObject>? aliases, CancellationToken ct)
    {
        var name = names.Numbered(standing.NextNumber);
        var created = await client.CreateIndexAsync(name, new(aliases, new(meta)), ct);
        if (created.Error?.Type == AlreadyExists)
        {
            // Made by another process that starts too, it is what was wanted.
            if (aliases?.ContainsKey(names.Read) == true) return name;
            throw new IndexAwayException("another process has begun to fill the index");
        }
        created.OrAway();
        return name;
    }

    /// <summary>The first index of all.</summary>
    public Task<string> CreateFirstAsync(IndexStanding standing, CancellationToken ct)
        => CreateAsync(standing, new(IndexFields.Layout, Whole: false), new() { [names.Read] = [], [names.Write] = new() { ["is_write_index"] = true } }, ct);
}
