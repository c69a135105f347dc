using System.Net;
using System.Net.Security;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Core.Search;
using ResourceHub.Engines.Analysis;
using ResourceHub.Engines.Checks;
using ResourceHub.Engines.Elasticsearch.Client;

namespace ResourceHub.Engines.Elasticsearch;

/// <summary>Search in a cluster, for hubs that are more than one process. Its adapter is our own: ADR 4 says why.</summary>
public static class ElasticsearchEngine
{
    public static IServiceCollection AddElasticsearch(this IServiceCollection services)
    {
        services.AddSingleton(s => Read(s.GetRequiredService<IConfiguration>()));
        services.AddSingleton(s => Client(s.GetRequiredService<ElasticsearchSettings>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ElasticsearchIndex>();
        services.AddSingleton<ISearchIndex>(s => s.GetRequiredService<ElasticsearchIndex>());
        services.AddSingleton<IIndexRenewal>(s => s.GetRequiredService<ElasticsearchIndex>());
        services.AddSingleton<ITrials<ISearchIndex>, ElasticsearchTrials>();
        services.AddSingleton<IPrepareAtStart>(s => s.GetRequiredService<ElasticsearchIndex>());
        return services.AddSingleton<IHighlighter, Highlighter>();
    }

    /// <exception cref="SettingsException">They cannot work.</exception>
    public static ElasticsearchSettings Read(IConfiguration configuration)
    {
        var settings = configuration.GetSection("Hub:Elasticsearch").Get<ElasticsearchSettings>() ?? new ElasticsearchSettings();
        return settings.Check() is { } wrong ? throw new SettingsException(wrong) : settings;
    }

    /// <summary>Removes the indexes and the template under the prefix that is set: only for what was made to be thrown away.</summary>
    public static Task RemoveIndexesAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<ElasticsearchIndex>().RemoveAsync(ct);

    internal static ElasticsearchClient Client(ElasticsearchSettings settings, TimeProvider clock)
    {
        var (timeout, search) = (TimeSpan.FromSeconds(settings.TimeoutSeconds), TimeSpan.FromSeconds(settings.SearchTimeoutSeconds));
        var nodes = settings.NodeAddresses;
        // A second node gets its chance within the time that a person waits.
        return new(
            new Transport(Http(settings, search), new StaticNodePool(nodes, clock), clock),
            writing: new(timeout, timeout * nodes.Count),
            searching: new(nodes.Count > 1 ? search * 0.6 : search, search));
    }

    private static HttpClient Http(ElasticsearchSettings settings, TimeSpan connect)
    {
        var trust = new ServerTrust(settings.Authorities(), settings.FingerprintDigits);
        var handler = new SocketsHttpHandler
        {
            AutomaticDecompression = DecompressionMethods.GZip,
            ConnectTimeout = connect,
            // Nodes that move get new addresses under their name.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,
            AllowAutoRedirect = false,
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, shown, chain, errors) => trust.Accepts(shown, chain, errors) },
        };
        // Each request has a limit of its own.
        var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("ResourceHub");
        if (settings.Authorization is { } who) http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", who);
        return http;
    }
}
