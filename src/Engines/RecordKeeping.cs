using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;
using ResourceHub.Engines.Postgres;

namespace ResourceHub.Engines;

/// <summary>What a move of a record needs to know and each database has its own words for.</summary>
public static class RecordKeeping
{
    /// <summary>How many other sessions of a hub are in the database: a server's own count. SQLite has no such count; there the folder is locked.</summary>
    public static async Task<int> OthersAsync(HubDb db, CancellationToken ct)
        => db is PostgresHubDb
            ? await db.Database.SqlQueryRaw<int>("SELECT count(*)::int AS \"Value\" FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'ResourceHub' AND pid <> pg_backend_pid()").SingleAsync(ct)
            : 0;

    /// <summary>The last number that the table gave out, also where its row is gone since: a number that comes again would be overlooked by who has read so far.</summary>
    public static async Task<long> LastNumberAsync(HubDb db, string table, string column, CancellationToken ct)
        => db is PostgresHubDb
            ? await db.Database.SqlQueryRaw<long>("SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence({0}, {1})::regclass), 0) AS \"Value\"", Quoted(table), column).SingleAsync(ct)
            : await db.Database.SqlQueryRaw<long>("SELECT coalesce(max(seq), 0) AS \"Value\" FROM sqlite_sequence WHERE name = {0}", table).SingleAsync(ct);

    public static async Task SetLastNumberAsync(HubDb db, string table, string column, long last, CancellationToken ct)
    {
        if (last == 0) return;
        if (db is PostgresHubDb)
        {
            await db.Database.ExecuteSqlRawAsync("SELECT setval(pg_get_serial_sequence({0}, {1})::regclass, {2})", [Quoted(table), column, last], ct);
            return;
        }
        await db.Database.ExecuteSqlRawAsync("DELETE FROM sqlite_sequence WHERE name = {0}", [table], ct);
        await db.Database.ExecuteSqlRawAsync("INSERT INTO sqlite_sequence (name, seq) VALUES ({0}, {1})", [table, last], ct);
    }

    private static string Quoted(string table) => $"\"{table}\"";
}
