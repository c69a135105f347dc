using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Core.Files;
using ResourceHub.Host.Demo;

namespace ResourceHub.Tests.Demo;

/// <summary>The demonstration is seeded through the users' doors, once, and whole.</summary>
[Collection(SeededHubCollection.Name)]
public sealed class DemoSeedTests(SeededHub seeded)
{
    private const string Counts = "{ search { totalCount } schools(first: 1) { totalCount } partnerships(first: 1) { totalCount } }";

    [Fact]
    public async Task Every_school_partnership_and_lesson_is_there_and_every_file_was_read_and_indexed()
    {
        Assert.False(seeded.Report.AlreadyThere);
        Assert.Equal(LessonShelf.All.Count, seeded.Report.Resources);
        var all = await seeded.Hub.QueryAsync(Counts, key: seeded.Keys.AdminKey);
        Assert.True(all.GetProperty("search").GetProperty("totalCount").GetInt32() >= LessonShelf.All.Count);
        Assert.Equal(seeded.Report.Schools, all.GetProperty("schools").GetProperty("totalCount").GetInt32());
        Assert.Equal(seeded.Report.Partnerships, all.GetProperty("partnerships").GetProperty("totalCount").GetInt32());
        await using var db = await DbAsync();
        var names = LessonShelf.All.SelectMany(l => l.Files).Select(f => f.Name).ToList();
        var states = await db.Files.Where(f => names.Contains(f.Name)).Select(f => new { f.Name, f.Extraction!.State }).ToListAsync();
        Assert.Equal(seeded.Report.Files, states.Count);
        // Without ffprobe a video is read in part.
        Assert.All(states, f => Assert.True(f.State == ExtractionState.Done || f.Name.EndsWith(".mp4", StringComparison.Ordinal), $"{f.Name}: {f.State}"));
    }

    [Fact]
    public async Task Of_its_resources_lessons_are_made_a_dual_teacher_course_and_a_collection_each_shown_to_whom_it_is_open()
    {
        const string query = """
            { lessons(filter: { text: "约分和通分" }) { nodes { parts { kind resource { school { name } } } partsNotShared } }
              courses { nodes { title leadSchool { name } followers { name } units { lessons { title } } } }
              collections { nodes { title items { nodes { lesson { title } } } itemsNotShared } } }
            """;
        var follower = await seeded.Hub.QueryAsync(query, key: seeded.KeyOf("重庆市字水中学"));
        var course = follower.GetProperty("courses").GetProperty("nodes").EnumerateArray().Single(c => c.GetProperty("title").GetString() == "高一远程双师课程");
        Assert.Equal("""{"title":"高一远程双师课程","leadSchool":{"name":"成都七中东方闻道网校"},"followers":[{"name":"重庆市字水中学"}],"units":[{"lessons":[{"title":"函数的单调性"}]},{"lessons":[{"title":"How to write a summary"}]}]}""", course.GetRawText());
        var newcomer = await seeded.Hub.QueryAsync(query);
        Assert.DoesNotContain("双师", newcomer.GetProperty("courses").GetRawText());
        // The exercises are for members only, the alliance's lesson for the alliance.
        var lesson = Assert.Single(newcomer.GetProperty("lessons").GetProperty("nodes").EnumerateArray());
        Assert.Equal((2, 1), (lesson.GetProperty("parts").GetArrayLength(), lesson.GetProperty("partsNotShared").GetInt32()));
        var collection = newcomer.GetProperty("collections").GetProperty("nodes").EnumerateArray().Single(c => c.GetProperty("title").GetString() == "中职实训项目集");
        Assert.Equal((3, 1), (collection.GetProperty("items").GetProperty("nodes").GetArrayLength(), collection.GetProperty("itemsNotShared").GetInt32()));
        var ally = await seeded.Hub.QueryAsync(query, key: seeded.KeyOf("重庆市两江职业教育中心"));
        Assert.Contains("新能源汽车高压断电操作", ally.GetProperty("collections").GetRawText());
    }

    [Fact]
    public async Task Seeding_again_changes_nothing()
    {
        var before = await FactsAsync();
        using var client = seeded.Hub.Client();
        var again = await DemoSeed.RunAsync(client, await DemoKeys.OpenAsync(seeded.Hub.Data, HubApp.AdminKey, default), await DemoAccounts.OpenAsync(seeded.Hub.Data, default), default);
        Assert.True(again.AlreadyThere);
        Assert.Equal(seeded.Report.Keys, again.Keys);
        Assert.Equal(seeded.Report.Accounts, again.Accounts);
        Assert.Equal(before, await FactsAsync());
    }

