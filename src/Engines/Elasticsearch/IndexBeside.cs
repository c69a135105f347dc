using System.Text.Json.Nodes;
using ResourceHub.Core.Search;
using ResourceHub.Engines.Elasticsearch.Client;

namespace ResourceHub.Engines.Elasticsearch;

/// <summary>
/// An index that is made beside the one in use. From its first moment it has the alias that every writer also writes to, so that nothing is missed; how far the
/// copy has come is noted on it, so that any process can go on with it.
/// </summary>
internal sealed class IndexBeside : IRenewedIndex
{
    private const int Segments = 5;

    private static readonly TimeSpan Noted = TimeSpan.FromSeconds(5);
    private static readonly string?[] WarmingQuestions = [null, "数学 教学设计", "语文 课件", "lesson plan"];

    private readonly ElasticsearchClient client;
    private readonly IndexNames names;
    private readonly IndexFill fill;
    private readonly IndexWriting writing;
    private readonly ElasticsearchSettings settings;
    private readonly TimeProvider clock;
    private readonly string index;
    private DateTimeOffset noted;

    private IndexBeside(ElasticsearchClient client, IndexNames names, IndexFill fill, IndexWriting writing, ElasticsearchSettings settings, TimeProvider clock, string index, Guid reached)
    {
        (this.client, this.names, this.fill, this.writing, this.settings, this.clock, this.index, Reached) = (client, names, fill, writing, settings, clock, index, reached);
        noted = clock.GetUtcNow();
    }

    public Guid Reached { get; private set; }

    public static async Task<IndexBeside> BeginAsync(
        ElasticsearchClient client, IndexNames names, IndexFill fill, IndexWriting writing, ElasticsearchSettings settings, TimeProvider clock, CancellationToken ct)
    {
        var standing = await IndexStanding.AskAsync(client, names, ct);
        if (standing.IsNewer) throw new IndexAwayException(IndexFill.NewerLayout);
        if (standing.Read is null || standing.Read != standing.Write || standing.MetaOf(standing.Read) is not { Layout: IndexFields.Layout, Whole: true })
            throw new IndexAwayException("the index in use is not whole; the running hub fills it");
        var now = clock.GetUtcNow();
        if (standing.Filling is { } begun)
        {
            if (standing.IsFilledElsewhere(begun, fill.Me, now)) throw new IndexAwayException("another process is making the index anew");
            if (standing.MetaOf(begun) is { Layout: IndexFields.Layout } meta)
            {
                (await client.PutMappingAsync(begun, new(meta with { FilledBy = fill.Me, Seen = now }), ct)).OrAway();
                return new(client, names, fill, writing, settings, clock, begun, meta.Reached ?? Guid.Empty);
            }
            // Begun by a version with other fields: of no use to this one.
            (await client.DeleteIndexAsync(begun, ct)).OrAway();
        }
        var fresh = await fill.CreateAsync(standing, new(IndexFields.Layout, Whole: false, fill.Me, now), new() { [names.Filling] = [] }, ct);
        return new(client, names, fill, writing, settings, clock, fresh, Guid.Empty);
    }

    public async Task WriteAsync(IReadOnlyCollection<ResourceDocument> documents, IReadOnlyCollection<Removal> removals, Guid reached, CancellationToken ct)
    {
        try
        {
            await writing.FillAsync(documents, removals, ct);
        }
        catch (IndexAwayException)
        {
            await OwnAsync(ct);
            throw;
        }
        Reached = reached;
        if (clock.GetUtcNow() - noted < Noted) return;
        await OwnAsync(ct);
        noted = clock.GetUtcNow();
        (await client.PutMappingAsync(index, new(new(IndexFields.Layout, Whole: false, fill.Me, noted, Reached)), ct)).OrAway();
    }

    public async Task TakeOverAsync(CancellationToken ct)
    {
        // Fewer segments are faster to search. Where it takes too long, the server goes on with it and nothing is lost.
        await client.ForceMergeAsync(index, Segments, ct);
        (await client.RefreshAsync(index, ct)).OrAway();
        await WarmAsync(ct);
        var standing = await OwnAsync(ct);
        // Whole before it is in use: a process that looks in between would begin to fill it.
        (await client.PutMappingAsync(index, new(new(IndexFields.Layout, Whole: true, Reached: Reached)), ct)).OrAway();
        await fill.PutInUseAsync(standing, index, ct);
    }

    /// <summary>It stays, to be gone on with.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The first searches in a new index are slow: they are ours.</summary>
    private async Task WarmAsync(CancellationToken ct)
    {
        var here = names with { Read = names.Filling };
        foreach (var text in WarmingQuestions)
        {
            var request = new SearchRequest(text, new Dictionary<FacetName, IReadOnlyList<string>>(), null, Facets: Enum.GetValues<FacetName>());
            await new PageSearch(client, here, settings.Shards > 1, TimeSpan.FromSeconds(settings.TimeoutSeconds), clock, request).FindAsync(ct);
        }
    }

    /// <exception cref="IndexLostException">Another process gave it up or took it over.</exception>
    private async Task<IndexStanding> OwnAsync(CancellationToken ct)
    {
        var standing = await IndexStanding.AskAsync(client, names, ct);
        return standing.Filling == index && standing.MetaOf(index)?.FilledBy == fill.Me ? standing : throw new IndexLostException($"{index} is no longer made by this process; begin anew");
    }
}
