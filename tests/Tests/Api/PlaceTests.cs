using System.Text.Json;
using ResourceHub.Host.Demo;
using ResourceHub.Host.Demo.Files;

namespace ResourceHub.Tests.Api;

/// <summary>Real files of every kind, with words that stand at one known place of each; asked through the door.</summary>
public sealed class PlaceWorld : IAsyncLifetime
{
    private HubApp? hub;

    public HubApp Hub => hub!;
    public string School { get; private set; } = "";

    public async Task InitializeAsync()
    {
        hub = await HubApp.StartAsync();
        School = await hub.SchoolAsync("成都市泡桐树小学");
        await ShareAsync("分数课件", new LessonFile("分数.pptx", "分数", "数学组", "# 分数\n- 五年级\n# 复习\n- 分子和分母\n# 探究\n- 异分母分数化成同分母的海棠步骤\n> 讲稿里提到石榴花\n# 练习\n- 写出公分母\n# 小结\n- 海棠步骤再说一遍"));
        await ShareAsync("秦统一讲义", new LessonFile("秦.pdf", "秦统一", "历史组", "# 秦统一\n第一页讲六国。\n---\n# 制度\n第二页讲郡县和度量衡的琥珀标记。\n---\n# 小结\n第三页小结，玛瑙作业。"));
        await ShareAsync("氧气实验", new LessonFile("氧气.docx", "氧气", "化学组", "# 氧气\n第一页说原理。\n---\n## 步骤\n第二页说收集，翡翠气瓶。"));
        await ShareAsync("评分表", new LessonFile("评分.xlsx", "评分", "汽修组", "# 操作工单\n| 步骤 | 要求 |\n|---|---|\n| 松螺母 | 对角 |\n# 评分表\n| 项目 | 分值 |\n|---|---|\n| 珊瑚扭力 | 10 |"));
        var film = new LessonFile("欧姆 微课.mp4", "欧姆", "物理组", "# 引入\n[0:00] 同学们好\n# 定律\n[0:03] 电流跟电压成正比\n[0:05] 注意水晶条件\n[0:07]");
        await ShareAsync("欧姆微课", film, film with { Name = "欧姆 微课.srt" });
        await ShareAsync("朗读字幕", new LessonFile("朗读.srt", "朗读", "语文组", "# 读\n[0:02] 珍珠句子在此\n[0:06] 完"));
        await Hub.IdleAsync();
    }

    public async Task DisposeAsync() => await Hub.DisposeAsync();

    private async Task ShareAsync(string title, params LessonFile[] files)
    {
        var id = await Hub.ResourceAsync(School, title);
        foreach (var file in files)
        {
            await using var built = await LessonBuilder.TryBuildAsync(file, default) ?? throw new InvalidOperationException($"{file.Name} was not built.");
            using var bytes = new MemoryStream();
            await built.CopyToAsync(bytes);
            await Hub.AttachAsync(id, bytes.ToArray(), file.Name);
        }
        await Hub.PublishAsync(id);
    }
}

public sealed class PlaceTests(PlaceWorld world) : IClassFixture<PlaceWorld>
{
    private const string Search = """
        query($text: String, $n: Int) { search(text: $text, first: 5) { edges { node { title }
          highlights(passages: $n) { field text ranges { start end } location { page slide second sheet } file { id name downloadUrl } openUrl } } } }
        """;

