using ResourceHub.Host.Demo;

namespace ResourceHub.Tests.Demo;

/// <summary>One hub filled with the demonstration, shared by the tests that only look at it or add to it.</summary>
public sealed class SeededHub : IAsyncLifetime
{
    private HubApp? hub;
    private DemoKeys? keys;
    private DemoReport? report;

    public HubApp Hub => hub!;
    public DemoKeys Keys => keys!;
    public DemoReport Report => report!;

    /// <summary>The printed key of a person of a school.</summary>
    public string KeyOf(string school, string role = "TEACHER") => Keys.All.Single(k => k.School == school && k.Role == role).Secret;

    public async Task InitializeAsync()
    {
        hub = await HubApp.StartAsync();
        keys = await DemoKeys.OpenAsync(hub.Data, HubApp.AdminKey, default);
        using var client = hub.Client();
        report = await DemoSeed.RunAsync(client, keys, await DemoAccounts.OpenAsync(hub.Data, default), default);
    }

    public async Task DisposeAsync() => await Hub.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class SeededHubCollection : ICollectionFixture<SeededHub>
{
    public const string Name = "seeded hub";
}
