using System.Text;
using Microsoft.Playwright;

namespace ResourceHub.Tests.Web;

/// <summary>Signing in, uploading, reviewing and sharing in a real browser.</summary>
public sealed class SharingBrowserTests(SharingHub hub) : IClassFixture<SharingHub>, IAsyncLifetime
{
    private Chromium chromium = null!;

    public async Task InitializeAsync() => chromium = await Chromium.StartAsync();

    public async Task DisposeAsync() => await chromium.DisposeAsync();

    [Fact]
    public async Task A_teacher_signs_in_uploads_and_shares_with_the_keyboard_after_the_schools_review()
    {
        var teacher = await chromium.WindowAsync(hub.App);
        await teacher.GotoAsync("/upload");
        await TabToAsync(teacher, "#userName");
        await teacher.Keyboard.TypeAsync(hub.Teacher.UserName);
        await TabToAsync(teacher, "#password");
        await teacher.Keyboard.TypeAsync(hub.Teacher.Password);
        await teacher.Keyboard.PressAsync("Enter");
        await teacher.WaitForURLAsync("**/upload");
        await teacher.FillAsync("#upload-title", "《观察物体》教学设计");
        await teacher.SelectOptionAsync("#upload-kind", "lesson-plan");
        await teacher.SelectOptionAsync("#upload-subject", "mathematics");
        await teacher.SelectOptionAsync("#upload-stage", "primary");
        await teacher.SelectOptionAsync("#upload-licence", "cc-by");
        await teacher.CheckAsync("[name=grades][value=g5]");
        await teacher.SetInputFilesAsync("#upload-file", [File("教案.txt", "从三个方向观察同一物体"), File("练习.txt", "连线练习")]);
        await teacher.GetByText("已传完").Nth(1).WaitForAsync();
        await teacher.GetByRole(AriaRole.Button, new() { Name = "保存草稿" }).ClickAsync();
        await teacher.WaitForURLAsync("**/resources/**");
        var resource = new Uri(teacher.Url).AbsolutePath;
        await Assertions.Expect(teacher.GetByRole(AriaRole.Heading, new() { Name = "练习.txt" })).ToBeVisibleAsync();
        await SubmitAsync(teacher);

        var admin = await chromium.WindowAsync(hub.App);
        await admin.SignInAsync(hub.Admin, "/school/reviews");
        await admin.GetByRole(AriaRole.Link, new() { Name = "《观察物体》教学设计" }).ClickAsync();
        await Assertions.Expect(admin.GetByText("从三个方向观察同一物体")).ToBeVisibleAsync();
        await admin.GetByText("退回修改").First.ClickAsync();
        await admin.GetByLabel("信息不完整").CheckAsync();
        await admin.GetByLabel("告诉作者怎么改").FillAsync("请补充简介");
        await admin.GetByRole(AriaRole.Button, new() { Name = "退回修改" }).ClickAsync();
        await Assertions.Expect(admin.GetByText("已退回给作者")).ToBeVisibleAsync();

        await teacher.GotoAsync("/mine");
        await Assertions.Expect(teacher.GetByText("请补充简介")).ToBeVisibleAsync();
        await teacher.GotoAsync(resource + "/edit");
        await teacher.FillAsync("#edit-description", "从不同方向观察，想象物体的样子。");
        await teacher.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await SubmitAsync(teacher);
        await admin.GotoAsync(resource + "/review");
        await admin.GetByRole(AriaRole.Button, new() { Name = "通过并发布" }).ClickAsync();
        await Assertions.Expect(admin.GetByText("已通过并发布")).ToBeVisibleAsync();

        await teacher.GotoAsync(resource);
        await TabToAsync(teacher, $"a[href='{resource}/share']");
        await teacher.Keyboard.PressAsync("Enter");
        await teacher.WaitForURLAsync("**/share");
        await TabToAsync(teacher, "[name=with]");
        await teacher.Keyboard.PressAsync("Space");
        await TabToAsync(teacher, "main form button");
        await teacher.Keyboard.PressAsync("Enter");
        await Assertions.Expect(teacher.Locator(".after")).ToContainTextAsync(SharingHub.PartnerName);
        await Assertions.Expect(teacher.Locator(".before-after > div").First).Not.ToContainTextAsync(SharingHub.PartnerName);
        await TabToAsync(teacher, "main form button");
        await teacher.Keyboard.PressAsync("Enter");
        await Assertions.Expect(teacher.Locator(".audience")).ToContainTextAsync(SharingHub.PartnerName);

        await hub.App.IdleAsync();
        var partner = await chromium.WindowAsync(hub.App, script: false);
        await partner.SignInAsync(hub.PartnerTeacher);
        await partner.GetByRole(AriaRole.Searchbox).FillAsync("观察物体");
        await partner.Keyboard.PressAsync("Enter");
        await partner.GetByRole(AriaRole.Link, new() { Name = "《观察物体》教学设计" }).ClickAsync();
        await Assertions.Expect(partner.GetByRole(AriaRole.Link, new() { Name = "改编为本校资源" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_long_file_goes_on_where_a_broken_line_a_pause_or_a_closed_page_stopped_it()
    {
        var content = new byte[40_000_000];
        new Random(3).NextBytes(content);
        var path = Path.Join(hub.App.Data, "课堂实录.bin");
        await System.IO.File.WriteAllBytesAsync(path, content);
        var teacher = await chromium.WindowAsync(hub.App);
        await teacher.SignInAsync(hub.Teacher, "/upload");
        List<string> offsets = [];
        var holds = new TaskCompletionSource();
        await teacher.RouteAsync("**/uploads/*", async route =>
        {
            if (route.Request.Method != "PATCH")
            {
                await route.ContinueAsync();
                return;
            }
            offsets.Add(route.Request.Headers["upload-offset"]);
            // The second piece meets a broken line, the third one waits for the person.
            if (offsets.Count == 2) await route.AbortAsync();
            else if (offsets.Count == 3) await holds.Task.ContinueWith(_ => route.AbortAsync(), TaskScheduler.Default).Unwrap();
            else await route.ContinueAsync();
        });
        await teacher.SetInputFilesAsync("#upload-file", path);
        await teacher.GetByRole(AriaRole.Button, new() { Name = "暂停 课堂实录.bin" }).WaitForAsync();
        await WaitAsync(() => offsets.Count == 3);
        await teacher.GetByRole(AriaRole.Button, new() { Name = "暂停 课堂实录.bin" }).ClickAsync();
        await Assertions.Expect(teacher.GetByText("已暂停", new() { Exact = true })).ToBeVisibleAsync();
        holds.SetResult();

        await teacher.ReloadAsync();
        await teacher.FillAsync("#upload-title", "有长视频的资源");
        await teacher.SelectOptionAsync("#upload-kind", "recorded-class");
        await teacher.SetInputFilesAsync("#upload-file", path);
        await teacher.GetByRole(AriaRole.Button, new() { Name = "保存草稿" }).ClickAsync(); // saved by itself once the file is whole
        await teacher.WaitForURLAsync("**/resources/**");
        Assert.Equal(["0", "16777216", "16777216", "16777216", "33554432"], offsets);
        using var response = await hub.Teacher.Client.GetAsync(await teacher.Locator("a[download]").GetAttributeAsync("href"));
        Assert.Equal(content, await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Without_script_the_form_itself_brings_the_file()
    {
        var teacher = await chromium.WindowAsync(hub.App, script: false, width: 390);
        await teacher.SignInAsync(hub.Teacher, "/upload");
        await teacher.FillAsync("#upload-title", "没有脚本也能上传");
        await teacher.SelectOptionAsync("#upload-kind", "exercises");
        await teacher.SetInputFilesAsync("#upload-file", [File("一次函数 练习.txt", "画出函数图象")]);
        await teacher.GetByRole(AriaRole.Button, new() { Name = "保存草稿" }).ClickAsync();
        await Assertions.Expect(teacher.GetByRole(AriaRole.Heading, new() { Name = "一次函数 练习.txt" })).ToBeVisibleAsync();
        await Assertions.Expect(teacher.GetByRole(AriaRole.Status)).ToContainTextAsync("已保存为草稿");
    }

    [Fact]
    public async Task A_wrong_password_is_told_and_the_way_back_is_kept()
    {
        var page = await chromium.WindowAsync(hub.App);
        await page.GotoAsync("/mine");
        await page.FillAsync("#userName", hub.PartnerTeacher.UserName);
        await page.FillAsync("#password", "不是这个密码吧");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("用户名或密码不对");
        await page.FillAsync("#userName", hub.PartnerTeacher.UserName);
        await page.FillAsync("#password", hub.PartnerTeacher.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/mine");
        await page.GetByRole(AriaRole.Button, new() { Name = "退出" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "登录" })).ToBeVisibleAsync();
        Assert.Equal(200, (await page.GotoAsync("/mine"))!.Status);
        Assert.Contains("/sign-in", page.Url);
    }

    [Theory]
    [InlineData("zh-CN", 1280, ColorScheme.Light)]
    [InlineData("en", 390, ColorScheme.Dark)]
    public async Task Axe_finds_nothing_on_any_page_for_the_signed_in(string lang, int width, ColorScheme colours)
    {
        var draft = await hub.App.ResourceAsync(hub.Own, "管理员看的草稿");
        var full = (await hub.Teacher.SendAsync("/upload", "upload", ("title", "完整的教案"), ("kind", "lesson-plan"), ("subject", "mathematics"), ("stage", "primary"), ("grades", "g6"), ("licence", "cc-by"))).Address.Split('?')[0];
        await hub.App.AttachAsync(full.Split('/')[^1], "正文"u8.ToArray(), "正文.txt");
        await hub.Teacher.SendAsync(full + "/submit", "submit", ("note", "请看"));
        var shared = await hub.App.ResourceAsync(hub.Own, "共享的教案");
        await hub.App.QueryAsync("mutation($id: ID!, $to: [ID!]!) { shareResource(input: { resourceId: $id, partnershipIds: $to }) { errors { message } } }", new { id = shared, to = new[] { hub.Partnership } }, HubApp.AdminKey);
        var proposal = (await hub.PartnerAdmin.SendAsync("/partnerships/new", "new", ("name", $"提议 {lang}"), ("kind", "PAIR"), ("schoolIds", hub.Own))).Address.Split('?')[0];
        string[] pages =
        [
            "/upload", "/mine", $"/resources/{draft}", $"/resources/{draft}/edit", $"/resources/{draft}/submit", $"/resources/{draft}/consent", $"/resources/{draft}/confirm/delete", full, $"{full}/review",
            $"/resources/{shared}", $"/resources/{shared}/share", $"/resources/{shared}/share?look=1&with={hub.Partnership}", $"/resources/{shared}/visibility",
            "/school", "/school/reviews", "/school/keys", "/school/audit", "/account", "/partnerships", "/partnerships/new", $"/partnerships/{hub.Partnership}", proposal,
        ];
        var page = await chromium.WindowAsync(hub.App, width: width, colours: colours, ownPolicy: false);
        await page.GotoAsync($"/sign-in?problem=LOCKED_OUT&lang={lang}");
        await page.IsSoundAsync();
        await page.SignInAsync(hub.Admin);
        foreach (var address in pages)
        {
            Assert.Equal(200, (await page.GotoAsync(address))!.Status);
            await page.IsSoundAsync();
        }
        // Forms that were refused, what is shown once, and what is not for everybody.
        await page.GotoAsync("/upload");
        await page.EvaluateAsync("document.querySelectorAll('[required]').forEach(e => e.required = false)");
        await page.ClickAsync("[data-submit]");
        await page.GetByRole(AriaRole.Alert).WaitForAsync();
        await page.IsSoundAsync();
        await page.GotoAsync("/school");
        await page.FillAsync("#invite-displayName", "新教师");
        await page.ClickAsync("#invite button");
        await page.Locator("#secret").WaitForAsync();
        await page.IsSoundAsync();
        await page.GotoAsync(await page.InputValueAsync("#secret"));
        await page.IsSoundAsync();
        await page.SignOutAsync();
        await page.SignInAsync(hub.Teacher);
        Assert.Equal(403, (await page.GotoAsync("/school/keys"))!.Status);
        await page.IsSoundAsync();
    }

    private static async Task SubmitAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "提交审核" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "提交审核" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("已提交");
    }

    /// <summary>What the Tab key reaches; a page that lets nobody there never ends the count.</summary>
    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var presses = 0; presses < 60; presses++)
        {
            if (await page.EvaluateAsync<bool>("s => document.activeElement.matches(s)", selector)) return;
            await page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"The Tab key does not reach {selector} on {page.Url}.");
    }

    private static async Task WaitAsync(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!isSo()) await tick.WaitForNextTickAsync(limit.Token);
    }

    private static FilePayload File(string name, string text) => new() { Name = name, MimeType = "text/plain", Buffer = Encoding.UTF8.GetBytes(text) };
}
