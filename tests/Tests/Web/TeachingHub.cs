using System.Text;
using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using ResourceHub.Host.Demo;
using ResourceHub.Host.Demo.Files;

namespace ResourceHub.Tests.Web;

/// <summary>A hub with what the page tests look at: slides, a plan, names that try to be markup, a file that cannot be read, a draft, and enough for two pages.</summary>
public sealed class TeachingHub : IAsyncLifetime
{
    public const string School = "成都市泡桐树小学";
    public const string NastyTitle = "<script>alert(1)</script> 通分 & \"引号\" 'x'";
    public const int Exercises = 23;

    private HubApp? app;

    public HubApp App => app ?? throw new InvalidOperationException("The hub has not been started.");
    public string Slides { get; private set; } = "";
    public string SlidesFile { get; private set; } = "";
    public byte[] SlidesBytes { get; private set; } = [];
    public string Nasty { get; private set; } = "";
    public string Unreadable { get; private set; } = "";
    public string Draft { get; private set; } = "";
    public string English { get; private set; } = "";

    public async Task InitializeAsync()
    {
        app = await HubApp.StartAsync();
        var school = await app.SchoolAsync(School);
        SlidesBytes = await BuildAsync(new LessonFile("通分 课件.pptx", "通分", "数学教研组", """
            # 通分
            - 五年级下册
            # 复习
            - 分数的基本性质
            # 什么叫通分
            - 通分时一般用最小公倍数作公分母。
            > 请学生圈出关键词。
            # 练一练
            - 比较 3/4 和 5/6 的大小
            """));
        Slides = await MakeAsync(school, "《通分》课件", "slides", new { description = "含公分母的讲解。", subject = "mathematics", grades = new[] { "g5" }, stage = "primary", edition = "pep", volume = "lower", keywords = new[] { "公分母" } });
        SlidesFile = (await app.AttachAsync(Slides, SlidesBytes, "通分 课件.pptx")).GetProperty("id").GetString()!;
        var plan = await MakeAsync(school, "《背影》教学设计", "lesson-plan", new { subject = "chinese", grades = new[] { "g8" }, stage = "junior" });
        await app.AttachAsync(plan, await BuildAsync(new LessonFile("背影 教案.docx", "背影", "语文教研组", "# 背影\n父亲买橘子时的背影。")), "背影 教案.docx");
        var video = await MakeAsync(school, "《静夜思》字幕", "media", new { subject = "chinese" });
        await app.AttachAsync(video, Encoding.UTF8.GetBytes("""
            1
            00:01:00,000 --> 00:01:04,000
            今天读一首诗

            2
            00:01:40,000 --> 00:01:44,000
            床前明月光

            3
            00:02:00,000 --> 00:02:04,000
            举头望明月

            4
            00:03:00,000 --> 00:03:04,000
            低头思故乡

            """), "静夜思.srt");
        Nasty = await MakeAsync(school, NastyTitle, "exercises", new { description = "<img src=x onerror=alert(2)>" });
        await app.AttachAsync(Nasty, "<script>alert(3)</script> 鸡兔同笼 <b>粗</b>"u8.ToArray(), "a\"><script>alert(4)</script>.txt");
        Unreadable = await MakeAsync(school, "打不开的文件", "exercises", new { });
        await app.AttachAsync(Unreadable, SlidesBytes[..(SlidesBytes.Length / 2)], "半个课件.pptx");
        English = await MakeAsync(school, "Photosynthesis: a bilingual lesson", "lesson-plan", new { language = "en", subject = "biology" });
        Draft = await app.ResourceAsync(school, "还没发布的草稿");
        for (var i = 1; i <= Exercises; i++) await app.PublishAsync(await MakeAsync(school, $"口算练习 第{i}套", "exercises", new { }));
        foreach (var id in new[] { Slides, plan, video, Nasty, Unreadable, English }) await app.PublishAsync(id);
        await app.IdleAsync();
    }

    /// <summary>The page at an address of the hub, as a browser without script and without cookies gets it.</summary>
    public async Task<Page> OpenAsync(string address, string? cookie = null)
    {
        using var client = App.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, address.Split('#')[0]);
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        using var response = await client.SendAsync(request);
        var html = await response.Content.ReadAsStringAsync();
        return new Page((int)response.StatusCode, html, new HtmlParser().ParseDocument(html), response.Headers.ToDictionary(h => h.Key, h => string.Join(", ", h.Value)));
    }

    public async Task DisposeAsync()
    {
        if (app is not null) await app.DisposeAsync();
    }

    private async Task<string> MakeAsync(string school, string title, string kind, object more)
    {
        var input = JsonSerializer.SerializeToNode(more)!.AsObject();
        input["schoolId"] = school;
        input["title"] = title;
        input["kind"] = kind;
        input["licence"] = "cc-by-nc";
        var made = await App.QueryAsync("mutation($input: CreateResourceInput!) { createResource(input: $input) { resource { id } errors { message } } }", new { input }, HubApp.AdminKey);
        return made.GetProperty("createResource").GetProperty("resource").GetProperty("id").GetString()!;
    }

    private static async Task<byte[]> BuildAsync(LessonFile file)
    {
        await using var built = await LessonBuilder.TryBuildAsync(file, CancellationToken.None) ?? throw new InvalidOperationException($"{file.Name} was not built.");
        using var bytes = new MemoryStream();
        await built.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}

public sealed record Page(int Status, string Html, IHtmlDocument Document, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>Where it was found, after it was sent elsewhere.</summary>
    public string Address { get; init; } = "";

    /// <summary>What a reader reads in the main part.</summary>
    public string Text => Document.QuerySelector("main")!.TextContent;

    /// <summary>The address behind the first link whose words hold these.</summary>
    public string Link(string words) => Document.QuerySelectorAll("a").First(a => a.TextContent.Contains(words, StringComparison.Ordinal)).GetAttribute("href")!;

    public IReadOnlyList<string> Titles => [.. Document.QuerySelectorAll(".card h3").Select(h => h.TextContent.Trim())];
}
