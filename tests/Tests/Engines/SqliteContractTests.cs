using ResourceHub.Tests.Contracts;
using Xunit.Abstractions;

namespace ResourceHub.Tests.Engines;

public sealed class SqliteJobQueueTests : JobQueueContract
{
    protected override Task<TempRecord> StartAsync(TimeProvider clock) => TempRecord.StartAsync(clock);
}

public sealed class SqliteChangeDeskTests : ChangeDeskContract
{
    protected override Task<TempRecord> StartAsync() => TempRecord.StartAsync();
}

public sealed class SqlitePolicyEqualityTests(ITestOutputHelper output) : PolicyEqualityContract(output)
{
    protected override Task<TempRecord> StartAsync(TimeProvider clock) => TempRecord.StartAsync(clock);
}

public sealed class SqliteDatabaseTests : DatabaseContract
{
    protected override Task<TempRecord> StartAsync() => TempRecord.StartAsync();
}

public sealed class SqliteRaceTests : RaceContract
{
    protected override Task<TempRecord> StartAsync(TimeProvider clock) => TempRecord.StartAsync(clock);
}
