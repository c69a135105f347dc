using Microsoft.EntityFrameworkCore;
using Npgsql;
using ResourceHub.Core;
using ResourceHub.Core.Blobs;
using ResourceHub.Engines;
using ResourceHub.Engines.AzureBlobs;
using ResourceHub.Engines.Postgres;

namespace ResourceHub.Host.Moving;

/// <summary>One end of a move: where its record and its blobs are.</summary>
internal sealed class MoveSide : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly DataFolder folder;

    private MoveSide(HubSettings settings, IConfiguration configuration)
    {
        Settings = settings;
        Record = settings.Database == "postgres" ? OfPostgres(configuration) : $"sqlite:{settings.Data}";
        Bytes = settings.Blobs == "azure" ? OfAzure(configuration) : $"folder:{settings.Data}";
        folder = new DataFolder(settings);
        services = new ServiceCollection().AddLogging().AddSingleton(configuration).AddSingleton(settings).AddSingleton(TimeProvider.System)
            .AddRecord(settings).AddBlobs(settings).BuildServiceProvider();
    }

    public HubSettings Settings { get; }

    /// <summary>Which record it is, without a secret.</summary>
    public string Record { get; }

    /// <summary>Which store it is, without a secret.</summary>
    public string Bytes { get; }

    public IBlobStore Blobs => services.GetRequiredService<IBlobStore>();

    public Task<HubDb> OpenAsync(CancellationToken ct) => services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync(ct);

    /// <exception cref="SettingsException">It cannot be used as it is set.</exception>
    public static MoveSide Of(IConfiguration configuration)
    {
        var settings = HubHost.Read(configuration);
        EngineCatalog.Check(settings, configuration, new(Record: true, Accounts: false));
        return new MoveSide(settings, configuration);
    }

    /// <summary>Makes sure that no hub works here until this is disposed.</summary>
    /// <exception cref="SettingsException">One does.</exception>
    public async Task HoldAsync(bool withFolder, CancellationToken ct)
    {
        if (withFolder && !folder.TryHoldAlone()) throw new SettingsException($"A hub is running on {Settings.Data}: stop it, and start it again when the move is done.");
        await using var db = await OpenAsync(ct);
        if (await RecordKeeping.OthersAsync(db, ct) is > 0 and var others)
            throw new SettingsException($"{others} sessions of a hub are open in {Record}: stop all its processes, and start them again when the move is done.");
    }

    /// <summary>Of the target: its tables are made, its container is there.</summary>
    public async Task PrepareAsync(CancellationToken ct)
    {
        foreach (var engine in services.GetServices<IPrepareAtStart>()) await engine.PrepareAsync(ct);
    }

    /// <summary>Of the source, which is only read: it must be of this version.</summary>
    /// <exception cref="SettingsException">It is not.</exception>
    public async Task CheckVersionAsync(CancellationToken ct)
    {
        if (Settings.Database == "sqlite" && !File.Exists(Path.Join(Settings.Data, "hub.db"))) throw new SettingsException($"There is no hub in {Settings.Data}: name the folder that holds hub.db.");
        await using var db = await OpenAsync(ct);
        var known = db.Database.GetMigrations().ToHashSet();
        if (!known.SetEquals(await db.Database.GetAppliedMigrationsAsync(ct)))
            throw new SettingsException($"{Record} was written by another version: start this version on it once, stop it, then move.");
    }

    private static string OfPostgres(IConfiguration configuration)
    {
        var connection = new NpgsqlConnectionStringBuilder(PostgresEngine.Read(configuration).ConnectionString);
        return $"postgres:{connection.Host}:{connection.Port}/{connection.Database}";
    }

    private static string OfAzure(IConfiguration configuration) => $"azure:{AzureBlobsEngine.Container(AzureBlobsEngine.Read(configuration)).Uri}";

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        folder.Dispose();
    }
}
