using ResourceHub.Engines.Checks;

namespace ResourceHub.Engines.Sqlite;

/// <summary>Records of their own in throw-away folders.</summary>
internal sealed class SqliteTrials(string data, TimeProvider clock) : ITrials<TrialRecord>
{
    private readonly TrialFolder folders = new(data, clock);

    public string Name => "sqlite";

    public async Task<Trial<TrialRecord>> OpenAsync(CancellationToken ct)
    {
        var trial = new SqliteTrial(folders.New());
        await trial.ReopenAsync(ct);
        return trial;
    }

    public Task SweepAsync(CancellationToken ct)
    {
        folders.Sweep();
        return Task.CompletedTask;
    }

    private sealed class SqliteTrial(string folder) : Trial<TrialRecord>
    {
        private TrialRecord? record;

        public override TrialRecord Engine => record!;

        public override async Task ReopenAsync(CancellationToken ct)
        {
            if (record is not null) await record.DisposeAsync();
            record = new TrialRecord(folder, services => services.AddSqlite(folder));
            await record.PrepareAsync(ct);
        }

        public override async ValueTask DisposeAsync()
        {
            if (record is not null) await record.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }
}
