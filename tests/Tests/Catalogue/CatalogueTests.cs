using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.Catalogue;
using ResourceHub.Core.People;
using ResourceHub.Host.Catalogue;
using ResourceHub.Host.Commands;

namespace ResourceHub.Tests.Catalogue;

public sealed class CatalogueTests : IAsyncLifetime
{
    private HubApp hub = null!;
    private string huaxin = "";

    public async Task InitializeAsync()
    {
        hub = await HubApp.StartAsync();
        huaxin = await hub.SchoolAsync("重庆市江北区华新实验小学");
        await CatalogueSamples.LoadAsync(hub.Services.GetRequiredService<CatalogueImport>(), default);
    }

    public async Task DisposeAsync() => await hub.DisposeAsync();

    private async Task<JsonElement> BookAsync(string edition, string? key = null)
        => (await hub.QueryAsync("""
            query($edition: String) { catalogue(first: 1, edition: $edition, subject: "mathematics", grade: "g6", volume: "upper") { totalCount nodes {
              title resourceCount children { title position resourceCount children { id title topics resourceCount parent { title } siblings { title edition { label } } } } } } }
            """, new { edition }, key)).GetProperty("catalogue").GetProperty("nodes")[0];

    private static JsonElement Child(JsonElement of, string title) => of.GetProperty("children").EnumerateArray().Single(c => c.GetProperty("title").GetString() == title);

    private async Task<string> FiledAsync(string title, string edition, string chapter, string visibility = "PUBLIC")
    {
        var made = await hub.QueryAsync("""
            mutation($input: CreateResourceInput!) { createResource(input: $input) { resource { id catalogueChapter { code } } errors { message } } }
            """, new { input = new { schoolId = huaxin, title, kind = "lesson-plan", licence = "cc-by", subject = "mathematics", grades = new[] { "g6" }, edition, chapter } }, HubApp.AdminKey);
        var resource = made.GetProperty("createResource").GetProperty("resource");
        await hub.PublishAsync(resource.GetProperty("id").GetString()!, visibility);
        return resource.GetProperty("catalogueChapter").GetProperty("code").GetString()!;
    }

