using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;
using ResourceHub.Core;
using ResourceHub.Core.Changes;
using ResourceHub.Core.Jobs;
using ResourceHub.Engines.Checks;

namespace ResourceHub.Engines.Postgres;

/// <summary>The record on a PostgreSQL server, for hubs that are more than one process.</summary>
public static class PostgresEngine
{
    public static IServiceCollection AddPostgres(this IServiceCollection services)
    {
        services.AddSingleton(s => Read(s.GetRequiredService<IConfiguration>()));
        services.AddSingleton(s => NpgsqlDataSource.Create(s.GetRequiredService<PostgresSettings>().Connection()));
        services.AddPooledDbContextFactory<PostgresHubDb>((s, options) => options
            .UseNpgsql(s.GetRequiredService<NpgsqlDataSource>(), npgsql => Set(npgsql, s.GetRequiredService<PostgresSettings>().Schema)).AddInterceptors(LookUpEach.Instance));
        services.AddSingleton<ITrials<TrialRecord>, PostgresTrials>();
        services.AddSingleton<IDbContextFactory<HubDb>, PostgresDatabases>();
        services.AddSingleton<IPrepareAtStart, PostgresRecord>();
        // Pages alone have the record for its keys only, and nothing to wake.
        services.TryAddSingleton<JobSignal>();
        services.TryAddSingleton<ChangeSignal>();
        services.AddSingleton<PostgresSignals>();
        return services.AddHostedService(s => s.GetRequiredService<PostgresSignals>());
    }

    /// <exception cref="SettingsException">They cannot work.</exception>
    public static PostgresSettings Read(IConfiguration configuration)
    {
        var settings = configuration.GetSection("Hub:Postgres").Get<PostgresSettings>() ?? new PostgresSettings();
        return settings.Check() is { } wrong ? throw new SettingsException(wrong) : settings;
    }

    private static void Set(NpgsqlDbContextOptionsBuilder options, string? schema)
    {
        // Without its schema the list of applied migrations is looked for in "public", whatever the search path says.
        if (schema is not null) options.MigrationsHistoryTable(HistoryRepository.DefaultTableName, schema);
        options.SetPostgresVersion(PostgresRecord.Oldest, 0);
        // A list of ids is one array: with a parameter for each, every count of them would be another statement to prepare.
        options.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter);
        options.ExecutionStrategy(dependencies => new PatientStrategy(dependencies));
    }

    private sealed class PostgresDatabases(IDbContextFactory<PostgresHubDb> contexts) : IDbContextFactory<HubDb>
    {
        public HubDb CreateDbContext() => contexts.CreateDbContext();

        public async Task<HubDb> CreateDbContextAsync(CancellationToken ct = default) => await contexts.CreateDbContextAsync(ct);
    }
}
