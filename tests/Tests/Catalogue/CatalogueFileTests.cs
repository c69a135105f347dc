using System.Text;
using ResourceHub.Core.Catalogue;
using ResourceHub.Core.People;
using ResourceHub.Host.Catalogue;

namespace ResourceHub.Tests.Catalogue;

public sealed class CatalogueFileTests : IAsyncLifetime
{
    private const string Header = "code,parent,level,title,stage,grade,subject,edition,volume,topics\n";
    private const string Book = Header + "b,,volume,数学六年级上册,primary,g6,mathematics,pep,upper,\n";
    private static readonly Viewer Operator = new(null, "operator", Role.HubAdmin, null, [ApiKeyScopes.Write], []);
    private TempRecord record = null!;

    public async Task InitializeAsync() => record = await TempRecord.StartAsync();

    public async Task DisposeAsync() => await record.DisposeAsync();

    private async Task<CatalogueLoaded> LoadAsync(byte[] content, string name)
    {
        var file = Path.Join(record.Folder, name);
        await File.WriteAllBytesAsync(file, content);
        var (lines, problems) = await CatalogueFile.ReadAsync(file, default);
        return problems.Count > 0 ? new CatalogueLoaded(problems) : await record.Get<CatalogueImport>().LoadAsync(Operator, lines, default);
    }

    private Task<CatalogueLoaded> CsvAsync(string text) => LoadAsync(Encoding.UTF8.GetBytes(text), "book.csv");

    [Theory]
    [InlineData("", 1, "空")]
    [InlineData(Header, 1, "没有目录条目")]
    [InlineData("code,parent,title\nb,,书\n", 1, "缺少字段 level")]
    [InlineData("code,parent,level,title,colour\nb,,volume,书,red\n", 1, "不认识字段“colour”")]
    [InlineData("code,code,parent,level,title\nb,b,,volume,书\n", 1, "出现了两次")]
    [InlineData(Book + "b/1,b,unit,圆,,,,,\n", 3, "有 9 个字段")]
    [InlineData(Book + "b/1,b,unit,\"圆\"形,,,,,,\n", 3, "引号不成对")]
    [InlineData(Book + ",b,unit,圆,,,,,,\n", 3, "缺少 code")]
    [InlineData(Book + "b/1,b,unit,圆,,,,,,\nb/1,b,unit,比,,,,,,\n", 4, "与第 3 行重复")]
    [InlineData(Book + "b/1,b,unit,,,,,,,\n", 3, "缺少 title")]
    [InlineData(Book + "b/1,b,page,圆,,,,,,\n", 3, "level “page”")]
    [InlineData(Book + "b/1,,unit,圆,,,,,,\n", 3, "缺少 parent")]
    [InlineData(Book + "b/1,c,unit,圆,,,,,,\n", 3, "“c” 不在文件里")]
    [InlineData(Book + "b/1,b/2,unit,圆,,,,,,\nb/2,b/1,chapter,比,,,,,,\n", 3, "成环")]
    [InlineData(Book + "b/1,b,chapter,圆,,,,,,\nb/1/1,b/1,unit,比,,,,,,\n", 4, "不能放在 chapter 之下")]
    [InlineData(Book + "c,b,volume,另一册,,,mathematics,,,\n", 3, "一册不能有 parent")]
    [InlineData(Header + "b,,volume,书,,g6,,pep,,\n", 2, "subject（学科）")]
    [InlineData(Header + "b,,volume,书,,g60,mathematics,pep,,\n", 2, "grade 中没有代码“g60”")]
    [InlineData(Book + "b/1,b,unit,圆,,,,bnu,,\n", 3, "edition “bnu” 与所在册的“pep”不同")]
    [InlineData(Book + "b/1,b,unit,圆,,,,,,一;二;三;四;五;六;七;八;九;十;11;12;13;14;15;16;17;18;19;20;21\n", 3, "topics 最多 20 个")]
    public async Task A_broken_table_is_refused_whole_with_the_line_and_what_to_do(string csv, int line, string says)
    {
        var loaded = await CsvAsync(csv);
        Assert.Contains(loaded.Problems, p => p.Line == line && p.Message.Contains(says, StringComparison.Ordinal));
        await using var db = record.CreateDbContext();
        Assert.Empty(db.CatalogueNodes);
    }

