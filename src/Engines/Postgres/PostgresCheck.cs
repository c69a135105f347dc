using Npgsql;

namespace ResourceHub.Engines.Postgres;

/// <summary>Whether the server can be reached and what it says of itself, for <c>doctor</c>. Looks only.</summary>
public static class PostgresCheck
{
    private const string Ask = """
        SELECT current_setting('server_version'), pg_size_pretty(pg_database_size(current_database())),
            (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'), current_setting('max_connections')::int,
            to_regclass('"Jobs"') IS NOT NULL
        """;

    /// <summary>What was found, and whether all is well.</summary>
    public static async Task<(bool Ok, string Detail, string Advice)> RunAsync(PostgresSettings settings, CancellationToken ct)
    {
        try
        {
            await using var source = NpgsqlDataSource.Create(settings.Connection());
            var (version, size, used, most, isMade) = await LookAsync(source, ct);
            var server = $"PostgreSQL {version}, {size}, {used} of {most} connections used";
            if (!isMade) return (true, $"{server}; the tables are made at the first start", "");
            await using var count = source.CreateCommand("""SELECT count(*) FROM "Jobs" WHERE "State" = 2""");
            var failed = (long)(await count.ExecuteScalarAsync(ct))!;
            return (failed == 0, $"{server}, {failed} failed jobs", "The query jobs(state: FAILED) gives the reasons; retryJob tries again.");
        }
        catch (NpgsqlException away)
        {
            return (false, PostgresProblems.Say(settings, away), "");
        }
    }

    private static async Task<(string, string, long, int, bool)> LookAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        await using var command = source.CreateCommand(Ask);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return (row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt32(3), row.GetBoolean(4));
    }
}
