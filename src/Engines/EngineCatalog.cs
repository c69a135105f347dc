using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Engines.AzureBlobs;
using ResourceHub.Engines.Elasticsearch;
using ResourceHub.Engines.EntraId;
using ResourceHub.Engines.Folder;
using ResourceHub.Engines.LocalAccounts;
using ResourceHub.Engines.Lucene;
using ResourceHub.Engines.Postgres;
using ResourceHub.Engines.Sqlite;

namespace ResourceHub.Engines;

/// <summary>The one table of what the hub can run on: kind and name → how it is added.</summary>
public static class EngineCatalog
{
    private static readonly Dictionary<string, Action<IServiceCollection, string>> Databases = new() { ["sqlite"] = (s, data) => s.AddSqlite(data), ["postgres"] = (s, _) => s.AddPostgres() };
    private static readonly Dictionary<string, Action<IServiceCollection, string>> Searches = new() { ["lucene"] = (s, data) => s.AddLucene(Path.Join(data, "index")), ["elasticsearch"] = (s, _) => s.AddElasticsearch() };
    private static readonly Dictionary<string, Action<IServiceCollection, string>> BlobStores = new() { ["folder"] = (s, data) => s.AddFolder(Path.Join(data, "blobs")), ["azure"] = (s, _) => s.AddAzureBlobs() };
    private static readonly Dictionary<string, Action<IServiceCollection, HubSettings>> Accounts = new() { ["local"] = (s, _) => s.AddLocalAccounts(), ["entra"] = (s, settings) => s.AddEntraId(settings.Entra) };

    /// <exception cref="SettingsException">A name is unknown; the message lists the known ones.</exception>
    public static IServiceCollection AddEngines(this IServiceCollection services, HubSettings settings)
    {
        Pick(Databases, "Database", settings.Database)(services, settings.Data);
        Pick(Searches, "Search", settings.Search)(services, settings.Data);
        Pick(BlobStores, "Blobs", settings.Blobs)(services, settings.Data);
        Pick(Accounts, "Accounts", settings.Accounts)(services, settings);
        return services;
    }

    private static Action<IServiceCollection, T> Pick<T>(Dictionary<string, Action<IServiceCollection, T>> known, string setting, string name)
        => known.TryGetValue(name, out var add) ? add : throw new SettingsException($"Hub:{setting}={name} is unknown; it can be {string.Join(" or ", known.Keys)}.");
}

/// <summary>A setting that cannot work; the message says what to change.</summary>
public sealed class SettingsException(string message) : Exception(message);
