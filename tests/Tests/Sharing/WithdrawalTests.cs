using System.Net;
using System.Text.Json;

namespace ResourceHub.Tests.Sharing;

public sealed class WithdrawalTests(SharingWorld world) : IClassFixture<SharingWorld>
{
    [Fact]
    public async Task What_is_withdrawn_or_deleted_is_gone_from_every_door_at_the_next_request_and_the_deleted_also_for_the_owner()
    {
        foreach (var (mutation, title) in new[] { ("withdrawResource", "蟋蟀鸣唱"), ("deleteResource", "梧桐落叶") })
        {
            var id = await world.ReviewedAsync(title, new { visibility = "PUBLIC" });
            await world.Hub.IdleAsync();
            var file = (await world.SeeAsync(id, "files { id downloadUrl }", null)).GetProperty("files")[0];
            Assert.Equal(1, (await world.SearchAsync(title, null)).Total);
            await world.ChangeAsync(mutation, new { resourceId = id }, world.Admin);
            List<string?> gone = [null, world.TakerTeacher, world.Outsider, world.Colleague];
            if (mutation == "deleteResource") gone.AddRange([world.Author, world.Admin, HubApp.AdminKey]);
            foreach (var key in gone)
            {
                Assert.Equal("""{"resource":null,"node":null,"nodes":[null]}""", (await world.Hub.QueryAsync(
                    "query($id: ID!, $file: ID!) { resource(id: $id) { title } node(id: $file) { id } nodes(ids: [$id]) { id } }", new { id, file = file.GetProperty("id").GetString() }, key)).GetRawText());
                Assert.Equal((0, []), await world.SearchAsync(title, key));
                Assert.Equal(await StatusAsync("/files/" + new string('0', 32), key), await StatusAsync(file.GetProperty("downloadUrl").GetString()!, key));
                Assert.Equal(HttpStatusCode.NotFound, (await StatusAsync(file.GetProperty("downloadUrl").GetString()!, key)).Status);
            }
            Assert.Contains(mutation == "deleteResource" ? "deleted" : "withdrawn", await world.AuditAsync(id));
        }
    }

    private async Task<(HttpStatusCode Status, string Body)> StatusAsync(string address, string? key)
    {
        using var client = world.Hub.Client(key);
        using var answer = await client.GetAsync(address);
        return (answer.StatusCode, (await answer.Content.ReadAsStringAsync()).WithoutRequestNumber());
    }

    [Fact]
    public async Task A_withdrawn_resource_is_made_a_draft_and_reviewed_again()
    {
        var id = await world.ReviewedAsync("撤回再发", world.Partners);
        Assert.Equal(["INVALID_STATE"], await world.RefusedAsync("restoreResource", new { resourceId = id }, world.Author));
        await world.ChangeAsync("withdrawResource", new { resourceId = id }, world.Author);
        await world.ChangeAsync("withdrawResource", new { resourceId = id }, world.Author);
        Assert.Equal(["INVALID_STATE"], await world.RefusedAsync("submitForReview", new { resourceId = id }, world.Author));
        Assert.Equal(["REVIEW_REQUIRED"], await world.RefusedAsync("shareResource", new { resourceId = id, partnershipIds = new[] { world.Agreement } }, world.Author));
        await world.ChangeAsync("restoreResource", new { resourceId = id }, world.Author);
        Assert.Equal("DRAFT", (await world.SeeAsync(id, "state", world.Author)).GetProperty("state").GetString());
        await world.ApproveAsync(id);
        Assert.False(await world.IsSeenAsync(id, world.TakerTeacher));
        Assert.True(await world.IsSeenAsync(id, world.Colleague));
        Assert.Equal(["submitted", "approved", "withdrawn", "restored", "submitted", "approved"], await world.AuditAsync(id));
    }

    [Fact]
    public async Task Its_author_deletes_what_was_never_published_and_admins_what_was()
    {
        var draft = await world.DraftAsync("从未发布");
        await world.ChangeAsync("submitForReview", new { resourceId = draft }, world.Author);
        Assert.Equal(draft, (await world.ChangeAsync("deleteResource", new { resourceId = draft }, world.Author, "resourceId")).GetProperty("resourceId").GetString());
        Assert.DoesNotContain("从未发布", (await world.Hub.QueryAsync("{ reviewQueue(first: 100) { nodes { resource { title } } } }", null, world.Admin)).GetRawText());
        var published = await world.ReviewedAsync("发布过");
        Assert.Equal(["FORBIDDEN"], await world.RefusedAsync("deleteResource", new { resourceId = published }, world.Author));
        await world.ChangeAsync("deleteResource", new { resourceId = published }, world.Admin);
        Assert.Equal(["NOT_FOUND(resourceId)"], await world.RefusedAsync("deleteResource", new { resourceId = published }, world.Admin));
        Assert.Equal(["NOT_FOUND(resourceId)"], await world.RefusedAsync("restoreResource", new { resourceId = published }, world.Admin));
    }

    [Fact]
    public async Task What_is_not_published_is_not_withdrawn()
    {
        var draft = await world.DraftAsync("草稿不撤");
        Assert.Equal(["INVALID_STATE"], await world.RefusedAsync("withdrawResource", new { resourceId = draft }, world.Author));
    }

    [Fact]
    public async Task Who_could_see_it_hears_that_it_is_gone_and_nobody_else_hears_anything()
    {
        var id = await world.ReviewedAsync("听说没了", world.Partners);
        var before = await FollowAsync(world.Outsider, null);
        await world.ChangeAsync("deleteResource", new { resourceId = id }, world.Admin);
        var told = (await FollowAsync(world.TakerTeacher, null)).GetProperty("nodes").EnumerateArray().Single(n => n.GetProperty("resourceId").GetString() == id);
        Assert.Equal("WITHDRAWN", told.GetProperty("kind").GetString());
        Assert.DoesNotContain(id, (await FollowAsync(world.Outsider, null)).GetRawText());
        Assert.Equal(before.GetProperty("nodes").GetArrayLength(), (await FollowAsync(world.Outsider, null)).GetProperty("nodes").GetArrayLength());
    }

    private async Task<JsonElement> FollowAsync(string? key, string? since) => (await world.Hub.QueryAsync("query($since: String) { changes(since: $since) { nodes { kind resourceId } } }", new { since }, key)).GetProperty("changes");
}