    [Theory]
    [InlineData("海棠步骤", "分数.pptx", "slide", "3", null)]
    [InlineData("石榴花", "分数.pptx", "slide", "3", null)]
    [InlineData("琥珀标记", "秦.pdf", "page", "2", "#page=2")]
    [InlineData("玛瑙作业", "秦.pdf", "page", "3", "#page=3")]
    [InlineData("翡翠气瓶", "氧气.docx", "page", "2", null)]
    [InlineData("珊瑚扭力", "评分.xlsx", "sheet", "评分表", null)]
    [InlineData("水晶条件", "欧姆 微课.mp4", "second", "5", "#t=5")]
    public async Task A_hit_names_the_file_and_the_place_of_its_best_passage_and_where_it_opens(string words, string file, string kind, string place, string? opens)
    {
        var best = (await PassagesAsync(words, 3))[0];
        Assert.Equal(file, best.GetProperty("file").GetProperty("name").GetString());
        Assert.Equal(place, best.GetProperty("location").GetProperty(kind).ToString());
        Assert.Contains(words, Marked(best));
        var url = best.GetProperty("openUrl").GetString();
        if (opens is null) Assert.Null(url);
        else Assert.Equal($"{best.GetProperty("file").GetProperty("downloadUrl").GetString()}?inline=1{opens}", url);
    }

    [Fact]
    public async Task Subtitles_lead_to_their_recording_at_their_second()
    {
        var hits = await PassagesAsync("水晶条件", 3);
        var (film, subtitles) = (hits.Single(h => Name(h).EndsWith(".mp4", StringComparison.Ordinal)), hits.Single(h => Name(h).EndsWith(".srt", StringComparison.Ordinal)));
        Assert.Equal(5, subtitles.GetProperty("location").GetProperty("second").GetDouble());
        Assert.Equal(film.GetProperty("openUrl").GetString(), subtitles.GetProperty("openUrl").GetString());
    }

    [Fact]
    public async Task Subtitles_without_a_recording_name_their_second_and_open_nothing()
    {
        var hit = (await PassagesAsync("珍珠句子", 3))[0];
        Assert.Equal(2, hit.GetProperty("location").GetProperty("second").GetDouble());
        Assert.Equal(JsonValueKind.Null, hit.GetProperty("openUrl").ValueKind);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_hit_names_as_many_places_as_were_asked_for_and_none_twice(int most)
    {
        // On slides 2, 3 and 4, and in the notes of the third.
        var places = (await PassagesAsync("分母", most)).Where(h => Name(h) == "分数.pptx").Select(h => h.GetProperty("location").GetProperty("slide").GetInt32()).ToList();
        Assert.Equal(most, places.Count);
        Assert.Equal(places.Count, places.Distinct().Count());
    }

    [Fact]
    public async Task The_place_with_more_of_the_question_comes_first_though_others_stand_before_it()
    {
        var places = (await PassagesAsync("异分母分数 海棠步骤", 3)).Select(h => h.GetProperty("location").GetProperty("slide").GetInt32()).ToList();
        Assert.Equal(3, places[0]);
        Assert.Contains(5, places);
    }

    [Fact]
    public async Task An_opened_address_shows_the_file_in_place_and_lets_nothing_in_it_act()
    {
        foreach (var words in (string[])["琥珀标记", "水晶条件"])
        {
            using var client = world.Hub.Client();
            using var answer = await client.GetAsync((await PassagesAsync(words, 1))[0].GetProperty("openUrl").GetString()!.Split('#')[0]);
            Assert.True(answer.IsSuccessStatusCode);
            Assert.Equal("inline", answer.Content.Headers.ContentDisposition!.DispositionType);
            Assert.Equal("sandbox; default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
        }
    }

    private async Task<List<JsonElement>> PassagesAsync(string words, int most)
    {
        var found = await world.Hub.QueryAsync(Search, new { text = words, n = most });
        return [.. found.GetProperty("search").GetProperty("edges")[0].GetProperty("highlights").EnumerateArray().Where(h => h.GetProperty("field").GetString() == "text")];
    }

    private static string Name(JsonElement highlight) => highlight.GetProperty("file").GetProperty("name").GetString()!;

    private static string Marked(JsonElement highlight) => string.Concat(highlight.GetProperty("ranges").EnumerateArray()
        .Select(r => highlight.GetProperty("text").GetString()![r.GetProperty("start").GetInt32()..r.GetProperty("end").GetInt32()]));
}
