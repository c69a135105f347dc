using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Engines.Checks;
using ResourceHub.Tests.Contracts;
using Xunit.Abstractions;

namespace ResourceHub.Tests.Engines.Postgres;

public sealed class PostgresJobQueueTests : JobQueueContract
{
    protected override Task<TempRecord> StartAsync(TimeProvider clock) => TempRecord.OnPostgresAsync(clock);
}

public sealed class PostgresChangeDeskTests : ChangeDeskContract
{
    protected override Task<TempRecord> StartAsync() => TempRecord.OnPostgresAsync();
}

public sealed class PostgresPolicyEqualityTests(ITestOutputHelper output) : PolicyEqualityContract(output)
{
    // The forms beside SQL are the same as on SQLite, which draws ten times as many.
    protected override int Worlds => 200;

    protected override Task<TempRecord> StartAsync(TimeProvider clock) => TempRecord.OnPostgresAsync(clock);
}

public sealed class PostgresRecordTests : RecordContract, IAsyncLifetime
{
    private ServiceProvider services = null!;

    protected override ITrials<TrialRecord> Trials => services.GetRequiredService<ITrials<TrialRecord>>();

    public async Task InitializeAsync()
        => services = PostgresServer.AddEngine(new ServiceCollection().AddSingleton(TimeProvider.System), await (await PostgresServer.SharedAsync()).DatabaseAsync()).BuildServiceProvider();

    public async Task DisposeAsync() => await services.DisposeAsync();
}

public sealed class PostgresDatabaseTests : DatabaseContract
{
    protected override Task<TempRecord> StartAsync() => TempRecord.OnPostgresAsync();
}

public sealed class PostgresRaceTests : RaceContract
{
    protected override Task<TempRecord> StartAsync(TimeProvider clock) => TempRecord.OnPostgresAsync(clock);
}
