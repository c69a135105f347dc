using ResourceHub.Core.Search;
using ResourceHub.Engines.Checks;

namespace ResourceHub.Tests.Contracts;

/// <summary>What every search engine must do; each inherits these facts.</summary>
public abstract class SearchIndexContract : IAsyncLifetime
{
    protected static readonly string[] Public = ["public"];

    protected ISearchIndex Index { get; private set; } = null!;

    /// <summary>An empty index of the test's own.</summary>
    protected abstract Task<ISearchIndex> OpenAsync();

    public async Task InitializeAsync() => Index = await OpenAsync();

    public virtual Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Places of their own on this engine.</summary>
    protected abstract ITrials<ISearchIndex> Trials { get; }

    public static TheoryData<string> Checks => [.. DeepChecks.SearchChecks.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task It_behaves_as_the_doctor_asks(string check)
    {
        var outcome = await DeepChecks.RunAsync(DeepChecks.SearchChecks.Single(c => c.Name == check), new(Trials, null, null, IsThorough: false), default);
        Assert.True(outcome.Ok, outcome.Detail);
    }

    [Fact]
    public async Task A_word_inside_a_file_is_found_with_its_passage()
    {
        var file = Guid.CreateVersion7();
        var lesson = Make.Document("分数的意义") with
        {
            Passages =
            [
                new(new("text", file, 0, 0, 12), "教学目标：认识几分之一。"),
                new(new("text", file, 6, 40, 17), "例题：先通分，再比较两个分数的大小。"),
            ],
        };
        await WriteAsync(lesson, Make.Document("圆的面积"));
        var hit = Assert.Single((await SearchAsync("通分")).Hits);
        Assert.Equal(lesson.Id, hit.Id);
        Assert.Equal(new PassageSource("text", file, 6, 40, 17), Assert.Single(hit.Passages).Source);
    }

    [Fact]
    public async Task The_passage_with_most_of_the_question_comes_first()
    {
        var file = Guid.CreateVersion7();
        var passages = Enumerable.Range(0, 40).Select(i => new Passage(new("text", file, i, i * 10, 10), i == 23 ? "圆的面积公式推导" : i % 7 == 0 ? "长方形的面积" : "复习旧知")).ToList();
        await WriteAsync(Make.Document("数学") with { Passages = passages });
        var hit = Assert.Single((await SearchAsync("圆的面积公式", r => r with { Passages = 3 })).Hits);
        Assert.Equal(passages[23].Source, hit.Passages[0].Source);
        Assert.Equal(3, hit.Passages.Count);
    }

    [Fact]
    public async Task A_long_book_is_found_by_its_last_words()
    {
        var file = Guid.CreateVersion7();
        var passages = Enumerable.Range(0, 5000).Select(i => new Passage(new("text", file, i, 300 * i, 300), i == 4999 ? "最后一课的寄语" : $"第{i}页 平凡的一页文字")).ToList();
        await WriteAsync(Make.Document("厚书") with { Passages = passages });
        Assert.Equal(4999, Assert.Single(Assert.Single((await SearchAsync("寄语")).Hits).Passages).Source.Section);
    }

    [Fact]
    public async Task A_shared_single_character_is_no_match_for_a_longer_question()
    {
        await WriteAsync(Make.Document("圆的面积"), Make.Document("圆明园的历史"), Make.Document("面条的积蓄"));
        var page = await SearchAsync("圆面积", r => r with { Facets = [FacetName.Kind] });
        Assert.Equal(1, page.Total);
        Assert.Equal(1, page.Facets[0].Values.Sum(v => v.Count));
        Assert.Equal(2, (await SearchAsync("圆")).Total);
    }

    [Theory]
    [InlineData("圆的面积怎么求？", "圆的面积")]
    [InlineData("高 三 数学", "高三数学复习")]
    [InlineData("高三数学", "高 三 数 学 复习")]
    [InlineData("ＰＥＰ 教材", "pep教材")]
    [InlineData("Ｈ２Ｏ", "H2O 的性质")]
    [InlineData("photosynthesis studies", "Study of Photosynthesis")]
    [InlineData("the", "The the")]
    [InlineData("A卷", "期末A卷")]
    [InlineData("㎡", "m2 的换算")]
    [InlineData("为什么", "十万个为什么")]
    [InlineData("🧪", "实验 🧪")]
    [InlineData("圓的面積", "圆的面积")]
    [InlineData("头发的发展", "頭髮的發展")]
    [InlineData("第3单元", "数学 第三單元 复习")]
    [InlineData("第十二课时", "第12课时 练习")]
    [InlineData("七年级", "初一语文")]
    [InlineData("初1数学", "7年级数学")]
    [InlineData("高一", "10年级物理")]
    public async Task What_is_asked_is_found_however_it_is_written(string asked, string title)
    {
        var wanted = Make.Document(title);
        await WriteAsync(wanted, Make.Document("无关内容 xyz"));
        Assert.Equal(wanted.Id, Assert.Single((await SearchAsync(asked)).Hits).Id);
    }

    [Fact]
    public async Task Nothing_asked_lists_everything_and_punctuation_finds_nothing()
    {
        await WriteAsync(Make.Document("甲"), Make.Document("乙"));
        Assert.Equal(2, (await SearchAsync(null)).Total);
        Assert.Equal(2, (await SearchAsync("  ")).Total);
        Assert.Equal(0, (await SearchAsync("？！，。")).Total);
    }

    [Fact]
    public async Task The_title_weighs_more_and_the_whole_phrase_more_than_its_parts()
    {
        var filler = Enumerable.Range(0, 20).Select(i => Make.Document($"其他资料{i}")).ToArray();
        var inTitle = Make.Document("勾股定理") with { Description = "一节课的内容" };
        var inText = Make.Document("一节课的内容") with { Description = "勾股定理" };
        var scattered = Make.Document("一节课的内容") with { Description = "定理之股，勾股其一" };
        await WriteAsync([.. filler, scattered, inText, inTitle]);
        Assert.Equal([inTitle.Id, inText.Id, scattered.Id], (await SearchAsync("勾股定理")).Hits.Select(h => h.Id));
    }

    [Fact]
    public async Task Only_what_a_token_opens_is_found_counted_or_suggested()
    {
        await WriteAsync(Make.Document("公开课", tokens: ["public", "members"]), Make.Document("校内公开课", tokens: ["school:1"]));
        Assert.Equal(1, (await SearchAsync("公开课")).Total);
        Assert.Equal(2, (await SearchAsync("公开课", r => r with { AccessTokens = ["members", "school:1"] })).Total);
        Assert.Equal(2, (await SearchAsync("公开课", r => r with { AccessTokens = null })).Total);
        Assert.Equal(0, (await SearchAsync("公开课", r => r with { AccessTokens = [] })).Total);
        Assert.Equal("公开课", Assert.Single(await Index.SuggestAsync("公开", Public, 8, default)).Text);
        Assert.Empty(await Index.SuggestAsync("校内", Public, 8, default));
    }

    [Fact]
    public async Task Values_of_one_field_are_or_and_fields_are_and()
    {
        await WriteAsync(
            Make.Document("甲", values: new() { [FacetName.Kind] = ["slides"], [FacetName.Grade] = ["g1", "g2"] }),
            Make.Document("乙", values: new() { [FacetName.Kind] = ["exam"], [FacetName.Grade] = ["g2"] }),
            Make.Document("丙", values: new() { [FacetName.Kind] = ["slides"], [FacetName.Grade] = ["g3"] }));
        Assert.Equal(2, (await FilterAsync((FacetName.Kind, ["slides"]))).Total);
        Assert.Equal(3, (await FilterAsync((FacetName.Kind, ["slides", "exam"]))).Total);
        Assert.Equal(1, (await FilterAsync((FacetName.Kind, ["slides"]), (FacetName.Grade, ["g2"]))).Total);
        Assert.Equal(0, (await FilterAsync((FacetName.Kind, ["unknown"]))).Total);
    }

    [Fact]
    public async Task A_facet_ignores_its_own_filter()
    {
        await WriteAsync(
            Make.Document("甲", values: new() { [FacetName.Kind] = ["slides"], [FacetName.Grade] = ["g1", "g2"] }),
            Make.Document("乙", values: new() { [FacetName.Kind] = ["exam"], [FacetName.Grade] = ["g2"] }),
            Make.Document("丙", values: new() { [FacetName.Kind] = ["slides"], [FacetName.Grade] = ["g3"] }));
        var page = await FilterAsync((FacetName.Kind, ["slides"]), (FacetName.Grade, ["g2", "g3"]));
        Assert.Equal(2, page.Total);
        Assert.Equal([("slides", 2), ("exam", 1)], Counts(page, FacetName.Kind));
        Assert.Equal([("g1", 1), ("g2", 1), ("g3", 1)], Counts(page, FacetName.Grade));
    }

    [Fact]
    public async Task What_is_boosted_comes_first_and_nothing_is_lost()
    {
        var filed = Make.Document("有理数的乘法", values: new() { [FacetName.Kind] = ["slides"], [FacetName.Grade] = ["g7"] });
        var half = Make.Document("有理数的加法", values: new() { [FacetName.Kind] = ["slides"], [FacetName.Grade] = ["g8"] });
        var other = Make.Document("有理数的减法", values: new() { [FacetName.Kind] = ["exam"] });
        var said = Make.Document("有理数的除法 课件", values: new() { [FacetName.Kind] = ["exam"] });
        await WriteAsync([other, said, half, filed, .. Enumerable.Range(0, 30).Select(i => Make.Document($"无关 {i}", values: new() { [FacetName.Grade] = ["g7"] }))]);
        Boost[] boosts = [new(FacetName.Grade, "g7", "七上", 1.2), new(FacetName.Kind, "slides", "课件", 1), new(FacetName.Volume, "nobody", "上", 1), new(null, "2025-2026", "2025学年", 0)];
        var page = await SearchAsync("有理数", r => r with { Boosts = boosts });
        Assert.Equal(4, page.Total);
        Assert.Equal(filed.Id, page.Hits[0].Id);
        Assert.Equal(other.Id, page.Hits[3].Id);
        Assert.Equal(4, (await SearchAsync("有理数", r => r with { Boosts = boosts, Sort = SearchSort.Newest })).Total);
    }

    [Theory]
    [InlineData(SearchSort.Relevance)]
    [InlineData(SearchSort.Title)]
    public async Task Where_there_is_no_text_boosts_decide(SearchSort sort)
    {
        var both = Make.Document("甲", values: new() { [FacetName.Kind] = ["slides"], [FacetName.Grade] = ["g7"] });
        var one = Make.Document("乙", values: new() { [FacetName.Kind] = ["exam"], [FacetName.Grade] = ["g7"] });
        var said = Make.Document("丙 课件", values: new() { [FacetName.Kind] = ["exam"] });
        await WriteAsync(Make.Document("丁 课表", values: new() { [FacetName.Kind] = ["exam"] }), said, one, both, Make.Document("戊 课件", tokens: ["school:1"], values: new() { [FacetName.Grade] = ["g7"] }));
        Boost[] boosts = [new(FacetName.Grade, "g7", "七年级", 1.2), new(FacetName.Kind, "slides", "课件", 1)];
        var page = await SearchAsync(null, r => r with { Boosts = boosts, Sort = sort, Facets = [FacetName.Kind] });
        Assert.Equal(3, page.Total);
        Assert.Equal([("exam", 2), ("slides", 1)], Counts(page, FacetName.Kind));
        if (sort == SearchSort.Relevance) Assert.Equal(both.Id, page.Hits[0].Id);
        var first = await SearchAsync(null, r => r with { Boosts = boosts, Sort = sort, First = 1 });
        var rest = await SearchAsync(null, r => r with { Boosts = boosts, Sort = sort, First = 5, After = first.Hits[0].Position });
        Assert.Equal(page.Hits.Select(h => h.Id), first.Hits.Concat(rest.Hits).Select(h => h.Id));
    }

    [Fact]
    public async Task Creation_dates_bound_the_matches()
    {
        await WriteAsync(Make.Document("早") with { CreatedAt = Make.Day(1) }, Make.Document("中") with { CreatedAt = Make.Day(5) }, Make.Document("晚") with { CreatedAt = Make.Day(9) });
        Assert.Equal(2, (await SearchAsync(null, r => r with { CreatedAfter = Make.Day(5) })).Total);
        Assert.Equal(1, (await SearchAsync(null, r => r with { CreatedBefore = Make.Day(5) })).Total);
    }

    [Theory]
    [InlineData(SearchSort.Relevance, "数学")]
    [InlineData(SearchSort.Newest, "数学")]
    [InlineData(SearchSort.MostUsed, null)]
    [InlineData(SearchSort.Title, "数学")]
    [InlineData(SearchSort.Title, null)]
    public async Task Pages_follow_each_other_with_nothing_twice_and_nothing_left_out(SearchSort sort, string? text)
    {
        var documents = Enumerable.Range(0, 137).Select(i => Make.Document($"数学 {i % 10} {(char)('甲' + i % 3)}") with { Downloads = i % 7, CreatedAt = Make.Day(i % 5), Description = i % 4 == 0 ? "数学课与数学题" : "课" }).ToArray();
        foreach (var batch in documents.Chunk(30)) await WriteAsync(batch);
        var whole = await SearchAsync(text, r => r with { Sort = sort, First = 200 });
        Assert.Equal(137, whole.Hits.Count);
        Assert.False(whole.HasMore);
        List<Guid> paged = [];
        SearchPosition? after = null;
        for (var hasMore = true; hasMore;)
        {
            var page = await SearchAsync(text, r => r with { Sort = sort, First = 10, After = after, WithTotal = false });
            paged.AddRange(page.Hits.Select(h => h.Id));
            (after, hasMore) = (page.Hits[^1].Position, page.HasMore);
            Assert.Equal(-1, page.Total);
        }
        Assert.Equal(whole.Hits.Select(h => h.Id), paged);
        Assert.Equal(documents.Select(d => d.Id).Order(), paged.Order());
    }

    [Fact]
    public async Task Orders_are_what_they_say()
    {
        var (a, b, c) = (Make.Document("Beta") with { Downloads = 5, CreatedAt = Make.Day(3) }, Make.Document("alpha") with { Downloads = 9, CreatedAt = Make.Day(1) }, Make.Document("Gamma") with { Downloads = 1, CreatedAt = Make.Day(2) });
        await WriteAsync(a, b);
        await WriteAsync(c);
        Assert.Equal([a.Id, c.Id, b.Id], (await SearchAsync(null, r => r with { Sort = SearchSort.Newest })).Hits.Select(h => h.Id));
        Assert.Equal([b.Id, a.Id, c.Id], (await SearchAsync(null, r => r with { Sort = SearchSort.MostUsed })).Hits.Select(h => h.Id));
        Assert.Equal([b.Id, a.Id, c.Id], (await SearchAsync(null, r => r with { Sort = SearchSort.Title })).Hits.Select(h => h.Id));
    }

    [Fact]
    public async Task A_late_write_loses_against_a_newer_one()
    {
        var old = Make.Document("旧标题") with { Revision = 4 };
        await WriteAsync(old with { Title = "新标题", Revision = 5 });
        await WriteAsync(old);
        Assert.Equal(0, (await SearchAsync("旧标")).Total);
        Assert.Equal(1, (await SearchAsync("新标")).Total);
        await WriteAsync(old with { Title = "更新标题", Revision = 6 });
        Assert.Equal(1, (await SearchAsync(null)).Total);
        Assert.Equal(1, (await SearchAsync("更新")).Total);
    }

    [Fact]
    public async Task A_late_write_does_not_bring_back_what_was_removed()
    {
        var lesson = Make.Document("撤回的课") with { Revision = 3 };
        await WriteAsync(lesson);
        await Index.WriteAsync([], [new Removal(lesson.Id, 4)], default);
        await WriteAsync(lesson);
        Assert.Equal(0, (await SearchAsync(null)).Total);
        Assert.Empty(await Index.SuggestAsync("撤回", null, 8, default));
        await WriteAsync(lesson with { Revision = 5 });
        Assert.Equal(1, (await SearchAsync(null)).Total);
        await Index.WriteAsync([], [new Removal(lesson.Id, 4)], default);
        Assert.Equal(1, (await SearchAsync(null)).Total);
    }

    [Fact]
    public async Task A_changed_resource_leaves_its_neighbours_to_whoever_asks_next()
    {
        var lessons = Enumerable.Range(0, 5).Select(i => Make.Document($"数学 {i}", tokens: i % 2 == 0 ? ["public", "members"] : ["members"])).ToArray();
        await WriteAsync(lessons);
        Assert.Equal(3, (await SearchAsync("数学")).Total);
        for (var revision = 2; revision < 6; revision++)
        {
            await WriteAsync(lessons[0] with { Title = $"数学 新{revision}", Revision = revision });
            await Index.WriteAsync([], [new Removal(lessons[revision - 1].Id, 9)], default);
            // A token that nobody asked with before, so that nothing remembered helps.
            Assert.Equal(6 - revision, (await SearchAsync("数学", r => r with { AccessTokens = ["members", $"other:{revision}"] })).Total);
        }
    }

    [Fact]
    public async Task One_batch_may_hold_a_resource_twice()
    {
        var lesson = Make.Document("第一稿") with { Revision = 1 };
        await WriteAsync(lesson with { Title = "第二稿", Revision = 2 }, lesson);
        Assert.Equal(1, (await SearchAsync(null)).Total);
        Assert.Equal(1, (await SearchAsync("第二稿")).Total);
    }

    [Fact]
    public async Task It_is_whole_only_when_a_rebuild_has_ended()
    {
        Assert.False((await Index.HealthAsync(default)).IsWhole);
        await Index.ClearAsync(default);
        await WriteAsync(Make.Document("甲"));
        Assert.False((await Index.HealthAsync(default)).IsWhole);
        await Index.MarkWholeAsync(default);
        var health = await Index.HealthAsync(default);
        Assert.True(health.IsWhole);
        Assert.Equal(1, health.Documents);
        await Index.ClearAsync(default);
        Assert.False((await Index.HealthAsync(default)).IsWhole);
        Assert.Equal(0, (await SearchAsync(null)).Total);
    }

    [Theory]
    [InlineData("圆的", new[] { "圆的面积", "认识圆的特征" })]
    [InlineData("面", new[] { "圆的面积" })]
    [InlineData("PHOTO", new[] { "Intro to photosynthesis" })]
    [InlineData("ｐｈｏｔｏｓｙｎｔｈｅｓ", new[] { "Intro to photosynthesis" })]
    [InlineData("hoto", new string[0])]
    [InlineData("高三数学总复习第", new[] { "高 三 数学总复习第一讲" })]
    [InlineData("高三数学总复习第二", new string[0])]
    [InlineData(" ", new string[0])]
    public async Task Suggestions_go_on_from_any_word_of_a_title_most_used_first(string typed, string[] titles)
    {
        await WriteAsync(
            Make.Document("认识圆的特征") with { Downloads = 1 }, Make.Document("圆的面积") with { Downloads = 8 }, Make.Document("圆的面积") with { Downloads = 3 },
            Make.Document("Intro to photosynthesis"), Make.Document("高 三 数学总复习第一讲"));
        Assert.Equal(titles, (await Index.SuggestAsync(typed, Public, 8, default)).Select(s => s.Text));
    }

    [Theory]
    [InlineData("yuandemianji", new[] { "圆的面积", "圆的面积（第一课时）" })]
    [InlineData("mianji", new[] { "圆的面积", "圆的面积（第一课时）" })]
    [InlineData("yuand", new[] { "圆的面积", "圆的面积（第一课时）" })]
    [InlineData("ydmj", new[] { "圆的面积", "圆的面积（第一课时）" })]
    [InlineData("圆de面积", new[] { "圆的面积", "圆的面积（第一课时）" })]
    [InlineData("yuan的mianji", new[] { "圆的面积", "圆的面积（第一课时）" })]
    [InlineData("园demianji", new string[0])]
    [InlineData("yuan de mianji di", new[] { "圆的面积（第一课时）" })]
    [InlineData("diliudanyuan", new[] { "第六单元 圆" })]
    [InlineData("第六", new[] { "第六单元 圆" })]
    [InlineData("can", new[] { "Can you swim", "参观农场" })]
    [InlineData("圆", new[] { "圆的面积", "圆的面积（第一课时）", "第六单元 圆", "认识圆" })]
    public async Task Titles_topics_and_chapters_are_suggested_as_written_and_as_they_sound(string typed, string[] phrases)
    {
        await WriteAsync(
            Make.Document("圆的面积（第一课时）", values: new() { [FacetName.Chapter] = ["第六单元 圆"] }) with { Downloads = 9, Topics = ["圆的面积"] },
            Make.Document("复习课") with { Downloads = 2, Topics = ["圆的面积"] },
            Make.Document("认识圆"), Make.Document("Can you swim"), Make.Document("参观农场"), Make.Document("圆的秘密", tokens: ["school:1"]) with { Downloads = 99 });
        Assert.Equal(phrases, (await Index.SuggestAsync(typed, Public, 8, default)).Select(s => s.Text));
    }

    [Fact]
    public async Task Suggestions_say_what_they_are_leave_out_what_was_closed_and_are_found_by_sound_alone()
    {
        var lesson = Make.Document("圆的周长", values: new() { [FacetName.Chapter] = ["圆（一）"] }) with { Topics = ["圆周率"] };
        await WriteAsync(lesson, Make.Document("元素周期表"));
        Assert.Equal(
            [("圆的周长", SuggestionKind.Title), ("圆周率", SuggestionKind.Topic), ("圆（一）", SuggestionKind.Chapter)],
            (await Index.SuggestAsync("圆", Public, 8, default)).Select(s => (s.Text, s.Kind)));
        Assert.Empty(await Index.SuggestAsync(new SuggestRequest("圆", Public, 8, [lesson.Id]), default));
        Assert.Equal(["圆的周长"], (await Index.SuggestAsync(new SuggestRequest("园的周常", Public, 8, BySound: true), default)).Select(s => s.Text));
        Assert.Empty(await Index.SuggestAsync(new SuggestRequest("园的周常", Public, 8), default));
    }

    [Fact]
    public async Task Secret_resources_change_nothing_for_an_outsider()
    {
        await WriteAsync([.. Enumerable.Range(0, 60).Select(i => Make.Document(Make.Title(i), values: Make.Values(i)) with { Downloads = i })]);
        var before = await OutsiderSeesAsync();
        await WriteAsync([.. Enumerable.Range(0, 50).Select(i => Make.Document(Make.Title(i) + "机密暗号", tokens: ["school:1"], values: new() { [FacetName.Subject] = ["secret-subject"], [FacetName.Kind] = ["slides"] }) with { Downloads = 1000 + i })]);
        Assert.Equal(before, await OutsiderSeesAsync());
        Assert.Empty(await Index.SuggestAsync("机密", Public, 8, default));
        Assert.Equal(0, (await SearchAsync("机密暗号")).Total);
    }

    private async Task<List<string>> OutsiderSeesAsync()
    {
        List<string> seen = [];
        for (var i = 0; i < 300; i++)
        {
            var text = i % 11 == 0 ? null : i % 3 == 0 ? Make.Title(i) + "暗号" : Make.Title(i * 7)[..(2 + i % 3)];
            var page = await SearchAsync(text, r => r with { Facets = Enum.GetValues<FacetName>(), First = 100 });
            // The order may differ, as how telling a word is depends on all that is held.
            seen.Add($"{text}: {page.Total} {string.Join(',', page.Hits.Select(h => h.Id).Order())} {string.Join(';', page.Facets.Select(f => f.Name + " " + string.Join(',', f.Values)))}");
            seen.Add(string.Join(',', await Index.SuggestAsync(text ?? "数", Public, 8, default)));
        }
        return seen;
    }

    [Fact]
    public async Task Odd_questions_are_questions()
    {
        await WriteAsync([.. Enumerable.Range(0, 50).Select(i => Make.Document(Make.Title(i), values: Make.Values(i)))]);
        var total = (await SearchAsync(null)).Total;
        var random = new Random(4);
        string[] pieces = ["/.*a{9999}/", "*:*", "_exists_:", "title:", "\"", "(", ")", "AND", "~", "^9", "\\", "\0", "\n", "\uD83D", "\uFFFF", "圆", "数学", " ", "a", "%", "'; DROP", "￥", "é", "\u0301", "🧪", "‮", "\u200D", new string('长', 3000), "what", "的的的的"];
        for (var i = 0; i < 3000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, 1 + random.Next(5)).Select(_ => pieces[random.Next(pieces.Length)]));
            var page = await SearchAsync(text, r => r with { Facets = [FacetName.Kind], Sort = (SearchSort)(i % 4), Passages = 2 });
            Assert.InRange(page.Hits.Count, 0, 20);
            Assert.InRange(page.Total, 0, total);
            Assert.InRange((await Index.SuggestAsync(text, Public, 8, default)).Count, 0, 8);
        }
    }

    protected Task WriteAsync(params ResourceDocument[] documents) => Index.WriteAsync(documents, [], default);

    protected Task<SearchPage> SearchAsync(string? text, Func<SearchRequest, SearchRequest>? change = null)
    {
        var request = new SearchRequest(text, new Dictionary<FacetName, IReadOnlyList<string>>(), Public);
        return Index.SearchAsync(change?.Invoke(request) ?? request, default);
    }

    private Task<SearchPage> FilterAsync(params (FacetName Name, string[] Values)[] filters)
        => SearchAsync(null, r => r with { Filters = filters.ToDictionary(f => f.Name, f => (IReadOnlyList<string>)f.Values), Facets = [FacetName.Kind, FacetName.Grade] });

    private static IEnumerable<(string, int)> Counts(SearchPage page, FacetName name) => page.Facets.Single(f => f.Name == name).Values.Select(v => (v.Code, v.Count));
}
