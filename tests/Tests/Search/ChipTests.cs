using System.Text.Json;

namespace ResourceHub.Tests.Search;

/// <summary>What is recognised in a query, at the hub's door.</summary>
public sealed class ChipTests(ChipTests.Hub hub) : IClassFixture<ChipTests.Hub>
{
    private const string Fields = "totalCount searchedText notice chips { field code label words mode } edges { node { title } } facets(names: [GRADE]) { values { code count } } pageInfo { hasNextPage endCursor }";

    [Theory]
    [InlineData("七上 人教 有理数 课件")]
    [InlineData("七上人教有理数课件")]
    [InlineData("初一上冊 人教版 有理数 PPT")]
    public async Task A_teacher_finds_first_what_is_filed_as_the_words_say(string typed)
    {
        var found = await AskAsync(typed);
        Assert.Equal("有理数 七上人教课件", Titles(found)[0]);
        Assert.Equal("有理数", found.GetProperty("searchedText").GetString());
        Assert.Equal(["GRADE", "VOLUME", "EDITION", "KIND"], found.GetProperty("chips").EnumerateArray().Select(c => c.GetProperty("field").GetString()));
        Assert.Equal(["七年级", "上册", "人教版", "课件"], found.GetProperty("chips").EnumerateArray().Select(c => c.GetProperty("label").GetString()));
        Assert.Equal(4, found.GetProperty("totalCount").GetInt32()); // nothing that has the words is lost
    }

    [Fact]
    public async Task A_chip_filters_and_one_that_leaves_nothing_is_said_and_undone()
    {
        var filtered = await AskAsync("七上 有理数", """[{ field: GRADE, code: "g7", mode: FILTER }]""");
        Assert.Equal(3, filtered.GetProperty("totalCount").GetInt32());
        Assert.Equal(JsonValueKind.Null, filtered.GetProperty("notice").ValueKind);
        // The facet ignores the chip of its own field, as it ignores a filter.
        Assert.Equal(["g7", "g8"], filtered.GetProperty("facets")[0].GetProperty("values").EnumerateArray().Select(v => v.GetProperty("code").GetString()));

        var nothing = await AskAsync("高三 有理数", """[{ field: GRADE, code: "g12", mode: FILTER }]""");
        Assert.Equal("FILTERS_LEFT_NOTHING", nothing.GetProperty("notice").GetString());
        Assert.Equal(4, nothing.GetProperty("totalCount").GetInt32());
        Assert.Equal("BOOST", nothing.GetProperty("chips")[0].GetProperty("mode").GetString());
    }

    [Fact]
    public async Task A_chip_that_is_off_is_words_again_and_all_of_them_can_be()
    {
        var off = await AskAsync("课件 有理数", """[{ field: KIND, code: "slides", mode: OFF }]""");
        Assert.Empty(off.GetProperty("chips").EnumerateArray());
        Assert.Equal("课件 有理数", off.GetProperty("searchedText").GetString());
        var plain = (await hub.App.QueryAsync($"{{ search(text: \"课件 有理数\", understand: false) {{ {Fields} }} }}")).GetProperty("search");
        Assert.Equal(off.GetRawText().Length, plain.GetRawText().Length);
    }

    [Fact]
    public async Task Chips_alone_list_what_is_filed_so_and_what_says_so()
    {
        var found = await AskAsync("七上 人教 课件");
        Assert.Equal(JsonValueKind.Null, found.GetProperty("searchedText").ValueKind);
        Assert.Equal("有理数 七上人教课件", Titles(found)[0]);
        Assert.DoesNotContain("静夜思", Titles(found));
    }

    [Fact]
    public async Task Words_that_nothing_has_leave_what_the_chips_find_and_say_so()
    {
        var found = await AskAsync("七年级 魑魅魍魉");
        Assert.Equal("REST_FOUND_NOTHING", found.GetProperty("notice").GetString());
        Assert.All(Titles(found).Take(3), t => Assert.Contains("七", t, StringComparison.Ordinal));
        Assert.Equal("REST_FOUND_NOTHING", (await AskAsync("七上 魑魅魍魉")).GetProperty("notice").GetString());
        Assert.Equal(0, (await AskAsync("魑魅魍魉")).GetProperty("totalCount").GetInt32());
    }