    [Fact]
    public async Task Seeding_that_was_cut_goes_on_without_making_anything_twice()
    {
        var before = await FactsAsync();
        // A fresh folder for the keys knows nothing of what was done: every step is asked for again.
        var forgetful = Directory.CreateTempSubdirectory("hub-test-");
        using var client = seeded.Hub.Client();
        var again = await DemoSeed.RunAsync(client, await DemoKeys.OpenAsync(forgetful.FullName, HubApp.AdminKey, default), await DemoAccounts.OpenAsync(forgetful.FullName, default), default);
        forgetful.Delete(recursive: true);
        Assert.False(again.AlreadyThere);
        Assert.Equal(seeded.Report.Files, again.Files);
        Assert.Equal(before, await FactsAsync());
        // Secrets are shown once, so new keys were made; they open the hub too.
        Assert.Equal(seeded.Report.Keys.Count, again.Keys.Count);
        Assert.Equal(seeded.Report.Accounts.Count, again.Accounts.Count);
        using var person = await seeded.Hub.SignInAsync("", again.Accounts[0].UserName, again.Accounts[0].Password);
        Assert.Equal("TEACHER", (await seeded.Hub.QueryAsync("{ viewer { role } }", key: again.Keys[0].Secret)).GetProperty("viewer").GetProperty("role").GetString());
    }

    [Fact]
    public async Task The_keys_can_be_read_by_their_owner_only()
    {
        var file = Path.Join(seeded.Hub.Data, "demo-keys.json");
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(seeded.Report.Keys, (await DemoKeys.OpenAsync(seeded.Hub.Data, null, default)).All);
        using var printed = new StringWriter();
        seeded.Report.Print(printed);
        Assert.All(seeded.Report.Keys, k => Assert.Contains(k.Secret, printed.ToString()));
    }

    [Fact]
    public async Task Of_each_school_one_can_be_a_teacher_and_an_admin_and_of_the_hub_an_admin()
    {
        var file = Path.Join(seeded.Hub.Data, "demo-accounts.json");
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(seeded.Report.Schools * 2 + 1, seeded.Report.Accounts.Count);
        using var printed = new StringWriter();
        seeded.Report.Print(printed);
        Assert.All(seeded.Report.Accounts, a => Assert.Contains($"{a.UserName} {a.Password}", printed.ToString()));
        foreach (var (name, role, school) in new (string, string, string?)[] { ("huaxin-teacher", "TEACHER", "重庆市江北区华新实验小学"), ("bazhong-admin", "SCHOOL_ADMIN", "巴中第一实验小学"), ("hub-admin", "HUB_ADMIN", null) })
        {
            var account = seeded.Report.Accounts.Single(a => a.UserName == name);
            using var person = await seeded.Hub.SignInAsync("", account.UserName, account.Password);
            var viewer = (await person.QueryAsync("{ viewer { role school { name } } }")).GetProperty("viewer");
            Assert.Equal(role, viewer.GetProperty("role").GetString());
            if (school is not null) Assert.Equal(school, viewer.GetProperty("school").GetProperty("name").GetString());
        }
    }

    [Fact]
    public async Task A_partner_sees_what_its_partnership_shares_and_a_stranger_does_not()
    {
        Assert.Contains("点亮小灯泡（课件）", await TitlesAsync("点亮小灯泡", seeded.KeyOf("重庆市江北区新村实验小学")));
        Assert.DoesNotContain("点亮小灯泡（课件）", await TitlesAsync("点亮小灯泡", seeded.KeyOf("重庆市徐悲鸿中学")));
        Assert.DoesNotContain("点亮小灯泡（课件）", await TitlesAsync("点亮小灯泡", key: null));
        Assert.Contains("约分和通分 分层练习", await TitlesAsync("约分和通分", seeded.KeyOf("重庆市徐悲鸿中学")));
        Assert.DoesNotContain("约分和通分 分层练习", await TitlesAsync("约分和通分", key: null));
        Assert.Contains("《弹力》说课稿（初稿）", await TitlesAsync("弹力 说课稿", seeded.Keys.AdminKey));
        Assert.DoesNotContain("《弹力》说课稿（初稿）", await TitlesAsync("弹力 说课稿", seeded.KeyOf("重庆市字水中学")));
    }

    private async Task<IReadOnlyList<string>> TitlesAsync(string text, string? key)
        => [.. (await seeded.Hub.QueryAsync("query($text: String!) { search(text: $text, first: 50) { edges { node { title } } } }", new { text }, key))
            .GetProperty("search").GetProperty("edges").EnumerateArray().Select(e => e.GetProperty("node").GetProperty("title").GetString()!)];

    private async Task<(int Schools, int Partnerships, int Resources, int Files, int Versions, long Revisions, int Shares, int Packs, long PackRevisions, int PackVersions)> FactsAsync()
    {
        await seeded.Hub.IdleAsync();
        await using var db = await DbAsync();
        return (await db.Schools.CountAsync(), await db.Partnerships.CountAsync(), await db.Resources.CountAsync(), await db.Files.CountAsync(), await db.ResourceVersions.CountAsync(),
            await db.Resources.SumAsync(r => r.Revision), await db.Resources.SelectMany(r => r.Shares).CountAsync(), await db.Packs.CountAsync(), await db.Packs.SumAsync(p => p.Revision), await db.PackVersions.CountAsync());
    }

    private Task<HubDb> DbAsync() => seeded.Hub.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync();
}
