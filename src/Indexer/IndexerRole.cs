using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Indexer.Jobs;
using ResourceHub.Indexer.Sandbox;

namespace ResourceHub.Indexer;

/// <summary>The role that turns bytes into facts: takes jobs, has files read in a child process, fills the index.</summary>
public static class IndexerRole
{
    public static IServiceCollection AddIndexer(this IServiceCollection services)
    {
        services.AddSingleton<ReadingRoom>();
        services.AddSingleton<IJobHandler, ExtractFile>();
        services.AddSingleton<IJobHandler, IndexResource>();
        services.AddSingleton<Reindex>().AddSingleton<IndexVerification>();
        services.AddSingleton<IJobHandler, ReindexJob>();
        services.AddHostedService<JobRunner>();
        services.AddHostedService<RebuildIndex>();
        return services;
    }
}
