using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.People;

namespace ResourceHub.Tests.Api;

/// <summary>Rows of resources are kept in memory between requests; nobody may ever notice.</summary>
public sealed class KeptRowTests : IAsyncLifetime
{
    private static readonly string Id = FixedWorld.Global("Resource", 100);

    private HubApp hub = null!;
    private FixedWorld world = null!;

    public async Task InitializeAsync()
    {
        hub = await HubApp.StartAsync();
        world = new FixedWorld(hub);
        await world.FillAsync(resources: 2);
    }

    public async Task DisposeAsync() => await hub.DisposeAsync();

    private async Task<JsonElement> LookAsync(string id, string? key = null)
        => (await hub.QueryAsync("query($id: ID!) { resource(id: $id) { title downloads related { title } } }", new { id }, key)).GetProperty("resource");

    [Fact]
    public async Task A_change_shows_in_the_next_answer_and_so_does_a_download()
    {
        Assert.Equal("分数的通分 1", (await LookAsync(Id)).GetProperty("title").GetString());
        await hub.QueryAsync("mutation($id: ID!) { updateResource(input: { resourceId: $id, title: \"约分\" }) { errors { code } } }", new { id = Id }, HubApp.AdminKey);
        Assert.Equal("约分", (await LookAsync(Id)).GetProperty("title").GetString());
        Assert.Equal("约分", (await LookAsync(FixedWorld.Global("Resource", 101))).GetProperty("related")[0].GetProperty("title").GetString());
        await using (var db = await world.DbAsync()) await db.Resources.ExecuteUpdateAsync(set => set.SetProperty(r => r.Downloads, 7));
        Assert.Equal(7, (await LookAsync(Id)).GetProperty("downloads").GetInt64());
    }

    [Fact]
    public async Task What_is_withdrawn_is_gone_for_others_at_once_though_its_owner_has_just_read_it()
    {
        var owner = await world.KeyAsync(FixedWorld.Owner, Role.SchoolAdmin);
        await LookAsync(Id);
        await hub.QueryAsync("mutation($id: ID!) { withdrawResource(input: { resourceId: $id }) { errors { code } } }", new { id = Id }, HubApp.AdminKey);
        Assert.Equal("分数的通分 1", (await LookAsync(Id, owner)).GetProperty("title").GetString());
        Assert.Equal(JsonValueKind.Null, (await LookAsync(Id)).ValueKind);
        Assert.Empty((await LookAsync(FixedWorld.Global("Resource", 101))).GetProperty("related").EnumerateArray());
    }
}
