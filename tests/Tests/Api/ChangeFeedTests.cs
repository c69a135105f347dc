using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Core.Changes;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Tests.Api;

/// <summary>What portals follow: changes(since), and partnership.activity.</summary>
public class ChangeFeedTests : IAsyncLifetime
{
    private const string Page = "query($since: String, $first: Int) { changes(since: $since, first: $first) { nodes { kind resourceId resource { title } school { name } partnership { name } } pageInfo { hasNextPage endCursor } } }";
    private const string Activity = "query($id: ID!) { partnership(id: $id) { activity { totalCount nodes { kind school { name } resource { title } } } } }";

    private HubApp hub = null!;
    private string giver = null!, taker = null!, pair = null!, takerKey = null!, elsewhereKey = null!;

    /// <summary>What the hub runs on; the embedded engines unless a derived class says otherwise.</summary>
    protected virtual Task<Dictionary<string, string?>> EnginesAsync() => Task.FromResult(new Dictionary<string, string?>());

    public async Task InitializeAsync()
    {
        hub = await HubApp.StartAsync(await EnginesAsync());
        giver = await hub.SchoolAsync("江北实验小学");
        taker = await hub.SchoolAsync("巴中第一小学");
        pair = await hub.PartnershipAsync("江北巴中结对", giver, taker);
        takerKey = await hub.KeyAsync(taker);
        elsewhereKey = await hub.KeyAsync(await hub.SchoolAsync("别处小学"));
    }

    public async Task DisposeAsync() => await hub.DisposeAsync();

    private async Task<JsonElement> PageAsync(string? key, string? since = null, int first = 100) => (await hub.QueryAsync(Page, new { since, first }, key)).GetProperty("changes");

    private async Task<(List<string> Said, string? End)> FollowAsync(string? key, string? since = null, int first = 100)
    {
        List<string> said = [];
        while (true)
        {
            var page = await PageAsync(key, since, first);
            said.AddRange(page.GetProperty("nodes").EnumerateArray().Select(n => $"{n.GetProperty("kind").GetString()} {Title(n) ?? n.GetProperty("resourceId").GetString()}"));
            since = page.GetProperty("pageInfo").GetProperty("endCursor").GetString();
            if (!page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean()) return (said, since);
        }
    }

    private static string? Title(JsonElement node) => node.GetProperty("resource") is { ValueKind: JsonValueKind.Object } resource ? resource.GetProperty("title").GetString() : null;

    private Task<JsonElement> ShareAsync(string id, string with)
        => hub.QueryAsync("mutation($id: ID!, $with: ID!) { shareResource(input: { resourceId: $id, partnershipIds: [$with] }) { errors { message } } }", new { id, with }, HubApp.AdminKey);

    private Task<JsonElement> RenameAsync(string id, string title)
        => hub.QueryAsync("mutation($id: ID!, $title: String) { updateResource(input: { resourceId: $id, title: $title }) { errors { message } } }", new { id, title }, HubApp.AdminKey);

    private Task<JsonElement> WithdrawAsync(string id) => hub.QueryAsync("mutation($id: ID!) { withdrawResource(input: { resourceId: $id }) { errors { message } } }", new { id }, HubApp.AdminKey);

    [Fact]
    public async Task A_portal_that_follows_the_feed_has_each_resource_once_as_it_is_now_and_then_only_what_is_new()
    {
        List<string> ids = [];
        for (var n = 0; n < 7; n++)
        {
            ids.Add(await hub.ResourceAsync(giver, $"教案{n}"));
            await hub.PublishAsync(ids[n]);
        }
        await hub.IdleAsync();
        await RenameAsync(ids[1], "教案1 改");
        var (all, end) = await FollowAsync(null, first: 3);
        Assert.Equal(["CHANGED 教案0", "CHANGED 教案2", "CHANGED 教案3", "CHANGED 教案4", "CHANGED 教案5", "CHANGED 教案6", "CHANGED 教案1 改"], all);
        var (none, same) = await FollowAsync(null, end);
        Assert.Empty(none);
        Assert.Equal(end, same);
        await WithdrawAsync(ids[3]);
        await hub.ResourceAsync(giver, "草稿");
        var (more, _) = await FollowAsync(null, end);
        Assert.Equal([$"WITHDRAWN {ids[3]}"], more);
        Assert.Equal(["CHANGED 教案3", "CREATED 草稿"], (await FollowAsync(await hub.KeyAsync(giver, "SCHOOL_ADMIN"))).Said[^2..]);
    }

