using System.Net;
using Microsoft.Extensions.Logging;
using ResourceHub.Core;
using ResourceHub.Core.Search;
using ResourceHub.Engines.Elasticsearch.Client;

namespace ResourceHub.Engines.Elasticsearch;

/// <summary>Search in a cluster that all processes of the hub share.</summary>
internal sealed class ElasticsearchIndex(ElasticsearchClient client, ElasticsearchSettings settings, TimeProvider clock, ILogger<ElasticsearchIndex> log) : ISearchIndex, IIndexRenewal, IPrepareAtStart, IDisposable
{
    /// <summary>How long after the server was asked in vain nobody waits for it again: the many who came meanwhile would wait one after the other.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly IndexNames names = new(settings.IndexPrefix);
    private readonly IndexFill fill = new(client, new IndexNames(settings.IndexPrefix), clock, log);
    private readonly IndexWriting writing = new(client, new IndexNames(settings.IndexPrefix), clock, log);
    private readonly SemaphoreSlim preparing = new(1, 1);
    private volatile bool isPrepared;
    private DateTimeOffset failed = DateTimeOffset.MinValue;

    /// <summary>A server that cannot be used ends the start; one that does not answer yet does not: people still open, upload and download.</summary>
    public async Task PrepareAsync(CancellationToken ct)
    {
        try
        {
            await ReadyAsync(ct);
        }
        catch (IndexAwayException away)
        {
            log.NotYet(away.Message);
        }
    }

    public async Task WriteAsync(IReadOnlyCollection<ResourceDocument> documents, IReadOnlyCollection<Removal> removals, CancellationToken ct)
    {
        if (documents.Count + removals.Count == 0) return;
        await ReadyAsync(ct);
        var standing = await IndexStanding.AskAsync(client, names, ct);
        await writing.WriteAsync(standing, documents, removals, ct);
        await fill.ShowLifeAsync(standing, ct);
    }

    public async Task<SearchPage> SearchAsync(SearchRequest request, CancellationToken ct)
    {
        await ReadyAsync(ct);
        return await new PageSearch(client, names, settings.Shards > 1, TimeSpan.FromSeconds(settings.SearchTimeoutSeconds), clock, request).FindAsync(ct);
    }

    public async Task<IReadOnlyList<SuggestedPhrase>> SuggestAsync(SuggestRequest request, CancellationToken ct)
    {
        await ReadyAsync(ct);
        return await PhraseSearch.FindAsync(client, names, request, ct);
    }

    public async Task<IReadOnlyDictionary<Guid, HeldDocument>> HeldAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        await ReadyAsync(ct);
        return await HeldDocuments.AskAsync(client, names, ids, ct);
    }

    public async Task<IRenewedIndex> BeginAsync(CancellationToken ct)
    {
        await ReadyAsync(ct);
        return await IndexBeside.BeginAsync(client, names, fill, writing, settings, clock, ct);
    }

    public async Task TidyAsync(CancellationToken ct)
    {
        await ReadyAsync(ct);
        await fill.TidyAsync(ct);
    }

    public async Task ClearAsync(CancellationToken ct)
    {
        await ReadyAsync(ct);
        await fill.BeginAsync(ct);
    }

    public Task MarkWholeAsync(CancellationToken ct) => fill.EndAsync(ct);

    public async Task<IndexHealth> HealthAsync(CancellationToken ct)
    {
        try
        {
            await ReadyAsync(ct);
            return await IndexHealthReport.AskAsync(client, await IndexStanding.AskAsync(client, names, ct), fill.Me, clock.GetUtcNow(), ct);
        }
        catch (Exception away) when (away is IndexAwayException or SettingsException)
        {
            return new(false, 0, $"搜索服务暂无响应。Search does not answer: {away.Message}", MayFill: false);
        }
    }

    /// <summary>Everything of this prefix, for what was made to be thrown away.</summary>
    public async Task RemoveAsync(CancellationToken ct)
    {
        try
        {
            foreach (var index in (await IndexStanding.AskAsync(client, names, ct)).Indexes.Keys)
            {
                var deleted = await client.DeleteIndexAsync(index, ct);
                if (!deleted.IsValidResponse && deleted.HttpStatusCode != (int)HttpStatusCode.NotFound) log.NotDeleted(index, deleted.Error!.ToString());
            }
            await client.DeleteIndexTemplateAsync(names.Template, ct);
        }
        catch (IndexAwayException away)
        {
            log.NotDeleted(names.All, away.Message);
        }
    }

    public void Dispose() => preparing.Dispose();

    /// <summary>Once a process: asks who the server is, gives it the template, and makes the first index where there is none.</summary>
    internal async Task ReadyAsync(CancellationToken ct)
    {
        if (isPrepared) return;
        await preparing.WaitAsync(ct);
        try
        {
            if (isPrepared) return;
            if (clock.GetUtcNow() - failed < Rest) throw new IndexAwayException("Elasticsearch did not answer a moment ago");
            failed = clock.GetUtcNow();
            await MeetAsync(ct);
            isPrepared = true;
        }
        finally
        {
            preparing.Release();
        }
    }

    private async Task MeetAsync(CancellationToken ct)
    {
        var (version, why) = await ServerCheck.AskAsync(client, ct);
        if (version is null) throw new IndexAwayException($"Elasticsearch: {why}");
        var template = await client.PutIndexTemplateAsync(names.Template, IndexFields.Template(names.OfLayout, settings), ct);
        if (template.HttpStatusCode == (int)HttpStatusCode.Forbidden)
            throw new SettingsException("Hub:Elasticsearch: the ApiKey or User needs the cluster privileges monitor and manage_index_templates.");
        template.OrAway();
        var standing = await IndexStanding.AskAsync(client, names, ct);
        if (standing.Write is null && standing.Read is null) await fill.CreateFirstAsync(standing, ct);
        log.Connected(version, standing.Read ?? names.Numbered(standing.NextNumber));
    }
}
