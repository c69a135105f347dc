using ResourceHub.Tests.Api;
using ResourceHub.Tests.Journeys;
using ResourceHub.Tests.Sharing;

namespace ResourceHub.Tests.Engines.Postgres;

// A handful of the ways through the hub once more, with the record on PostgreSQL.
public sealed class SchoolSharesPlanOnPostgresTests : SchoolSharesPlanTests
{
    protected override async Task<Dictionary<string, string?>> EnginesAsync() => await (await PostgresServer.SharedAsync()).HubAsync();
}

public sealed class RevocationOnPostgresTests : RevocationTests
{
    protected override async Task<Dictionary<string, string?>> EnginesAsync() => await (await PostgresServer.SharedAsync()).HubAsync();
}

public sealed class ChangeFeedOnPostgresTests : ChangeFeedTests
{
    protected override async Task<Dictionary<string, string?>> EnginesAsync() => await (await PostgresServer.SharedAsync()).HubAsync();
}

public sealed class SubscriptionOnPostgresTests : SubscriptionTests
{
    protected override async Task<Dictionary<string, string?>> EnginesAsync() => await (await PostgresServer.SharedAsync()).HubAsync();
}
