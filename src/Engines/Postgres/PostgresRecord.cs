using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using ResourceHub.Core;

namespace ResourceHub.Engines.Postgres;

/// <summary>Makes the record ready before the doors open: one process at a time, whichever comes first, applies the migrations that are missing.</summary>
internal sealed class PostgresRecord(IDbContextFactory<PostgresHubDb> databases, PostgresSettings settings, TimeProvider clock) : IPrepareAtStart
{
    public const int Oldest = 14;

    /// <summary>"hub" and the step: the same in every version, or two versions would not wait for each other.</summary>
    private const long Preparing = 0x687562_0001;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public async Task PrepareAsync(CancellationToken ct)
    {
        try
        {
            await using var alone = await OpenAsync(ct);
            await CheckServerAsync(alone, ct);
            await using (var wait = new NpgsqlCommand($"SET lock_timeout = 0; SET statement_timeout = '10min'; SELECT pg_advisory_lock({Preparing})", alone) { CommandTimeout = 600 })
                await wait.ExecuteNonQueryAsync(ct);
            await MigrateAsync(ct);
            // The lock is the connection's: it ends with it, also when this process is killed.
        }
        catch (NpgsqlException failed)
        {
            throw new CannotStartException(PostgresProblems.Say(settings, failed));
        }
    }

    private async Task MigrateAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var known = db.Database.GetMigrations().ToHashSet();
        if ((await db.Database.GetAppliedMigrationsAsync(ct)).FirstOrDefault(m => !known.Contains(m)) is { } newer)
            throw new CannotStartException($"The database {Where} was written by a newer ResourceHub (it has {newer}). Start that version, or restore a backup made by this one. Nothing was changed.");
        // An index of a large table takes longer than any request may.
        db.Database.SetCommandTimeout(TimeSpan.FromHours(1));
        await db.Database.MigrateAsync(ct);
    }

    /// <summary>In a set of containers the hub is often up before its server.</summary>
    private async Task<NpgsqlConnection> OpenAsync(CancellationToken ct)
    {
        var until = clock.GetUtcNow().AddSeconds(settings.StartSeconds);
        while (true)
        {
            // Not a pooled one: closing it ends the lock.
            var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(settings.Connection().ConnectionString) { Pooling = false }.ConnectionString);
            try
            {
                await connection.OpenAsync(ct);
                return connection;
            }
            catch (NpgsqlException away) when (away.InnerException is SocketException or TimeoutException || away.SqlState == PostgresErrorCodes.CannotConnectNow)
            {
                await connection.DisposeAsync();
                if (clock.GetUtcNow() >= until) throw;
                await Task.Delay(Pause, clock, ct);
            }
        }
    }

    private string Where => PostgresProblems.Where(settings);

    private async Task CheckServerAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        if (connection.PostgreSqlVersion.Major < Oldest) throw new CannotStartException($"PostgreSQL at {Where} is version {connection.PostgreSqlVersion}; ResourceHub needs {Oldest} or newer.");
        await using var ask = new NpgsqlCommand("SHOW server_encoding", connection);
        if (await ask.ExecuteScalarAsync(ct) is not "UTF8") throw new CannotStartException($"The database {Where} does not keep text as UTF8. Make one WITH ENCODING 'UTF8' TEMPLATE template0 and name it in Hub:Postgres:ConnectionString.");
    }
}
