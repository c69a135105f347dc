using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ResourceHub.Core;
using ResourceHub.Core.Search;
using ResourceHub.Engines.Analysis;
using ResourceHub.Engines.Checks;

namespace ResourceHub.Engines.Lucene;

/// <summary>Search in this process, for one machine.</summary>
public static class LuceneEngine
{
    public static IServiceCollection AddLucene(this IServiceCollection services, string folder)
    {
        services.AddSingleton(s => new LuceneShelf(folder, s.GetRequiredService<ILogger<LuceneIndex>>()));
        services.AddSingleton<ISearchIndex>(s => s.GetRequiredService<LuceneShelf>());
        services.AddSingleton<IIndexRenewal>(s => s.GetRequiredService<LuceneShelf>());
        services.AddSingleton<IPrepareAtStart>(s => s.GetRequiredService<LuceneShelf>());
        services.AddSingleton<ITrials<ISearchIndex>>(s => new LuceneTrials(Path.GetDirectoryName(folder)!, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IHighlighter, Highlighter>();
        return services;
    }
}
