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
