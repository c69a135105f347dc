using Microsoft.Extensions.Configuration;
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

/// <summary>The one table of what the hub can run on: kind and name → how it is added, and how its own settings are checked.</summary>
public static class EngineCatalog
{
    private sealed record Engine(Action<IServiceCollection, HubSettings> Add, Action<HubSettings, IConfiguration>? Check = null);

    private static readonly Dictionary<string, Engine> Databases = new()
    {
        ["sqlite"] = new((s, hub) => s.AddSqlite(hub.Data)),
        ["postgres"] = new((s, _) => s.AddPostgres(), (_, all) => PostgresEngine.Read(all)),
    };

    private static readonly Dictionary<string, Engine> Searches = new()
    {
        ["lucene"] = new((s, hub) => s.AddLucene(Path.Join(hub.Data, "index"))),
        ["elasticsearch"] = new((s, _) => s.AddElasticsearch(), (_, all) => ElasticsearchEngine.Read(all)),
    };

    private static readonly Dictionary<string, Engine> BlobStores = new()
    {
        ["folder"] = new((s, hub) => s.AddFolder(Path.Join(hub.Data, "blobs"))),
        ["azure"] = new((s, _) => s.AddAzureBlobs(), (_, all) => AzureBlobsEngine.Read(all)),
    };

    private static readonly Dictionary<string, Engine> Accounts = new()
    {
        ["local"] = new((s, _) => s.AddLocalAccounts()),
        ["entra"] = new((s, hub) => s.AddEntraId(hub.Entra), (hub, _) => EntraRules.Read(hub.Entra)),
    };

    /// <summary>What a process needs of the engines, so that no secret goes where nothing is done with it.</summary>
    /// <param name="Record">It opens the record, the blobs and the index: as Api or Indexer.</param>
    /// <param name="Accounts">People sign in here: as Api.</param>
    public sealed record Need(bool Record, bool Accounts)
    {
        public static readonly Need All = new(true, true);
    }

    /// <exception cref="SettingsException">A name is unknown, or an engine that is needed lacks a setting; the message says what to change.</exception>
    public static void Check(HubSettings settings, IConfiguration configuration, Need need)
    {
        var (database, search, blobs, accounts) = Pick(settings);
        if (need.Record || IsShared(settings)) database.Check?.Invoke(settings, configuration);
        if (need.Record) search.Check?.Invoke(settings, configuration);
        if (need.Record) blobs.Check?.Invoke(settings, configuration);
        if (need.Accounts) accounts.Check?.Invoke(settings, configuration);
    }

    /// <summary>Whether processes on several machines can open the record.</summary>
    public static bool IsShared(HubSettings settings) => settings.Database != "sqlite";

    public static IServiceCollection AddEngines(this IServiceCollection services, HubSettings settings, Need? need = null)
    {
        var (database, search, blobs, accounts) = Pick(settings);
        database.Add(services, settings);
        search.Add(services, settings);
        blobs.Add(services, settings);
        // An indexer signs nobody in, and needs no secret for it.
        (need?.Accounts is false ? Accounts["local"] : accounts).Add(services, settings);
        return services;
    }

    /// <summary>The record alone.</summary>
    public static IServiceCollection AddRecord(this IServiceCollection services, HubSettings settings)
    {
        Pick(settings).Database.Add(services, settings);
        return services;
    }

    /// <summary>The blobs alone.</summary>
    public static IServiceCollection AddBlobs(this IServiceCollection services, HubSettings settings)
    {
        Pick(settings).Blobs.Add(services, settings);
        return services;
    }

    private static (Engine Database, Engine Search, Engine Blobs, Engine Accounts) Pick(HubSettings settings) => (
        Pick(Databases, "Database", settings.Database), Pick(Searches, "Search", settings.Search),
        Pick(BlobStores, "Blobs", settings.Blobs), Pick(Accounts, "Accounts", settings.Accounts));

    private static Engine Pick(Dictionary<string, Engine> known, string setting, string name)
        => known.TryGetValue(name, out var engine) ? engine : throw new SettingsException($"Hub:{setting}={name} is unknown; it can be {string.Join(" or ", known.Keys)}.");
}

/// <summary>A setting that cannot work; the message says what to change.</summary>
public sealed class SettingsException(string message) : Exception(message);
