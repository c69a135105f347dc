using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Core.Files;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;
using ResourceHub.Core.Search;
using ResourceHub.Engines.Analysis;
using ResourceHub.Engines.Lucene;
using ResourceHub.Engines.Sqlite;

namespace ResourceHub.Tests.Core;

/// <summary>Searching as the doors do it: real record, real index; the index is written when the test says so, so that it may lag.</summary>
public sealed class ResourceSearchTests : IAsyncLifetime
{
    private static readonly School Owner = new() { Name = "新村实验小学" };
    private static readonly Viewer Teacher = new(Guid.CreateVersion7(), "t", Role.Teacher, Owner.Id, FrozenSet<string>.Empty, []);

    private readonly string folder = Directory.CreateTempSubdirectory("hub-search-").FullName;
    private ServiceProvider services = null!;

    private ResourceSearch Search => services.GetRequiredService<ResourceSearch>();

    public async Task InitializeAsync()
    {
        services = new ServiceCollection().AddLogging().AddSingleton(new HubSettings { Data = folder }).AddCore().AddSqlite(folder).AddLucene(Path.Join(folder, "index")).BuildServiceProvider();
        foreach (var engine in services.GetServices<IPrepareAtStart>()) await engine.PrepareAsync(default);
        await ChangeAsync(db => db.Add(Owner));
    }

    public async Task DisposeAsync()
    {
        await services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_hit_shows_its_words_and_where_in_which_file_they_stand()
    {
        var lesson = Resource("分数的意义", "一节认识通分的课");
        var file = new ResourceFile { ResourceId = lesson.Id, Name = "课件.pptx", MediaType = "x", Sha256 = new string('0', 64), AddedIn = 1 };
        // Characters of two UTF-16 units before the passage: SQL counts them as one.
        var text = string.Concat(Enumerable.Repeat("𠮷", 500)) + "。\n例题：先通分，再比较两个分数的大小。";
        await ChangeAsync(db => db.AddRange(lesson, file, Section(file, 0, 1, "教学目标：认识几分之一"), Section(file, 6, 7, text)));
        await IndexAsync();
        var hit = Assert.Single((await FindAsync(Teacher, new("通分"))).Hits);
        Assert.Equal("分数的意义", hit.Resource.Title);
        Assert.Equal(["description", "text"], hit.Highlights.Select(h => h.Field));
        var passage = hit.Highlights[1];
        Assert.Equal((file.Id, 7), (passage.FileId, passage.Location?.Slide));
        Assert.Equal("通分", Assert.Single(passage.Text.Ranges.Select(r => passage.Text.Text[r.Start..r.End])));
        Assert.Equal(passage.Text.Text, text.Substring(passage.Text.Start, passage.Text.Text.Length));
    }

    [Fact]
    public async Task What_the_index_does_not_know_yet_is_not_shown_nor_counted()
    {
        var (kept, withdrawn) = (Resource("圆的面积 上"), Resource("圆的面积 下"));
        await ChangeAsync(db => db.AddRange(kept, withdrawn));
        await IndexAsync();
        Assert.Equal(2, (await FindAsync(Viewer.Anonymous, new("面积"))).Total);
        await ChangeAsync(db => db.Resources.Single(r => r.Id == withdrawn.Id).Withdraw(Make.Day(3)));
        var page = await FindAsync(Viewer.Anonymous, new("面积"));
        Assert.Equal(kept.Id, Assert.Single(page.Hits).Resource.Id);
        Assert.Equal(1, page.Total);
        Assert.Equal(["圆的面积 上"], (await services.GetRequiredService<Suggestions>().SuggestAsync(Viewer.Anonymous, "圆", 8, default)).Select(s => s.Text));
    }

    [Fact]
    public async Task Pages_lead_on_and_their_cursors_are_for_this_question_and_viewer_only()
    {
        await ChangeAsync(db => db.AddRange(Enumerable.Range(0, 25).Select(i => Resource($"数学 第{i}课"))));
        await IndexAsync();
        var question = new SearchQuestion("数学", First: 10);
        HashSet<Guid> seen = [];
        FoundPage page;
        do
        {
            page = await FindAsync(Teacher, question);
            seen.UnionWith(page.Hits.Select(h => h.Resource.Id));
            question = question with { After = page.EndCursor, First = 7 };
        }
        while (page.HasMore);
        Assert.Equal(25, seen.Count);
        var cursor = (await FindAsync(Teacher, new("数学", First: 10))).Hits[3].Cursor;
        Assert.Equal(10, (await FindAsync(Teacher, new("数学", First: 10, After: cursor))).Hits.Count);
        await RefusesAsync(Viewer.Anonymous, new("数学", After: cursor));
        await RefusesAsync(Teacher with { SchoolId = Guid.CreateVersion7() }, new("数学", After: cursor));
        await RefusesAsync(Teacher with { Role = Role.HubAdmin }, new("数学", After: cursor));
        await RefusesAsync(Teacher, new("语文", After: cursor));
        await RefusesAsync(Teacher, new("数学", Sort: SearchSort.Newest, After: cursor));
        await RefusesAsync(Teacher, new("数学", new Dictionary<FacetName, IReadOnlyList<string>> { [FacetName.Kind] = ["slides"] }, After: cursor));
        await RefusesAsync(Teacher, new("数学", After: "not-a-cursor"));
    }

    [Fact]
    public async Task Only_what_was_asked_for_is_counted_and_marked()
    {
        await ChangeAsync(db => db.Add(Resource("数学")));
        await IndexAsync();
        var page = await FindAsync(Teacher, new("数学", WithTotal: false, WithHighlights: false));
        Assert.Equal(-1, page.Total);
        Assert.Empty(page.Facets);
        Assert.Empty(Assert.Single(page.Hits).Highlights);
        Assert.Equal([("slides", 1)], (await FindAsync(Teacher, new(null, First: 0, Facets: [FacetName.Kind]))).Facets[0].Values.Select(v => (v.Code, v.Count)));
        Assert.Equal("INVALID_FIRST", Assert.Single((await Search.SearchAsync(Teacher, new("数学", First: 101), default)).Problems).Code);
    }

    private async Task RefusesAsync(Viewer viewer, SearchQuestion question)
        => Assert.Equal("INVALID_CURSOR", Assert.Single((await Search.SearchAsync(viewer, question, default)).Problems).Code);

    private async Task<FoundPage> FindAsync(Viewer viewer, SearchQuestion question)
        => (await Search.SearchAsync(viewer, question, default)).Value ?? throw new InvalidOperationException("refused");

    private static Resource Resource(string title, string? description = null)
    {
        var resource = new Resource { SchoolId = Owner.Id, CreatedBy = Guid.CreateVersion7(), Title = title, Description = description, Kind = "slides", CreatedAt = Make.Day(1) };
        resource.Publish(Visibility.Public, Make.Day(2));
        return resource;
    }

    private static FileSection Section(ResourceFile file, int ordinal, int slide, string text) => new() { FileId = file.Id, Ordinal = ordinal, Kind = "slide", Slide = slide, Text = text };

    private async Task ChangeAsync(Action<HubDb> change)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync();
        change(db);
        await db.SaveChangesAsync();
    }

    private async Task IndexAsync()
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync();
        await services.GetRequiredService<ISearchIndex>().WriteAsync(await ResourceDocuments.BuildAsync(db, await db.Resources.Select(r => r.Id).ToListAsync(), default), [], default);
    }
}
