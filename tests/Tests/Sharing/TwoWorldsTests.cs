using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;
using Xunit.Abstractions;

namespace ResourceHub.Tests.Sharing;

/// <summary>
/// Whatever an outsider asks, the answer is the same whether the hidden resources exist or not. Only the order by relevance may differ, because how rare a
/// word is depends on all texts: there the answers are compared as sets. Cursors are enciphered places and are compared by what they lead to.
/// </summary>
public sealed class TwoWorldsTests(TwinWorlds worlds, ITestOutputHelper output) : IClassFixture<TwinWorlds>
{
    private const string Fields = "id title downloads related(first: 4) { id title } school { name } files { id name }";
    private readonly TwinWorld with = worlds.With, without = worlds.Without;

    internal sealed record Question(string Query, object? Variables = null, bool IsRanked = false);

    [Fact]
    public async Task What_is_hidden_is_there_and_found_by_whom_it_is_open_to()
    {
        const string query = "{ search(text: \"zqsecretum\") { totalCount } }";
        Assert.Equal(0, (await without.Hub.QueryAsync(query, key: HubApp.AdminKey)).GetProperty("search").GetProperty("totalCount").GetInt32());
        Assert.InRange((await with.Hub.QueryAsync(query, key: HubApp.AdminKey)).GetProperty("search").GetProperty("totalCount").GetInt32(), 5, TwinWorld.Hidden);
        Assert.InRange((await with.Hub.QueryAsync(query, key: with.Insider)).GetProperty("search").GetProperty("totalCount").GetInt32(), 1, 4);
    }

    [Fact]
    public async Task An_outsiders_answers_are_the_same_with_and_without_what_is_hidden()
    {
        List<string> wrong = [];
        var asked = 0;
        foreach (var question in Questions().Concat(TwinLessons.Questions()))
            foreach (var isSignedIn in (bool[])[false, true])
            {
                asked++;
                var here = await AskAsync(with, question, isSignedIn);
                var there = await AskAsync(without, question, isSignedIn);
                if (here != there) wrong.Add($"{question.Query} {JsonSerializer.Serialize(question.Variables)}\n  with    {here}\n  without {there}");
            }
        output.WriteLine($"{asked} questions in two worlds");
        Assert.True(wrong.Count == 0, $"{wrong.Count} wrong:\n{string.Join('\n', wrong.Take(10))}");
        Assert.True(asked >= 300);
    }

    [Fact]
    public async Task Hidden_lessons_courses_and_collections_are_there_and_zips_tell_an_outsider_nothing_of_them()
    {
        const string query = "{ lessons(first: 100) { totalCount } courses { totalCount } collections { totalCount } }";
        Assert.NotEqual((await without.Hub.QueryAsync(query, key: HubApp.AdminKey)).GetRawText(), (await with.Hub.QueryAsync(query, key: HubApp.AdminKey)).GetRawText());
        Assert.NotEqual((await without.Hub.QueryAsync(query, key: without.Insider)).GetRawText(), (await with.Hub.QueryAsync(query, key: with.Insider)).GetRawText());
        foreach (var address in TwinLessons.Zips())
            foreach (var isSignedIn in (bool[])[false, true])
                Assert.Equal(await ZipAsync(without, address, isSignedIn), await ZipAsync(with, address, isSignedIn));
    }

    [Theory]
    [InlineData("juemijuan", "绝蜜卷")]
    [InlineData("jmj", "密绝卷")]
    [InlineData("绝mi卷", "绝密倦")]
    public async Task What_is_hidden_is_suggested_read_from_pinyin_and_spelt_right_for_whom_it_is_open_to_alone(string pinyin, string misspelt)
    {
        const string query = "query($pinyin: String!, $misspelt: String!) { suggest(text: $pinyin) { text } read: search(text: $pinyin) { totalCount searchedText } spelt: search(text: $misspelt) { didYouMean } }";
        var admin = await with.Hub.QueryAsync(query, new { pinyin, misspelt }, HubApp.AdminKey);
        Assert.Contains("绝密卷", admin.GetProperty("suggest").EnumerateArray().Select(s => s.GetProperty("text").GetString()));
        Assert.Equal("绝密卷", admin.GetProperty("read").GetProperty("searchedText").GetString());
        Assert.Equal("绝密卷", admin.GetProperty("spelt").GetProperty("didYouMean").GetString());
        foreach (var key in (string?[])[null, with.Outsider])
        {
            var outsider = await with.Hub.QueryAsync(query, new { pinyin, misspelt }, key);
            Assert.Empty(outsider.GetProperty("suggest").EnumerateArray());
            Assert.Equal(0, outsider.GetProperty("read").GetProperty("totalCount").GetInt32());
            Assert.Equal(JsonValueKind.Null, outsider.GetProperty("spelt").GetProperty("didYouMean").ValueKind);
        }
    }

