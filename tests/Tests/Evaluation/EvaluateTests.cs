using System.Text.Json;
using ResourceHub.Host.Commands;
using ResourceHub.Tests.Engines.Elasticsearch;

namespace ResourceHub.Tests.Evaluation;

/// <summary>The verb evaluate on collections small enough to be reckoned by hand.</summary>
public sealed class EvaluateTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hub-evaluated-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Figures_are_those_reckoned_by_hand()
    {
        // The more often the word stands in the text, the higher the hit: 1, 2, 3.
        var documents = File("d", """{"id":"1","title":"光合作用","text":"光合作用，光合作用"}""", """{"id":2,"title":"","text":"光合作用需要光。其他的文字写在这里"}""", """{"id":"3","text":"说到光合作用的一篇较长的文章，其余都与它无关，只是为了让它更长"}""", """{"id":"4","title":"圆","text":"圆的面积"}""");
        var queries = File("q", """{"id":"a","text":"光合作用"}""", "", """{"id":"b","text":"xyzzy"}""", """{"id":"c","text":"圆"}""");
        var judgements = File("j", """{"query":"a","document":"3","grade":3}""", """{"query":"a","document":"2","grade":1}""", """{"query":"a","document":"1","grade":0}""", """{"query":"a","document":"9"}""", """{"query":"b","document":"4","grade":0}""", """{"query":"z","document":"4"}""");
        var (code, output, errors) = await RunAsync("--documents", documents, "--queries", queries, "--judgements", judgements, "--json");
        Assert.Equal(0, code);
        var report = JsonSerializer.Deserialize<JsonElement>(output);
        Assert.Equal(["ndcg10", "mrr10", "recall100", "empty", "queries", "p50ms", "p95ms"], report.EnumerateObject().Select(p => p.Name));
        // Second has grade 1, third 3; best would be 3, 1 and the missing document's 1.
        var expected = (1 / Math.Log2(3) + 3 / Math.Log2(4)) / (3 / Math.Log2(2) + 1 / Math.Log2(3) + 1 / Math.Log2(4));
        Assert.Equal(expected, report.GetProperty("ndcg10").GetDouble(), 4);
        Assert.Equal(0.5, report.GetProperty("mrr10").GetDouble(), 4);
        Assert.Equal(2.0 / 3, report.GetProperty("recall100").GetDouble(), 4);
        Assert.Equal(1, report.GetProperty("empty").GetInt32());
        Assert.Equal(3, report.GetProperty("queries").GetInt32());
        Assert.InRange(report.GetProperty("p50ms").GetDouble(), 0.001, report.GetProperty("p95ms").GetDouble());
        Assert.Contains("1 judged documents are not in the collection", errors, StringComparison.Ordinal);
        Assert.Contains("2 queries have no right document", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hits_beyond_the_first_page_count_for_recall()
    {
        var documents = File("d", [.. Enumerable.Range(0, 150).Select(i => $$"""{"id":"{{i}}","title":"牛顿","text":"{{string.Concat(Enumerable.Repeat("牛顿。", 150 - i))}}"}""")]);
        var queries = File("q", """{"id":"a","text":"牛顿"}""");
        var judgements = File("j", [.. Enumerable.Range(0, 150).Select(i => $$"""{"query":"a","document":"{{i}}","grade":1}""")]);
        var (_, output, _) = await RunAsync("--documents", documents, "--queries", queries, "--judgements", judgements, "--json");
        Assert.Equal(100.0 / 150, JsonSerializer.Deserialize<JsonElement>(output).GetProperty("recall100").GetDouble(), 4);
    }

    [Theory]
    [InlineData("d", """{"id":"1","text":"a"}|{"id":"2","text":"b" """, ":2: this is no JSON")]
    [InlineData("d", """{"id":"1","text":"a"}||{"id":"1"}""", ":3: the id \"1\" was there before")]
    [InlineData("d", """{"title":"a"}""", ":1: \"id\" is missing")]
    [InlineData("d", """{"id":"1","text":["a"]}""", ":1: \"text\" is neither text nor a number")]
    [InlineData("d", """{"id":"1","text":"\ud800"}""", ":1: \"text\" is no text")]
    [InlineData("q", """["a"]""", ":1: this is no JSON object")]
    [InlineData("q", "", "has no queries")]
    [InlineData("j", """{"query":"a","document":"1","grade":"much"}""", ":1: \"grade\" is no number: much")]
    public async Task A_broken_file_is_named_with_its_line(string file, string lines, string message)
    {
        Dictionary<string, string[]> files = new() { ["d"] = ["""{"id":"1","text":"a"}"""], ["q"] = ["""{"id":"a","text":"a"}"""], ["j"] = ["""{"query":"a","document":"1"}"""] };
        files[file] = lines.Split('|');
        var (code, output, errors) = await RunAsync("--documents", File("d", files["d"]), "--queries", File("q", files["q"]), "--judgements", File("j", files["j"]));
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains(message, errors, StringComparison.Ordinal);
        Assert.Contains(Path.Join(folder.FullName, file), errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_is_said()
    {
        Assert.Contains("--queries FILE", (await RunAsync("--json")).Errors, StringComparison.Ordinal);
        Assert.Contains("cannot be read", (await RunAsync("--queries", "/none", "--judgements", "/none")).Errors, StringComparison.Ordinal);
        var (queries, judgements) = (File("q", """{"id":"a","text":"a"}"""), File("j", """{"query":"a","document":"1"}"""));
        Assert.Contains("holds no record yet", (await RunAsync("--queries", queries, "--judgements", judgements, $"--Hub:Data={folder.FullName}")).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_documents_the_hubs_own_resources_are_searched_and_left_as_they_are()
    {
        await using var hub = await HubApp.StartAsync();
        var school = await hub.SchoolAsync("第一小学");
        var lesson = await hub.ResourceAsync(school, "圆的面积 教学设计");
        await hub.ResourceAsync(school, "三角形的面积 教学设计");
        await hub.IdleAsync();
        var queries = File("q", """{"id":"a","text":"圆的面积"}""", """{"id":"b","text":"三角形"}""");
        var judgements = File("j", $$"""{"query":"a","document":"{{lesson}}","grade":2}""", """{"query":"b","document":"三角形的面积 教学设计","grade":1}""");
        var (code, output, errors) = await RunAsync("--queries", queries, "--judgements", judgements, "--json", $"--Hub:Data={hub.Data}");
        Assert.Equal("", errors);
        Assert.Equal(0, code);
        Assert.Equal(1, JsonSerializer.Deserialize<JsonElement>(output).GetProperty("mrr10").GetDouble());
    }

    [Fact]
    public async Task On_Elasticsearch_it_works_under_a_prefix_of_its_own_and_leaves_nothing()
    {
        var cluster = new Imitation();
        await using var stub = await StubServer.StartAsync(cluster.Answer);
        var documents = File("d", """{"id":"1","title":"光合作用","text":"光合作用"}""", """{"id":"2","title":"圆的面积","text":"公式"}""");
        var (queries, judgements) = (File("q", """{"id":"a","text":"圆的面积"}"""), File("j", """{"query":"a","document":"2"}"""));
        var (code, output, _) = await RunAsync("--documents", documents, "--queries", queries, "--judgements", judgements, "--json", "--Hub:Search=elasticsearch", $"--Hub:Elasticsearch:Nodes={stub.Address}");
        Assert.Equal(0, code);
        Assert.Equal(1, JsonSerializer.Deserialize<JsonElement>(output).GetProperty("mrr10").GetDouble());
        Assert.All(stub.Sent.Where(s => s.Method == "PUT"), s => Assert.Contains("hub-evaluate-", s.Path, StringComparison.Ordinal));
        Assert.Empty(cluster.Indexes);
        Assert.Contains(stub.Sent, s => s.Method == "DELETE" && s.Path.StartsWith("/_index_template/hub-evaluate-", StringComparison.Ordinal));
    }

    private string File(string name, params string[] lines)
    {
        var path = Path.Join(folder.FullName, name);
        System.IO.File.WriteAllLines(path, lines);
        return path;
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] args)
    {
        await using StringWriter output = new(), errors = new();
        var code = await EvaluateCommand.RunAsync(args, output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