    [Fact]
    public async Task A_partner_hears_once_that_what_it_saw_is_gone_and_nothing_of_what_becomes_of_it_later()
    {
        var id = await hub.ResourceAsync(giver, "共享教案");
        await ShareAsync(id, pair);
        var (seen, end) = await FollowAsync(takerKey);
        Assert.Equal(["CHANGED 共享教案"], seen);
        await WithdrawAsync(id);
        var gone = (await PageAsync(takerKey, end)).GetProperty("nodes");
        Assert.Equal($$"""[{"kind":"WITHDRAWN","resourceId":"{{id}}","resource":null,"school":null,"partnership":null}]""", gone.GetRawText());
        (_, end) = await FollowAsync(takerKey, end);
        await RenameAsync(id, "自己留着");
        await hub.PublishAsync(id, "SCHOOL");
        Assert.Empty((await FollowAsync(takerKey, end)).Said);
        await ShareAsync(id, pair);
        Assert.Equal(["CHANGED 自己留着"], (await FollowAsync(takerKey, end)).Said);
        Assert.Equal(["CHANGED 自己留着"], (await FollowAsync(takerKey)).Said);
    }

    [Fact]
    public async Task The_end_of_a_partnership_tells_its_members_what_they_lost_and_the_owner_nothing_new()
    {
        List<string> ids = [];
        for (var n = 0; n < 5; n++)
        {
            ids.Add(await hub.ResourceAsync(giver, $"教案{n}"));
            await ShareAsync(ids[n], pair);
        }
        await hub.PublishAsync(ids[0]);
        var (_, end) = await FollowAsync(takerKey);
        var giverKey = await hub.KeyAsync(giver);
        var (_, giverEnd) = await FollowAsync(giverKey);
        await EndAsync();
        Assert.Equal(ids.Skip(1).Select(id => $"WITHDRAWN {id}").Order(), (await FollowAsync(takerKey, end, first: 2)).Said.Order());
        Assert.Empty((await FollowAsync(giverKey, giverEnd)).Said);
        Assert.Equal(["CHANGED 教案0"], (await FollowAsync(elsewhereKey)).Said);
        // What happens after the end is not the former partners' to know.
        var (_, after) = await FollowAsync(takerKey);
        var told = await hub.QueryAsync(Activity, new { id = pair }, takerKey);
        await RenameAsync(ids[2], "以后");
        await WithdrawAsync(ids[3]);
        Assert.Empty((await FollowAsync(takerKey, after)).Said);
        Assert.Equal(told.GetRawText(), (await hub.QueryAsync(Activity, new { id = pair }, takerKey)).GetRawText());
    }

    private Task<JsonElement> EndAsync() => hub.QueryAsync("mutation($id: ID!, $on: Date!) { endPartnership(input: { partnershipId: $id, on: $on, reason: \"期满\" }) { errors { message } } }",
        new { id = pair, on = SchoolDay.Of(TimeProvider.System.GetUtcNow().UtcDateTime).ToString("yyyy-MM-dd") }, HubApp.AdminKey);

