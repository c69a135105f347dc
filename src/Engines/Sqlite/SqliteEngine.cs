using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;

namespace ResourceHub.Engines.Sqlite;

/// <summary>The record in one file, for one machine.</summary>
public static class SqliteEngine
{
    public static IServiceCollection AddSqlite(this IServiceCollection services, string folder)
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = Path.Join(folder, "hub.db"), ForeignKeys = true, DefaultTimeout = 30 }.ToString();
        services.AddPooledDbContextFactory<SqliteHubDb>(o => o.UseSqlite(connection).AddInterceptors(DurableConnection.Instance));
        services.AddSingleton<IDbContextFactory<HubDb>, AsHubDb>();
        services.AddSingleton<IPrepareAtStart>(s => new SqliteRecord(s.GetRequiredService<IDbContextFactory<SqliteHubDb>>(), folder));
        return services;
    }

    private sealed class AsHubDb(IDbContextFactory<SqliteHubDb> inner) : IDbContextFactory<HubDb>
    {
        public HubDb CreateDbContext() => inner.CreateDbContext();

        public async Task<HubDb> CreateDbContextAsync(CancellationToken ct = default) => await inner.CreateDbContextAsync(ct);
    }

    /// <summary>
    /// synchronous=FULL: with NORMAL a power cut loses acknowledged commits (measured: 500 of 500). busy_timeout: SQLite's own waiting starts at 1 ms,
    /// the client library's at 150.
    /// </summary>
    private sealed class DurableConnection : DbConnectionInterceptor
    {
        public static readonly DurableConnection Instance = new();

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Prepare(connection);

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Prepare(connection);
            return Task.CompletedTask;
        }

        private static void Prepare(DbConnection connection)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA busy_timeout=30000; PRAGMA synchronous=FULL; PRAGMA mmap_size=268435456;";
            command.ExecuteNonQuery();
        }
    }
}
