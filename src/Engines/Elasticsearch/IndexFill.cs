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

    private static readonly TimeSpan Life = TimeSpan.FromSeconds(10);

    private string? filled;
    private DateTimeOffset shown;

    /// <summary>This process, on the indexes it fills.</summary>
    public string Me { get; } = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}");

    /// <summary>An empty index takes over both aliases in one step, and all older ones go.</summary>
    public async Task BeginAsync(CancellationToken ct)
    {
        var standing = await IndexStanding.AskAsync(client, names, ct);
        if (standing.IsFilledElsewhere(Me, clock.GetUtcNow())) throw new IndexAwayException("another process fills the index");
        var fresh = await CreateAsync(standing, new(IndexFields.Layout, Whole: false, Me, clock.GetUtcNow()), withAliases: false, ct);
        List<AliasAction> actions = [];
        foreach (var alias in (string[])[names.Read, names.Write, names.Filling])
            foreach (var (holder, state) in standing.Indexes)
                if (state.Aliases?.ContainsKey(alias) == true) actions.Add(new() { Remove = new(holder, alias) });
        actions.Add(new() { Add = new(fresh, names.Read) });
        actions.Add(new() { Add = new(fresh, names.Write, IsWriteIndex: true) });
        (await client.UpdateAliasesAsync(new(actions), ct)).OrAway();
        (filled, shown) = (fresh, clock.GetUtcNow());
        foreach (var old in standing.Indexes.Keys)
        {
            var deleted = await client.DeleteIndexAsync(old, ct);
            if (!deleted.IsValidResponse && deleted.HttpStatusCode != (int)HttpStatusCode.NotFound) log.NotDeleted(old, deleted.Error!.ToString());
        }
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
    public async Task<string> CreateAsync(IndexStanding standing, IndexMeta meta, bool withAliases, CancellationToken ct)
    {
        var name = names.Numbered(standing.NextNumber);
        var aliases = withAliases ? new Dictionary<string, JsonObject> { [names.Read] = [], [names.Write] = new() { ["is_write_index"] = true } } : null;
        var created = await client.CreateIndexAsync(name, new(aliases, new(meta)), ct);
        if (created.Error?.Type == AlreadyExists)
        {
            // With its aliases it is what was wanted.
            if (withAliases) return name;
            throw new IndexAwayException("another process has begun to fill the index");
        }
        created.OrAway();
        return name;
    }
}