    [Theory]
    [InlineData("{\"code\":\"b\"}", 1, "应为一个数组")]
    [InlineData("[\n{\"code\":\"b\",\"level\":\"volume\",\"title\":\"书\",\"subject\":\"mathematics\"},\n{\"code\":\"b/1\",", 3, "不是完整的 JSON")]
    [InlineData("[\n{\"code\":\"b\",\"level\":\"volume\",\"title\":\"书\",\"subject\":\"mathematics\"},\n7\n]", 3, "都应为对象")]
    [InlineData("[\n\n{\"code\":\"b\",\"level\":\"volume\",\"title\":\"书\",\"subject\":\"mathematics\",\"colour\":\"red\"}]", 3, "字段有误")]
    [InlineData("[{\"code\":\"b\",\"level\":\"volume\",\"title\":\"书\",\"subject\":\"mathematics\"},\n{\"code\":\"b/1\",\"parent\":\"b\",\"level\":\"unit\",\"title\":\"圆\",\"topics\":\"圆\"}]", 2, "字段有误")]
    public async Task Broken_JSON_is_refused_with_its_line(string json, int line, string says)
    {
        var loaded = await LoadAsync(Encoding.UTF8.GetBytes(json), "book.json");
        Assert.Contains(loaded.Problems, p => p.Line == line && p.Message.Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_table_that_Excel_saved_in_GB18030_is_refused_with_the_way_out()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var loaded = await LoadAsync(Encoding.GetEncoding("gb18030").GetBytes(Book), "book.csv");
        Assert.Equal(2, Assert.Single(loaded.Problems).Line);
        Assert.Contains("CSV UTF-8", loaded.Problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_another_kind_of_file_nor_none_is_taken_for_a_catalogue()
    {
        Assert.Contains(".csv", (await LoadAsync("x"u8.ToArray(), "book.xlsx")).Problems.Single().Message, StringComparison.Ordinal);
        Assert.Contains("没有这个文件", (await CatalogueFile.ReadAsync(Path.Join(record.Folder, "none.csv"), default)).Problems.Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_two_forms_of_a_book_are_one_and_loading_it_again_changes_nothing()
    {
        var first = await CsvAsync("\uFEFF" + Book.Replace("\n", "\r\n", StringComparison.Ordinal) + "b/1,b,unit,圆,,,,,,\r\nb/1/1,b/1,chapter,\"圆的面积（一）\",,,,,,圆的面积；面积\r\n");
        Assert.Equal((3, 0), (first.Added, first.Problems.Count));
        var again = await LoadAsync("""
            [
              {"code": "b/1/1", "parent": "b/1", "level": "chapter", "title": "圆的面积（一）", "topics": ["圆的面积", "面积"]},
              {"code": "b", "level": "volume", "title": "数学六年级上册", "stage": "primary", "grade": "g6", "subject": "mathematics", "edition": "pep", "volume": "upper"},
              {"code": "b/1", "parent": "b", "level": "unit", "title": "圆"}
            ]
            """u8.ToArray(), "book.json");
        Assert.Equal((0, 0, 3, 0), (again.Added, again.Changed, again.Unchanged, again.Removed));
    }

    [Fact]
    public async Task What_a_new_file_of_the_book_leaves_out_goes_and_what_it_renames_keeps_its_place()
    {
        await CsvAsync(Book + "b/1,b,unit,圆,,,,,,\nb/1/1,b/1,chapter,圆的面积,,,,,,\nb/2,b,unit,比,,,,,,\n");
        await using var before = record.CreateDbContext();
        var unit = before.CatalogueNodes.Single(n => n.Code == "b/1").Id;
        var loaded = await CsvAsync(Book + "b/2,b,unit,比,,,,,,\nb/1,b,unit,圆和扇形,,,,,,\n");
        Assert.Equal((0, 2, 1, 1), (loaded.Added, loaded.Changed, loaded.Unchanged, loaded.Removed));
        await using var db = record.CreateDbContext();
        Assert.Equal(["比", "圆和扇形"], db.CatalogueNodes.Where(n => n.ParentId != null).OrderBy(n => n.Position).Select(n => n.Title));
        Assert.Equal(unit, db.CatalogueNodes.Single(n => n.Code == "b/1").Id);
        Assert.Empty(db.CatalogueTopics);
    }

    [Fact]
    public async Task The_catalogues_that_come_with_the_hub_are_whole()
    {
        await CatalogueSamples.LoadAsync(record.Get<CatalogueImport>(), default);
        await CatalogueSamples.LoadAsync(record.Get<CatalogueImport>(), default);
        await using var db = record.CreateDbContext();
        Assert.Equal(["bnu", "pep", "swu"], db.CatalogueNodes.Where(n => n.ParentId == null && n.Subject == "mathematics").Select(n => n.Edition!).Distinct().OrderBy(e => e));
        Assert.InRange(db.CatalogueNodes.Count(), 250, 400);
    }
}
