using Microsoft.Extensions.Logging;
using ResourceHub.Core.Search;
using ResourceHub.Engines.Elasticsearch.Client;

namespace ResourceHub.Engines.Elasticsearch;

/// <summary>
/// Writes documents in requests of a bounded size, to the index in use and to one that is filled beside it, and shows them to searches. The server has
/// synced them to its disk when it answers (index.translog.durability is request unless somebody changes it).
/// </summary>
internal sealed class IndexWriting(ElasticsearchClient client, IndexNames names, TimeProvider clock, ILogger log)
{
    private const int MostBytes = 5_000_000;
    private const int MostDocuments = 500;

    /// <summary>
    /// Showing a change at once costs the server a new segment: so the first after a quiet second is shown at once, and those that follow wait for the
    /// server's own refresh, which is every second. Large batches are worth a segment of their own.
    /// </summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    private readonly BulkWriter bulk = new(client, clock, Random.Shared);
    private DateTimeOffset lastShown = DateTimeOffset.MinValue;

    public async Task WriteAsync(IndexStanding standing, IReadOnlyCollection<ResourceDocument> documents, IReadOnlyCollection<Removal> removals, CancellationToken ct)
    {
        Check(standing);
        // An index that a newer version fills takes other documents than this one makes.
        var isBoth = standing.Filling is { } filling && standing.MetaOf(filling)?.Layout == IndexFields.Layout;
        string[] aliases = isBoth ? [names.Write, names.Filling] : [names.Write];
        Dictionary<Guid, string> refused = [];
        var requests = 0;
        var now = clock.GetUtcNow();
        var isShownAtOnce = documents.Count + removals.Count >= MostDocuments || now - lastShown >= Quiet;
        foreach (var batch in Batches(documents, removals))
        {
            requests++;
            // A single request shows what it wrote; after several one refresh shows all.
            var refresh = !batch.IsOnly ? null : isShownAtOnce ? "true" : "wait_for";
            foreach (var alias in aliases) await SendAsync(alias, batch.Lines, refresh, refused, ct);
        }
        if (requests > 1)
            foreach (var alias in aliases) await RefreshAsync(alias, ct);
        if (isShownAtOnce || requests > 1) lastShown = now;
        if (refused.Count > 0) throw new RefusedDocumentsException(refused);
    }

    /// <summary>Into the index that is filled beside the one in use, where nobody searches yet.</summary>
    public async Task FillAsync(IReadOnlyCollection<ResourceDocument> documents, IReadOnlyCollection<Removal> removals, CancellationToken ct)
    {
        Dictionary<Guid, string> refused = [];
        foreach (var (lines, _) in Batches(documents, removals)) await bulk.SendAsync(names.Filling, lines, null, refused, ct);
        if (refused.Count > 0) throw new RefusedDocumentsException(refused);
    }

    private static void Check(IndexStanding standing)
    {
        if (standing.Write is not { } write) throw new IndexAwayException("the index is missing; it will be filled anew");
        if (standing.IsNewer) throw new IndexAwayException(IndexFill.NewerLayout);
        if (standing.MetaOf(write)?.Layout is var layout && layout != IndexFields.Layout) throw new IndexAwayException($"the index has layout {layout}; it will be filled anew");
        if (standing.Blocked is { } block) throw new IndexAwayException($"{write} has the block {block}: its disk is nearly full, or somebody set it");
    }

    private async Task SendAsync(string alias, IReadOnlyList<BulkLines> lines, string? refresh, Dictionary<Guid, string> refused, CancellationToken ct)
    {
        try
        {
            await bulk.SendAsync(alias, lines, refresh, refused, ct);
        }
        // The fill beside ended since the targets were read: what was written a moment ago into the index in use may have gone into the one that was replaced.
        catch (IndexAwayException) when (alias == names.Filling)
        {
            if ((await IndexStanding.AskAsync(client, names, ct)).Filling is not null) throw;
            await bulk.SendAsync(names.Write, lines, refresh, refused, ct);
        }
    }

    private async Task RefreshAsync(string alias, CancellationToken ct)
    {
        var refreshed = await client.RefreshAsync(alias, ct);
        if (!refreshed.IsValidResponse && alias != names.Filling) refreshed.OrAway();
    }

    private IEnumerable<(IReadOnlyList<BulkLines> Lines, bool IsOnly)> Batches(IReadOnlyCollection<ResourceDocument> documents, IReadOnlyCollection<Removal> removals)
    {
        List<BulkLines> batch = [];
        var (bytes, given) = (0, 0);
        foreach (var lines in Lines(documents, removals))
        {
            if (batch.Count > 0 && (bytes + lines.Lines.Length > MostBytes || batch.Count == MostDocuments))
            {
                given++;
                yield return (batch, false);
                (batch, bytes) = ([], 0);
            }
            batch.Add(lines);
            bytes += lines.Lines.Length;
        }
        if (batch.Count > 0) yield return (batch, given == 0);
    }

    private IEnumerable<BulkLines> Lines(IReadOnlyCollection<ResourceDocument> documents, IReadOnlyCollection<Removal> removals)
    {
        var maker = new DocumentLines();
        foreach (var document in documents)
        {
            var lines = maker.Of(document);
            if (maker.LeftOut > 0) log.TooLarge(document.Id, maker.LeftOut);
            yield return lines;
        }
        foreach (var removal in removals) yield return maker.Of(removal);
    }
}