    [Fact]
    public async Task A_filter_holds_where_only_the_rest_of_the_words_is_unknown()
    {
        var found = await AskAsync("七上 课件 魑魅魍魉", """[{ field: KIND, code: "slides", mode: FILTER }]""");
        Assert.Equal("REST_FOUND_NOTHING", found.GetProperty("notice").GetString());
        Assert.Equal(["BOOST", "BOOST", "FILTER"], found.GetProperty("chips").EnumerateArray().Select(c => c.GetProperty("mode").GetString()));
        Assert.All(Titles(found), t => Assert.EndsWith("课件", t, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_school_is_recognised_by_its_name_and_filters_by_its_id()
    {
        var found = await AskAsync("新村实验小学 静夜思");
        var chip = found.GetProperty("chips")[0];
        Assert.Equal(("SCHOOL", hub.Other, "新村实验小学"), (chip.GetProperty("field").GetString(), chip.GetProperty("code").GetString(), chip.GetProperty("label").GetString()));
        var filtered = await AskAsync("新村实验小学 静夜思", $$"""[{ field: SCHOOL, code: "{{hub.Other}}", mode: FILTER }]""");
        Assert.Equal(["静夜思 新村"], Titles(filtered));
    }

    [Fact]
    public async Task A_condition_that_was_chosen_beside_the_words_is_the_one_that_filters()
    {
        var found = (await hub.App.QueryAsync($$"""{ search(text: "七年级 有理数", filter: { grade: ["g8"] }, chips: [{ field: GRADE, code: "g7", mode: FILTER }]) { {{Fields}} } }""")).GetProperty("search");
        Assert.Equal(["有理数 八上北师教案"], Titles(found));
    }

    [Fact]
    public async Task Pages_go_on_in_the_way_that_found_something()
    {
        foreach (var (typed, chips) in ((string, string)[])[("七上 有理数", "[]"), ("高三 有理数", """[{ field: GRADE, code: "g12", mode: FILTER }]"""), ("七年级 魑魅魍魉", "[]"), ("七上 课件", "[]")])
        {
            List<string> titles = [];
            string? after = null;
            do
            {
                var page = await AskAsync(typed, chips, $", first: 1, after: {JsonSerializer.Serialize(after)}");
                titles.AddRange(Titles(page));
                after = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean() ? page.GetProperty("pageInfo").GetProperty("endCursor").GetString() : null;
            }
            while (after is not null);
            Assert.Equal(Titles(await AskAsync(typed, chips)), titles);
        }
    }

    [Fact]
    public async Task A_cursor_fits_the_chips_it_was_given_for_and_no_others()
    {
        var after = (await AskAsync("七上 有理数", "[]", ", first: 1")).GetProperty("pageInfo").GetProperty("endCursor").GetString();
        var answer = await hub.App.AskAsync($$"""query($after: String) { search(text: "七上 有理数", first: 1, after: $after, chips: [{ field: GRADE, code: "g7", mode: OFF }, { field: VOLUME, code: "upper", mode: OFF }]) { totalCount } }""", new { after });
        Assert.Equal("INVALID_CURSOR", answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
    }

    private async Task<JsonElement> AskAsync(string text, string chips = "[]", string more = "")
        => (await hub.App.QueryAsync($"query($text: String) {{ search(text: $text, chips: {chips}{more}) {{ {Fields} }} }}", new { text })).GetProperty("search");

    private static List<string> Titles(JsonElement found) => [.. found.GetProperty("edges").EnumerateArray().Select(e => e.GetProperty("node").GetProperty("title").GetString()!)];

    public sealed class Hub : IAsyncLifetime
    {
        public HubApp App { get; private set; } = null!;
        public string Other { get; private set; } = "";

        public async Task InitializeAsync()
        {
            App = await HubApp.StartAsync();
            var school = await App.SchoolAsync("第一中学");
            Other = await App.SchoolAsync("新村实验小学");
            await AddAsync(school, "有理数 八上北师教案", "lesson-plan", "g8", "bnu", "upper");
            await AddAsync(school, "有理数 七下人教课件", "slides", "g7", "pep", "lower");
            await AddAsync(school, "有理数 七上苏教试卷", "exam", "g7", "sujiao", "upper");
            await AddAsync(school, "有理数 七上人教课件", "slides", "g7", "pep", "upper");
            await AddAsync(school, "静夜思", "lesson-plan", "g1", "unified", "lower");
            await AddAsync(Other, "静夜思 新村", "lesson-plan", "g1", "unified", "lower");
            await App.IdleAsync();
        }

        public async Task DisposeAsync() => await App.DisposeAsync();

        private async Task AddAsync(string schoolId, string title, string kind, string grade, string edition, string volume)
        {
            var made = await App.QueryAsync(
                """
                mutation($input: CreateResourceInput!) { createResource(input: $input) { resource { id } errors { message } } }
                """,
                new { input = new { schoolId, title, kind, licence = "cc-by", stage = grade == "g1" ? "primary" : "junior", grades = new[] { grade }, subject = grade == "g1" ? "chinese" : "mathematics", edition, volume } }, HubApp.AdminKey);
            await App.PublishAsync(made.GetProperty("createResource").GetProperty("resource").GetProperty("id").GetString()!);
        }
    }
}
