using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Engines.Checks;

namespace ResourceHub.Engines.Sqlite;

/// <summary>The record in one file, for one machine.</summary>
public static class SqliteEngine
{
    public static IServiceCollection AddSqlite(this IServiceCollection services, string folder)
    {
        // Connections stay with their contexts, which are pooled; a second pool below would only keep them from closing.
        var connection = new SqliteConnectionStringBuilder { DataSource = Path.Join(folder, "hub.db"), ForeignKeys = true, DefaultTimeout = 30, Pooling = false }.ToString();
        services.AddPooledDbContextFactory<SqliteHubDb>(o => o.UseSqlite(connection, ListsAsOneParameter).AddInterceptors(KeptConnections.Settings.Instance, PreparedQueries.Instance));
        services.AddSingleton<IDbContextFactory<HubDb>>(s => new KeptConnections(s.GetRequiredService<IDbContextFactory<SqliteHubDb>>(), connection));
        services.AddSingleton<IPrepareAtStart>(s => new SqliteRecord(s.GetRequiredService<IDbContextFactory<SqliteHubDb>>(), folder));
        services.AddSingleton<ITrials<TrialRecord>>(s => new SqliteTrials(folder, s.GetRequiredService<TimeProvider>()));
        return services;
    }

    /// <summary>A list of ids is one JSON parameter: with a parameter for each id EF writes the statement anew at every execution, under a lock.</summary>
    private static void ListsAsOneParameter(SqliteDbContextOptionsBuilder options) => options.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter);
}