    [Theory]
    [InlineData("NEWEST")]
    [InlineData("TITLE")]
    [InlineData("MOST_USED")]
    [InlineData("RELEVANCE")]
    public async Task Pages_by_cursor_lead_over_the_same_resources(string sort)
    {
        foreach (var text in (string?[])[null, "教案", "圆的面积"])
        {
            var here = await WalkAsync(with, text, sort);
            var there = await WalkAsync(without, text, sort);
            Assert.NotEmpty(here);
            if (sort == "RELEVANCE" && text is not null) Assert.Equal(there.Order(), here.Order());
            else Assert.Equal(there, here);
        }
    }

    [Fact]
    public async Task The_feed_in_pages_is_the_same_and_says_nothing_of_the_rest()
    {
        foreach (var key in (Func<TwinWorld, string?>[])[_ => null, w => w.Outsider])
        {
            var here = await FollowAsync(with, key(with));
            Assert.NotEmpty(here);
            Assert.Equal(await FollowAsync(without, key(without)), here);
        }
    }

    [Fact]
    public async Task A_cursor_that_somebody_else_got_is_of_no_use()
    {
        const string search = "query($after: String) { search(text: \"圆的面积\", first: 2, after: $after) { pageInfo { endCursor } } }";
        const string changes = "query($after: String) { changes(since: $after, first: 2) { pageInfo { endCursor } } }";
        foreach (var query in (string[])[search, changes])
            foreach (var from in (string[])[HubApp.AdminKey, with.Insider])
            {
                var cursor = (await with.Hub.QueryAsync(query, key: from)).EnumerateObject().Single().Value.GetProperty("pageInfo").GetProperty("endCursor").GetString();
                foreach (var key in (string?[])[with.Outsider, null])
                {
                    var stolen = await with.Hub.AskAsync(query, new { after = cursor }, key);
                    var made = await with.Hub.AskAsync(query, new { after = new string('A', cursor!.Length) }, key);
                    Assert.Equal("INVALID_CURSOR", stolen.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
                    Assert.Equal(made.GetRawText().WithoutRequestNumber(), stolen.GetRawText().WithoutRequestNumber());
                }
            }
    }

    private static IEnumerable<Question> Questions()
    {
        string[] texts = [.. TwinWorld.Words, .. TwinWorld.SecretWords, .. TwinWorld.SecretWords.Select(w => w[..2]), "教案", "绝密卷 圆的面积", "\"镜湖岛\"", "-绝密卷", "zqsecretu", .. TwinWorld.Misspelt, "第一单元", "主校", "exam", "*", "圆*", ""];
        foreach (var text in texts)
        {
            yield return new($"query($text: String) {{ search(text: $text, first: 100) {{ totalCount didYouMean searchedText notice chips {{ field code mode }} edges {{ node {{ {Fields} }} highlights {{ field text ranges {{ start end }} }} }} facets {{ name values {{ code label count }} }} pageInfo {{ hasNextPage hasPreviousPage }} }} }}", new { text }, IsRanked: true);
            yield return new("query($text: String!) { suggest(text: $text, first: 20) { text kind resource { id } } }", new { text });
            yield return new("query($text: String) { search(text: $text, sort: NEWEST, first: 5) { totalCount edges { node { id title } } pageInfo { hasNextPage } } }", new { text });
            yield return new("query($text: String) { search(text: $text, sort: MOST_USED, first: 100) { edges { node { title } } } }", new { text });
            yield return new("query($text: String) { search(text: $text, filter: { subject: [\"mathematics\"], kind: [\"slides\", \"exam\"] }, first: 100) { totalCount edges { node { title } } facets(names: [KIND, LICENCE, CHAPTER, GRADE, PARTNERSHIP]) { name values { code count } } } }", new { text }, IsRanked: true);
        }
        foreach (var filter in Filters())
            yield return new($"{{ search(filter: {{ {filter} }}, sort: TITLE, first: 100) {{ totalCount edges {{ node {{ title }} }} facets {{ name values {{ code count }} }} }} }}");
        for (var n = 100; n < 100 + TwinWorld.Visible + TwinWorld.Hidden; n += 3)
        {
            var (id, file) = (TwinWorld.Global<Resource>(n), TwinWorld.Global<ResourceFile>(n + 1000));
            yield return new($"query($id: ID!) {{ resource(id: $id) {{ {Fields} versions {{ totalCount }} adaptations {{ totalCount }} }} }}", new { id });
            yield return new("query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", new { ids = new[] { id, file } });
            yield return new("mutation($id: ID!) { withdrawResource(input: { resourceId: $id }) { errors { code message } } }", new { id });
        }
        foreach (var odd in (string[])["{ search(first: 101) { totalCount } }", "{ search(after: \"x\") { totalCount } }", "{ search(filter: { kind: [\"绝密卷\"] }) { totalCount } }", "{ changes(since: \"x\") { totalCount } }", "{ resource(id: \"绝密卷\") { title } }",
            "{ changes { totalCount nodes { kind resourceId resource { title } } pageInfo { hasNextPage } } }", "{ schools { totalCount nodes { name } } }", "{ reviewQueue { totalCount } }", "{ viewer { resources { totalCount } } }", "{ jobs { totalCount } }", "{ auditEvents { totalCount } }",
            $"{{ partnership(id: \"{TwinWorld.Global<Partnership>(10)}\") {{ name resources {{ totalCount nodes {{ title }} }} activity {{ totalCount nodes {{ kind }} }} }} }}"])
            yield return new(odd);
    }

    private static IEnumerable<string> Filters()
    {
        foreach (var word in TwinWorld.SecretWords) yield return $"chapter: [\"{word}\"]";
        foreach (var licence in (string[])["publisher", "cc-by", "cc0"]) yield return $"licence: [\"{licence}\"]";
        foreach (var kind in (string[])["exam", "slides", "lesson-plan", "exercises"]) yield return $"kind: [\"{kind}\"]";
        for (var grade = 1; grade < 7; grade++) yield return $"grade: [\"g{grade}\"]";
        foreach (var subject in (string[])["mathematics", "chinese", "biology", "physics"]) yield return $"subject: [\"{subject}\"], licence: [\"publisher\", \"cc-by\"]";
        yield return $"partnership: [\"{TwinWorld.Global<Partnership>(10)}\"]";
        for (var school = 1; school < 4; school++) yield return $"school: [\"{TwinWorld.Global<School>(school)}\"]";
        for (var hour = 0; hour < 4; hour++) yield return $"createdAfter: \"2026-03-02T{9 + hour:00}:30:00Z\", createdBefore: \"2026-03-02T{10 + hour:00}:00:00Z\"";
    }

    private static async Task<string> AskAsync(TwinWorld world, Question question, bool isSignedIn)
    {
        var answer = JsonNode.Parse((await world.Hub.AskAsync(question.Query, question.Variables, isSignedIn ? world.Outsider : null)).GetRawText())!;
        if (question.IsRanked && answer["data"]?["search"]?["edges"] is JsonArray edges)
            answer["data"]!["search"]!["edges"] = new JsonArray([.. edges.Select(e => e!.DeepClone()).OrderBy(e => e.ToJsonString(), StringComparer.Ordinal)]);
        return answer.ToJsonString().WithoutRequestNumber();
    }

    /// <summary>Status and what is said: of a zip the names in it, because its bytes hold the time.</summary>
    private static async Task<string> ZipAsync(TwinWorld world, string address, bool isSignedIn)
    {
        using var client = world.Hub.Client(isSignedIn ? world.Outsider : null);
        using var answer = await client.GetAsync(address);
        if (!answer.IsSuccessStatusCode) return $"{(int)answer.StatusCode} {(await answer.Content.ReadAsStringAsync()).WithoutRequestNumber()}";
        using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        using var sheet = new StreamReader(zip.GetEntry("说明 README.txt")!.Open());
        var lines = (await sheet.ReadToEndAsync()).Split('\n').Where(l => !l.Contains(" UTC"));
        return string.Join('\n', [.. zip.Entries.Select(e => e.FullName), .. lines]);
    }

    private static async Task<List<string>> WalkAsync(TwinWorld world, string? text, string sort)
    {
        List<string> titles = [];
        string? after = null;
        while (true)
        {
            var page = (await world.Hub.QueryAsync(
                $"query($text: String, $after: String) {{ search(text: $text, sort: {sort}, first: 3, after: $after) {{ edges {{ node {{ title }} }} pageInfo {{ hasNextPage endCursor }} }} }}", new { text, after }, world.Outsider)).GetProperty("search");
            titles.AddRange(page.GetProperty("edges").EnumerateArray().Select(e => e.GetProperty("node").GetProperty("title").GetString()!));
            after = page.GetProperty("pageInfo").GetProperty("endCursor").GetString();
            if (!page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean()) return titles;
        }
    }

    private static async Task<List<string>> FollowAsync(TwinWorld world, string? key)
    {
        List<string> pages = [];
        string? since = null;
        while (true)
        {
            var page = (await world.Hub.QueryAsync("query($since: String) { changes(since: $since, first: 5) { nodes { kind resourceId } pageInfo { hasNextPage endCursor } } }", new { since }, key)).GetProperty("changes");
            var end = page.GetProperty("pageInfo").GetProperty("endCursor").GetString();
            var hasMore = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean();
            pages.Add($"{page.GetProperty("nodes").GetRawText()} {hasMore} {(end == since ? "stands still" : "goes on")}");
            if (end == since) return pages;
            since = end;
        }
    }
}
