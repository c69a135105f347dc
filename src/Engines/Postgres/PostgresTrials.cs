using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ResourceHub.Engines.Checks;

namespace ResourceHub.Engines.Postgres;

/// <summary>Records of their own in throw-away schemas of the hub's database: whoever may make its tables may make these.</summary>
internal sealed class PostgresTrials(PostgresSettings settings, TimeProvider clock) : ITrials<TrialRecord>
{
    private const string Prefix = "hub_check_";

    public string Name => "postgres";

    public async Task<Trial<TrialRecord>> OpenAsync(CancellationToken ct)
    {
        var trial = new PostgresTrial(settings, TrialName.New(Prefix));
        try
        {
            await RunAsync(settings, $"CREATE SCHEMA {trial.Schema}", ct);
            await trial.ReopenAsync(ct);
        }
        catch
        {
            await trial.DisposeAsync();
            throw;
        }
        return trial;
    }

    public async Task SweepAsync(CancellationToken ct)
    {
        List<string> left = [];
        await using (var source = NpgsqlDataSource.Create(settings.Connection()))
        {
            await using var command = source.CreateCommand($"SELECT nspname FROM pg_namespace WHERE starts_with(nspname, '{Prefix}')");
            await using var rows = await command.ExecuteReaderAsync(ct);
            while (await rows.ReadAsync(ct)) left.Add(rows.GetString(0));
        }
        foreach (var schema in left)
            if (TrialName.IsLeft(schema, Prefix, clock.GetUtcNow())) await RunAsync(settings, $"DROP SCHEMA {schema} CASCADE", ct);
    }

    /// <summary>Names here are of our own making: letters, digits and _.</summary>
    private static async Task RunAsync(PostgresSettings settings, string sql, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(settings.Connection());
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(ct);
    }

    private sealed class PostgresTrial(PostgresSettings settings, string schema) : Trial<TrialRecord>
    {
        private TrialRecord? record;

        public string Schema => schema;

        public override TrialRecord Engine => record!;

        public override async Task ReopenAsync(CancellationToken ct)
        {
            if (record is not null) await record.DisposeAsync();
            var own = settings.In(schema);
            record = new TrialRecord(Path.GetTempPath(), services => services.AddPostgres().AddSingleton(own));
            await record.PrepareAsync(ct);
        }

        public override async ValueTask DisposeAsync()
        {
            if (record is not null) await record.DisposeAsync();
            await RunAsync(settings, $"DROP SCHEMA IF EXISTS {schema} CASCADE", CancellationToken.None);
        }
    }
}