    [Fact]
    public async Task Nobody_else_gets_any_sign_of_it()
    {
        var before = await PageAsync(elsewhereKey);
        var id = await hub.ResourceAsync(giver, "共享教案");
        await ShareAsync(id, pair);
        await WithdrawAsync(id);
        await EndAsync();
        foreach (var key in (string?[])[elsewhereKey, null])
        {
            var page = await PageAsync(key);
            Assert.Equal("[]", page.GetProperty("nodes").GetRawText());
            Assert.False(page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean());
        }
        Assert.Equal("[]", before.GetProperty("nodes").GetRawText());
        Assert.Equal("""{"partnership":{"activity":{"totalCount":0,"nodes":[]}}}""", (await hub.QueryAsync(Activity, new { id = pair }, elsewhereKey)).GetRawText());
    }

    [Fact]
    public async Task A_cursor_is_good_for_its_reader_only_and_says_nothing()
    {
        await hub.PublishAsync(await hub.ResourceAsync(giver, "教案"));
        var (_, end) = await FollowAsync(takerKey);
        foreach (var (key, since) in new[] { (elsewhereKey, end), (null, end), (takerKey, "x"), (takerKey, end + "A") })
        {
            var answer = await hub.AskAsync(Page, new { since, first = 1 }, key);
            Assert.Equal("INVALID_CURSOR", answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        }
    }

    [Fact]
    public async Task Members_read_what_happened_in_their_partnership_newest_first()
    {
        var id = await hub.ResourceAsync(giver, "共享教案");
        await ShareAsync(id, pair);
        await RenameAsync(id, "共享教案二");
        await WithdrawAsync(id);
        var activity = (await hub.QueryAsync(Activity, new { id = pair }, takerKey)).GetProperty("partnership").GetProperty("activity");
        Assert.Equal(3, activity.GetProperty("totalCount").GetInt32());
        Assert.Equal(["WITHDRAWN", "CHANGED", "SHARED"], activity.GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("kind").GetString()));
        Assert.All(activity.GetProperty("nodes").EnumerateArray(), n => Assert.Null(Title(n)));
    }

    [Fact]
    public async Task Text_read_from_a_file_is_a_change_too()
    {
        var id = await hub.ResourceAsync(giver, "教案");
        await hub.PublishAsync(id);
        await hub.AttachAsync(id, "圆的面积"u8.ToArray(), "圆.txt");
        var databases = hub.Services.GetRequiredService<IDbContextFactory<HubDb>>();
        await hub.IdleAsync();
        await using var db = await databases.CreateDbContextAsync();
        var entry = await db.Changes.SingleAsync(c => c.PartnershipId == null);
        var resource = await db.Resources.SingleAsync();
        Assert.Equal(resource.UpdatedAt, entry.At);
    }

    [Fact]
    public async Task Little_that_is_open_among_much_that_is_not_is_found_by_bounded_pages()
    {
        var databases = hub.Services.GetRequiredService<IDbContextFactory<HubDb>>();
        var hidden = GlobalIdOf(await hub.ResourceAsync(giver, "草稿"));
        await using var db = await databases.CreateDbContextAsync();
        foreach (var many in (int[])[6_000, 4_000])
        {
            await db.Database.ExecuteSqlAsync($"""
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {many})
                INSERT INTO "Changes" ("Kind", "ResourceId", "At") SELECT 0, {hidden}, '2026-03-02 08:00:00' FROM n
                """);
            await hub.PublishAsync(await hub.ResourceAsync(giver, $"公开的教案，在 {many} 项之后"));
        }
        List<(int Entries, bool More)> pages = [];
        string? since = null;
        do
        {
            var page = await PageAsync(null, since);
            since = page.GetProperty("pageInfo").GetProperty("endCursor").GetString();
            pages.Add((page.GetProperty("nodes").GetArrayLength(), page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean()));
        }
        while (pages[^1].More);
        Assert.Equal([(0, true), (1, true), (1, false)], pages);
    }

    private static Guid GlobalIdOf(string id) => ResourceHub.Api.GraphQL.GlobalId.Parse(id)!.Value.Id;
}
