using System.Text.Json;

namespace ResourceHub.Tests.Lessons;

/// <summary>Collections: for a purpose, of resources and lessons, each shown to whom it is open.</summary>
public sealed class CollectionTests(LessonWorld world) : IClassFixture<LessonWorld>
{
    private const string Items = "items { totalCount nodes { position note resource { title } lesson { title } } } itemsNotShared";

    [Fact]
    public async Task A_collection_holds_resources_and_lessons_of_any_school_in_order_with_notes()
    {
        var partners = await world.ResourceAsync("获奖课件", school: world.Circle.Taker);
        var lesson = await world.LessonAsync("获奖课例");
        var inside = await world.ResourceAsync("校内材料", "SCHOOL");
        var made = (await world.Circle.ChangeAsync("createCollection", new
        {
            schoolId = world.Circle.Giver,
            title = "优质课大赛获奖课例",
            purpose = "PRIZE_LESSONS",
            items = new object[] { new { lessonId = lesson, note = "一等奖" }, new { resourceId = inside }, new { resourceId = partners } },
        }, world.Circle.Author, $"collection {{ id purpose {Items} }}")).GetProperty("collection");
        Assert.Equal("PRIZE_LESSONS", made.GetProperty("purpose").GetString());
        Assert.Equal(["获奖课例", "校内材料", "获奖课件"], Told(made));
        Assert.Equal("一等奖", made.GetProperty("items").GetProperty("nodes")[0].GetProperty("note").GetString());
        var id = made.GetProperty("id").GetString()!;
        await world.Circle.ChangeAsync("publishCollection", new { collectionId = id, visibility = "PUBLIC" }, HubApp.AdminKey);
        var open = await SeeAsync(id, null);
        Assert.Equal(["获奖课件"], Told(open));
        Assert.Equal(2, open.GetProperty("itemsNotShared").GetInt32());
        var found = (await world.Hub.QueryAsync("{ collections(filter: { purpose: [PRIZE_LESSONS] }) { totalCount nodes { id } } }")).GetProperty("collections");
        Assert.Contains(id, found.GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Items_are_one_thing_each_that_the_editor_sees_and_stand_there_once()
    {
        var (mine, hidden) = (await world.ResourceAsync("我的"), await world.ResourceAsync("别校内部", "SCHOOL", school: world.Circle.Elsewhere));
        var lesson = await world.LessonAsync("一课");
        var id = (await world.Circle.ChangeAsync("createCollection", new { schoolId = world.Circle.Giver, title = "专辑" }, world.Circle.Author, "collection { id }")).GetProperty("collection").GetProperty("id").GetString();
        var items = new object[] { new { note = "空的" }, new { resourceId = hidden }, new { resourceId = mine, lessonId = lesson }, new { resourceId = mine }, new { resourceId = mine } };
        Assert.Equal(["REQUIRED(items,0)", "NOT_FOUND(items,1,resourceId)", "REQUIRED(items,2)", "ALREADY_EXISTS(items,4)"], await world.Circle.RefusedAsync("setCollectionItems", new { collectionId = id, items }, world.Circle.Author));
        Assert.Equal(["NOT_FOUND(collectionId)"], await world.Circle.RefusedAsync("setCollectionItems", new { collectionId = id, items = Array.Empty<object>() }, world.Circle.Outsider));
    }

    private async Task<JsonElement> SeeAsync(string id, string? key) => (await world.Hub.QueryAsync($"query($id: ID!) {{ collection(id: $id) {{ {Items} }} }}", new { id }, key)).GetProperty("collection");

    private static string[] Told(JsonElement collection)
        => [.. collection.GetProperty("items").GetProperty("nodes").EnumerateArray().Select(i => (i.GetProperty("resource") is { ValueKind: JsonValueKind.Object } r ? r : i.GetProperty("lesson")).GetProperty("title").GetString()!)];
}
