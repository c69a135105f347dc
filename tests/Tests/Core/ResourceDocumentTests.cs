using ResourceHub.Core.Files;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;
using ResourceHub.Core.Search;

namespace ResourceHub.Tests.Core;

public sealed class ResourceDocumentTests
{
    private static readonly DateTime Now = new(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc);
    private static readonly School School = new() { Name = "重庆市江北区新村实验小学", ShortName = "新村小学", CreatedAt = Now };

    [Fact]
    public async Task A_document_says_what_it_is_filed_under_in_the_words_teachers_type()
    {
        await using var record = await TempRecord.StartAsync();
        var resource = Lesson("圆的面积");
        resource.Contributors = [new Contributor("数学教研组", "author")];
        await record.SaveAsync(School, resource, FileOf(resource, "圆的面积 课堂用.pptx"));
        var document = Assert.Single(await BuildAsync(record, resource.Id));
        Assert.Superset(new HashSet<string> { "六年级", "数学", "课件", "Mathematics", "新村小学", "重庆市江北区新村实验小学", "数学教研组", "圆的面积 课堂用", "圆" }, document.Extra.ToHashSet());
        Assert.Equal(["mathematics"], document.Values[FacetName.Subject]);
        Assert.Equal([School.Id.ToString("n")], document.Values[FacetName.School]);
        Assert.Equal(["application/pdf"], document.Values[FacetName.MediaType]);
        Assert.DoesNotContain(FacetName.Edition, document.Values.Keys);
    }

    [Fact]
    public async Task Passages_point_to_their_place_in_the_kept_text_and_hidden_slides_are_left_out()
    {
        await using var record = await TempRecord.StartAsync();
        var resource = Lesson("通分");
        var file = FileOf(resource, "通分.pptx");
        var text = string.Concat(Enumerable.Range(1, 30).Select(n => $"第{n}步：先找分母的最小公倍数，再把分数化成同分母。"));
        await record.SaveAsync(School, resource, file,
            SectionOf(file, 0, "第一张：通分的意义"), SectionOf(file, 1, "答案：不给学生看", hidden: true), SectionOf(file, 2, text));
        var passages = Assert.Single(await BuildAsync(record, resource.Id)).Passages;
        Assert.Equal("第一张：通分的意义", passages[0].Text);
        Assert.Equal(new PassageSource("text", file.Id, 0, 0, 9), passages[0].Source);
        Assert.All(passages.Skip(1), p => Assert.Equal(text.Substring(p.Source.Start, p.Source.Length), p.Text));
        Assert.DoesNotContain(passages, p => p.Text.Contains("答案", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Files_of_older_versions_are_not_indexed()
    {
        await using var record = await TempRecord.StartAsync();
        var resource = Lesson("通分");
        var old = FileOf(resource, "旧.pptx");
        old.RemovedIn = 2;
        await record.SaveAsync(School, resource, old, SectionOf(old, 0, "旧的内容"));
        var document = Assert.Single(await BuildAsync(record, resource.Id));
        Assert.Empty(document.Passages);
        Assert.DoesNotContain("旧", document.Extra);
    }

    [Fact]
    public async Task A_withdrawn_resource_is_open_to_its_creator_and_the_schools_admins_only()
    {
        await using var record = await TempRecord.StartAsync();
        var resource = Lesson("通分");
        resource.Publish(Visibility.Public, Now);
        resource.Withdraw(Now);
        await record.SaveAsync(School, resource);
        Assert.Equal([$"by:{School.Id:n}:{resource.CreatedBy:n}", $"admin:{School.Id:n}"], Assert.Single(await BuildAsync(record, resource.Id)).AccessTokens);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(60)]
    public async Task A_batch_costs_the_same_statements_however_many_resources_it_has(int count)
    {
        await using var record = await TempRecord.StartAsync();
        await record.SaveAsync(School);
        List<Guid> ids = [];
        for (var n = 0; n < count; n++)
        {
            var resource = Lesson($"第{n}课");
            var file = FileOf(resource, $"{n}.pptx");
            await record.SaveAsync(resource, file, SectionOf(file, 0, "通分"));
            ids.Add(resource.Id);
        }
        await using var db = record.CreateDbContext();
        using var sql = new SqlCount();
        var built = new List<ResourceDocument>();
        foreach (var group in await ResourceDocuments.GroupAsync(db, ids, default)) built.AddRange(await ResourceDocuments.BuildAsync(db, group, default));
        Assert.Equal(count, built.Count);
        Assert.Equal(5, sql.Statements);
    }

    [Fact]
    public async Task Resources_with_whole_books_come_alone_so_that_a_batch_fits_into_memory()
    {
        await using var record = await TempRecord.StartAsync();
        Resource[] resources = [Lesson("一"), Lesson("二"), Lesson("三")];
        await record.SaveAsync(School, resources[0], resources[1], resources[2]);
        foreach (var resource in resources)
        {
            var file = FileOf(resource, "书.pdf");
            await record.SaveAsync(file, new FileExtraction { FileId = file.Id, TextLength = resource.Title == "二" ? 5_000_000 : 1000, UpdatedAt = Now });
        }
        await using var db = record.CreateDbContext();
        var groups = await ResourceDocuments.GroupAsync(db, [resources[0].Id, Guid.CreateVersion7(), resources[1].Id, resources[2].Id], default);
        Assert.Equal([[resources[0].Id], [resources[1].Id], [resources[2].Id]], groups);
    }

    private static Resource Lesson(string title) => new()
    {
        SchoolId = School.Id,
        CreatedBy = Guid.CreateVersion7(),
        Title = title,
        Kind = "slides",
        Stage = "primary",
        Grades = ["g6"],
        Subject = "mathematics",
        Chapter = "圆",
        CreatedAt = Now,
    };

    private static ResourceFile FileOf(Resource resource, string name)
        => new() { ResourceId = resource.Id, Name = name, MediaType = "application/pdf", Sha256 = new string('0', 64), AddedIn = 1, AddedAt = Now };

    private static FileSection SectionOf(ResourceFile file, int ordinal, string text, bool hidden = false)
        => FileSection.Of(file.Id, ordinal, new Section("slide", text, new Location(Slide: ordinal + 1), Hidden: hidden));

    private static async Task<IReadOnlyList<ResourceDocument>> BuildAsync(TempRecord record, Guid id)
    {
        await using var db = record.CreateDbContext();
        return await ResourceDocuments.BuildAsync(db, [id], default);
    }
}
