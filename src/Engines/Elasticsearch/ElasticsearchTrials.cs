using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using ResourceHub.Core.Search;
using ResourceHub.Engines.Checks;
using ResourceHub.Engines.Elasticsearch.Client;

namespace ResourceHub.Engines.Elasticsearch;

/// <summary>Indexes of their own in the cluster, under names that go on from the hub's prefix: whoever may write its indexes may write these, and no pattern of the hub's takes them in.</summary>
internal sealed class ElasticsearchTrials(ElasticsearchClient client, ElasticsearchSettings settings, TimeProvider clock) : ITrials<ISearchIndex>
{
    private string Prefix => $"{settings.IndexPrefix}-check-";

    public string Name => "elasticsearch";

    public async Task<Trial<ISearchIndex>> OpenAsync(CancellationToken ct)
    {
        var trial = new ElasticsearchTrial(client, settings.Under(TrialName.New(Prefix)), clock);
        try
        {
            await trial.ReopenAsync(ct);
        }
        catch
        {
            await trial.DisposeAsync();
            throw;
        }
        return trial;
    }

    public async Task SweepAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var index in (await client.GetIndexAsync(Prefix + "*", ct)).OrAway().Keys)
            if (TrialName.IsLeft(index, Prefix, now)) await DeleteAsync(index, ct);
        foreach (var template in (await client.GetIndexTemplateAsync(Prefix + "*", ct)).OrAway().IndexTemplates ?? [])
            if (TrialName.IsLeft(template.Name, Prefix, now)) (await client.DeleteIndexTemplateAsync(template.Name, ct)).OrAway();
    }

    private async Task DeleteAsync(string index, CancellationToken ct)
    {
        var deleted = await client.DeleteIndexAsync(index, ct);
        if (deleted.HttpStatusCode != (int)HttpStatusCode.NotFound) deleted.OrAway();
    }

    private sealed class ElasticsearchTrial(ElasticsearchClient client, ElasticsearchSettings settings, TimeProvider clock) : Trial<ISearchIndex>
    {
        /// <summary>A server looks at a clock of its own that moves every fifth of a second.</summary>
        private static readonly TimeSpan ClockStep = TimeSpan.FromSeconds(0.5);

        private readonly IndexNames names = new(settings.IndexPrefix);
        private ElasticsearchIndex? index;

        public override ISearchIndex Engine => index!;

        public override async Task ReopenAsync(CancellationToken ct)
        {
            index?.Dispose();
            index = new ElasticsearchIndex(client, settings, clock, NullLogger<ElasticsearchIndex>.Instance);
            await index.ReadyAsync(ct);
        }

        /// <summary>The mark of a deleted document lives index.gc_deletes, a minute by default. The hub deletes none, so nothing may come of this.</summary>
        public override async Task ForgetAsync(CancellationToken ct)
        {
            (await client.PutSettingsAsync(names.Write, new JsonObject { ["index"] = new JsonObject { ["gc_deletes"] = "1ms" } }, ct)).OrAway();
            await Task.Delay(ClockStep, clock, ct);
            (await client.RefreshAsync(names.Write, ct)).OrAway();
            await ReopenAsync(ct);
        }

        public override async Task<bool> ExpireAsync(SearchPosition position, CancellationToken ct)
        {
            if (PagePosition.Of(position) is not { PointInTime: { Length: > 0 } pointInTime }) return false;
            return (await client.ClosePointInTimeAsync(pointInTime, ct)).OrAway().Succeeded;
        }

        /// <summary>Also after a run was cut short: nothing here may be cancelled.</summary>
        public override async ValueTask DisposeAsync()
        {
            index?.Dispose();
            foreach (var name in (await client.GetIndexAsync(names.All, CancellationToken.None)).OrAway().Keys)
                (await client.DeleteIndexAsync(name, CancellationToken.None)).OrAway();
            var deleted = await client.DeleteIndexTemplateAsync(names.Template, CancellationToken.None);
            if (deleted.HttpStatusCode != (int)HttpStatusCode.NotFound) deleted.OrAway();
        }
    }
}
