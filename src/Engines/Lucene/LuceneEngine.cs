using Microsoft.Extensions.DependencyInjection;

namespace ResourceHub.Engines.Lucene;

/// <summary>Search in this process, for one machine.</summary>
public static class LuceneEngine
{
    public static IServiceCollection AddLucene(this IServiceCollection services, string folder)
    {
        _ = folder;
        return services;
    }
}
