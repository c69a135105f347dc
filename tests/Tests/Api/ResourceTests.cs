using System.Text.Json;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using Snapshooter.Xunit;

namespace ResourceHub.Tests.Api;

/// <summary>What a portal reads of resources, schools and partnerships, and what it never reads.</summary>
public sealed class ResourceTests : IAsyncLifetime
{
    private static readonly string First = FixedWorld.Global("Resource", 100);

    private HubApp hub = null!;
    private FixedWorld world = null!;

    public async Task InitializeAsync()
    {
        hub = await HubApp.StartAsync();
        world = new FixedWorld(hub);
        await world.FillAsync(resources: 3);
    }

    public async Task DisposeAsync() => await hub.DisposeAsync();

    private static string Pretty(JsonElement answer) => JsonSerializer.Serialize(answer, Indented);

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task A_resource_is_answered_with_all_that_belongs_to_it()
        => Pretty(await hub.QueryAsync(
            """
            query($id: ID!) { resource(id: $id) {
              __typename id title description kind { code label label_en: label(lang: "en") } stage { label } grades { code label } subject { code label } edition { label } volume { label }
              chapter language licence { code label mayAdapt mayPassOn } keywords contributors { name role } school { id name } state visibility sharedWith { name } version downloads createdAt updatedAt publishedAt
              versions { totalCount edges { cursor node { number at what } } pageInfo { hasNextPage endCursor } }
              files { id name mediaType size sha256 addedIn addedAt downloadUrl thumbnailUrl
                extraction { state reason title authors slideCount warnings hasMacros chapters { start } suggestions { field }
                  sections(first: 1) { totalCount edges { cursor node { kind title text hidden location { page slide second sheet } } } pageInfo { hasNextPage } } } }
              related(first: 2) { title } } }
            """, new { id = First })).MatchSnapshot();

    [Fact]
    public async Task Schools_partnerships_and_who_asks_are_answered_as_each_may_know_them()
    {
        const string query =
            """
            { viewer { isSignedIn name role school { name } partnerships { name } }
              schools(text: "四川", first: 1) { totalCount nodes { id name city stages { label } editions { subject { label } edition { label } } } pageInfo { hasNextPage } }
              partnerships(kind: PAIR) { totalCount edges { node { id kind name from until state agreementTitle agreementDate members { leads school { name } } } } } }
            """;
        Pretty(await hub.QueryAsync(query)).MatchSnapshot("Schools_and_partnerships_as_nobody_knows_them");
        Pretty(await hub.QueryAsync(query, key: await world.KeyAsync(FixedWorld.Partner))).MatchSnapshot("Schools_and_partnerships_as_a_member_knows_them");
    }

    [Fact]
    public async Task What_is_private_a_draft_or_for_partners_shows_in_no_way_to_others()
    {
        await using (var db = await world.DbAsync())
        {
            FixedWorld.Add(db, 200, "私人", Visibility.Private);
            FixedWorld.Add(db, 201, "草稿", Visibility.Public, published: false);
            FixedWorld.Add(db, 202, "结对", Visibility.Partners);
            FixedWorld.Add(db, 203, "本校", Visibility.School);
            await db.SaveChangesAsync();
        }
        var hidden = Enumerable.Range(200, 4).SelectMany(n => new[] { FixedWorld.Global("Resource", n), FixedWorld.Global("ResourceFile", n + 1000) }).ToArray();
        var stranger = await world.KeyAsync(FixedWorld.Stranger, Role.SchoolAdmin);
        foreach (var key in new[] { null, stranger })
        {
            var nodes = await hub.QueryAsync("query($ids: [ID!]!) { nodes(ids: $ids) { __typename } }", new { ids = hidden }, key);
            Assert.All(nodes.GetProperty("nodes").EnumerateArray(), n => Assert.Equal(JsonValueKind.Null, n.ValueKind));
            foreach (var id in hidden.Where(id => id.StartsWith(FixedWorld.Global("Resource", 0)[..12], StringComparison.Ordinal)))
            {
                var absent = await hub.AskAsync("query($id: ID!) { node(id: $id) { id } }", new { id = FixedWorld.Global("Resource", 999) }, key);
                Assert.Equal(absent.ToString(), (await hub.AskAsync("query($id: ID!) { node(id: $id) { id } }", new { id }, key)).ToString());
            }
            var related = await hub.QueryAsync("query($id: ID!) { resource(id: $id) { related(first: 10) { title } } }", new { id = First }, key);
            Assert.Equal(["分数的通分 2", "分数的通分 3"], related.GetProperty("resource").GetProperty("related").EnumerateArray().Select(r => r.GetProperty("title").GetString()).Order());
        }
        var partner = await hub.QueryAsync("query($id: ID!) { resource(id: $id) { title sharedWith { name } } }", new { id = FixedWorld.Global("Resource", 202) }, await world.KeyAsync(FixedWorld.Partner));
        Assert.Equal("""{"title":"结对","sharedWith":[{"name":"互动发展协议"}]}""", partner.GetProperty("resource").ToString());
    }