    [Fact]
    public async Task A_teacher_walks_down_a_book_and_finds_the_lessons_of_other_editions_beside_it()
    {
        var book = await BookAsync("pep");
        Assert.Equal("人教版数学六年级上册", book.GetProperty("title").GetString());
        Assert.Equal("分数乘法", book.GetProperty("children")[0].GetProperty("title").GetString());
        var area = Child(Child(book, "圆"), "圆的面积");
        Assert.Equal("圆", area.GetProperty("parent").GetProperty("title").GetString());
        Assert.Equal(["北师大版 圆的面积（一）", "北师大版 圆的面积（二）", "西南大学版 圆的面积"], area.GetProperty("siblings").EnumerateArray()
            .Select(s => $"{s.GetProperty("edition").GetProperty("label").GetString()} {s.GetProperty("title").GetString()}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Counts_are_of_what_each_may_see_and_of_all_below()
    {
        Assert.Equal("pep-math-g6-upper/5/3", await FiledAsync("圆的面积 教学设计", "pep", "圆的面积"));
        Assert.Equal("pep-math-g6-upper/5", await FiledAsync("圆 单元整理", "pep", "圆"));
        Assert.Equal("pep-math-g6-upper/5/3", await FiledAsync("圆的面积 校本练习", "pep", "圆的面积", "SCHOOL"));
        var outside = await BookAsync("pep");
        Assert.Equal((2, 2, 1), (Count(outside), Count(Child(outside, "圆")), Count(Child(Child(outside, "圆"), "圆的面积"))));
        var inside = await BookAsync("pep", await hub.KeyAsync(huaxin));
        Assert.Equal((3, 3, 2), (Count(inside), Count(Child(inside, "圆")), Count(Child(Child(inside, "圆"), "圆的面积"))));
        Assert.Equal(0, Count(Child(outside, "比")));

        static int Count(JsonElement of) => of.GetProperty("resourceCount").GetInt32();
    }

    [Fact]
    public async Task A_resource_is_filed_by_its_place_alone_and_takes_the_rest_from_it()
    {
        var place = Child(Child(await BookAsync("swu"), "圆"), "圆的周长").GetProperty("id").GetString();
        var made = await hub.QueryAsync("""
            mutation($input: CreateResourceInput!) { createResource(input: $input) { resource { chapter edition { code } volume { code } grades { code } stage { code } catalogueChapter { id resources { totalCount } } } errors { message code } } }
            """, new { input = new { schoolId = huaxin, title = "圆的周长 课件", kind = "slides", chapterId = place } }, HubApp.AdminKey);
        var resource = made.GetProperty("createResource").GetProperty("resource");
        Assert.Equal(("圆的周长", "swu", "upper", "g6", "primary"), (resource.GetProperty("chapter").GetString(), Code("edition"), Code("volume"), resource.GetProperty("grades")[0].GetProperty("code").GetString(), Code("stage")));
        Assert.Equal(place, resource.GetProperty("catalogueChapter").GetProperty("id").GetString());

        string? Code(string field) => resource.GetProperty(field).GetProperty("code").GetString();
    }

    [Fact]
    public async Task A_place_that_is_not_there_is_said_and_nothing_is_made()
    {
        var made = await hub.AskAsync("""
            mutation($input: CreateResourceInput!) { createResource(input: $input) { resource { id } errors { code path } } }
            """, new { input = new { schoolId = huaxin, title = "圆的周长", kind = "slides", chapterId = GlobalId.Of<CatalogueNode>(Guid.CreateVersion7()) } }, HubApp.AdminKey);
        Assert.Contains("NOT_FOUND", made.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_operator_loads_a_newer_book_while_the_hub_runs_and_what_is_filed_stays()
    {
        await FiledAsync("圆的面积 教学设计", "pep", "圆的面积");
        var file = Path.Join(hub.Data, "newer.csv");
        await File.WriteAllTextAsync(file, "code,parent,level,title,grade,subject,edition,volume\npep-math-g6-upper,,volume,人教版数学六年级上册（新）,g6,mathematics,pep,upper\npep-math-g6-upper/1,pep-math-g6-upper,unit,圆,,,,\n");
        using var said = new StringWriter();
        Assert.Equal(0, await ImportCatalogueCommand.RunAsync([file, $"--Hub:Data={hub.Data}"], said, said));
        Assert.Contains("停用 2", said.ToString(), StringComparison.Ordinal);
        var book = await BookAsync("pep");
        Assert.Equal("人教版数学六年级上册（新）", book.GetProperty("title").GetString());
        Assert.Equal(1, book.GetProperty("resourceCount").GetInt32());
        await using var db = await hub.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync();
        Assert.Equal(["圆", "圆的面积"], db.CatalogueNodes.Where(n => n.IsRetired).Select(n => n.Title).OrderBy(t => t));
        Assert.Contains(db.AuditEvents, e => e.Action == "catalogue-loaded");
    }

    [Fact]
    public async Task A_broken_file_is_answered_with_its_lines_and_a_folder_without_a_hub_with_what_to_do()
    {
        var file = Path.Join(hub.Data, "broken.csv");
        await File.WriteAllTextAsync(file, "code,parent,level,title\nb,,volume,\n");
        using var said = new StringWriter();
        Assert.Equal(1, await ImportCatalogueCommand.RunAsync([file, $"--Hub:Data={hub.Data}"], said, said));
        Assert.Contains("broken.csv:2:", said.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, await ImportCatalogueCommand.RunAsync([], said, said));
        await File.WriteAllTextAsync(file, "code,parent,level,title,subject\nb,,volume,书,mathematics\n");
        var nowhere = await Assert.ThrowsAsync<ResourceHub.Engines.SettingsException>(() => ImportCatalogueCommand.RunAsync([file, $"--Hub:Data={Path.Join(hub.Data, "none")}"], said, said));
        Assert.Contains("start the hub once", nowhere.Message, StringComparison.Ordinal);
    }
}
