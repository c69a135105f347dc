using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;
using ResourceHub.Core.Search;
using ResourceHub.Engines;
using ResourceHub.Engines.Elasticsearch;
using ResourceHub.Indexer.Jobs;

namespace ResourceHub.Host.Evaluation;

/// <summary>
/// A hub that lives as long as an evaluation: a record and an index in a folder of their own, or in Elasticsearch under a prefix of their own, filled and asked by
/// the very code of a hub. Nothing is left of it.
/// </summary>
internal sealed class TemporaryHub : IAsyncDisposable
{
    private readonly DirectoryInfo folder;
    private readonly ServiceProvider services;
    private readonly bool isInElasticsearch;

    private TemporaryHub(DirectoryInfo folder, ServiceProvider services, bool isInElasticsearch)
    {
        this.folder = folder;
        this.services = services;
        this.isInElasticsearch = isInElasticsearch;
    }

    public IDbContextFactory<HubDb> Databases => services.GetRequiredService<IDbContextFactory<HubDb>>();

    public ResourceSearch Search => services.GetRequiredService<ResourceSearch>();

    /// <param name="configuration">Of the configured hub: which search engine, and how it is reached.</param>
    /// <param name="record">The record to be searched; an empty one of its own when null.</param>
    public static async Task<TemporaryHub> OpenAsync(HubSettings configured, IConfiguration configuration, IDbContextFactory<HubDb>? record, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("hub-evaluate-");
        var settings = new HubSettings { Data = folder.FullName, Search = configured.Search };
        var prefix = $"{configuration["Hub:Elasticsearch:IndexPrefix"] ?? "hub"}-evaluate-{Guid.CreateVersion7().ToString("n")[^12..]}";
        var throwaway = new ConfigurationBuilder().AddConfiguration(configuration).AddInMemoryCollection([new("Hub:Elasticsearch:IndexPrefix", prefix)]).Build();
        var added = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(throwaway).AddSingleton(settings).AddCore().AddEngines(settings);
        if (record is not null) added.AddSingleton(record);
        var hub = new TemporaryHub(folder, added.BuildServiceProvider(), settings.Search == "elasticsearch");
        try
        {
            foreach (var engine in hub.services.GetServices<IPrepareAtStart>()) await engine.PrepareAsync(ct);
            return hub;
        }
        catch
        {
            await hub.DisposeAsync();
            throw;
        }
    }

    /// <summary>Fills the index from the record as a hub does after an upgrade.</summary>
    public async Task IndexAsync(CancellationToken ct)
    {
        var index = services.GetRequiredService<ISearchIndex>();
        var fill = ActivatorUtilities.CreateInstance<RebuildIndex>(services);
        await fill.RebuildAsync("evaluate", ct);
        var health = await index.HealthAsync(ct);
        if (!health.IsWhole) throw new EvaluationException($"The index could not be filled: {health.Detail}");
    }

    public async ValueTask DisposeAsync()
    {
        if (isInElasticsearch) await ElasticsearchEngine.RemoveIndexesAsync(services, CancellationToken.None);
        await services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }
}