    [Fact]
    public async Task Hidden_slides_and_what_a_file_suggests_are_the_owner_schools_alone()
    {
        const string query =
            """
            query($id: ID!) { resource(id: $id) { files { extraction { suggestions { value }
              passage(slide: 2) { sections { section { text } } } third: passage(slide: 3) { before { slide } next { slide } }
              sections { totalCount nodes { location { slide } } } } } } }
            """;
        async Task<string> ReadAsync(string? key) => (await hub.QueryAsync(query, new { id = First }, key)).GetProperty("resource").GetProperty("files")[0].GetProperty("extraction").ToString();
        Assert.Equal(
            """{"suggestions":[],"passage":null,"third":{"before":{"slide":1},"next":null},"sections":{"totalCount":2,"nodes":[{"location":{"slide":1}},{"location":{"slide":3}}]}}""",
            await ReadAsync(await world.KeyAsync(FixedWorld.Partner)));
        Assert.Equal(
            """{"suggestions":[{"value":"g5"}],"passage":{"sections":[{"section":{"text":"备用：答案"}}]},"third":{"before":{"slide":2},"next":null},"sections":{"totalCount":3,"nodes":[{"location":{"slide":1}},{"location":{"slide":2}},{"location":{"slide":3}}]}}""",
            await ReadAsync(await world.KeyAsync(FixedWorld.Owner)));
    }

    [Fact]
    public async Task A_file_that_was_taken_out_stays_its_schools_own()
    {
        await using (var db = await world.DbAsync())
        {
            (await db.Files.FindAsync(FixedWorld.Id(1100)))!.RemovedIn = 2;
            await db.SaveChangesAsync();
        }
        const string query = "query($id: ID!) { node(id: $id) { ... on ResourceFile { name } } }";
        var file = new { id = FixedWorld.Global("ResourceFile", 1100) };
        Assert.Equal("""{"node":null}""", (await hub.QueryAsync(query, file)).ToString());
        Assert.Equal("""{"node":{"name":"通分.pptx"}}""", (await hub.QueryAsync(query, file, await world.KeyAsync(FixedWorld.Owner))).ToString());
    }

    [Theory]
    [InlineData("{ schools(after: \"x!\") { nodes { id } } }")]
    [InlineData("{ schools(after: \"UGFydG5lcnNoaXA6MDE5OTAwMDAwMDAwNzAwMDgwMDAwMDAwMDAwMDAwMGE\") { nodes { id } } }")]
    [InlineData("{ partnerships(after: \"UGFydG5lcnNoaXA6eA\") { nodes { id } } }")]
    [InlineData("{ search(after: \"x\") { edges { cursor } } }")]
    public async Task A_cursor_of_another_list_or_none_is_told_so(string query)
    {
        var answer = await hub.AskAsync(query);
        Assert.Equal("INVALID_CURSOR", answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Pages_follow_one_another_without_gaps_or_repeats()
    {
        List<string> names = [];
        string? after = null;
        do
        {
            var page = (await hub.QueryAsync("query($a: String) { schools(first: 1, after: $a) { nodes { name } pageInfo { hasNextPage hasPreviousPage endCursor } } }", new { a = after })).GetProperty("schools");
            Assert.Equal(after is not null, page.GetProperty("pageInfo").GetProperty("hasPreviousPage").GetBoolean());
            names.Add(page.GetProperty("nodes")[0].GetProperty("name").GetString()!);
            after = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean() ? page.GetProperty("pageInfo").GetProperty("endCursor").GetString() : null;
        }
        while (after is not null && names.Count < 10);
        Assert.Equal(["德阳二中", "成都市泡桐树小学", "重庆市江北区新村实验小学"], names);
    }
}
