using System.Text.Json;
using ResourceHub.Engines.Analysis;
using Xunit.Abstractions;

namespace ResourceHub.Tests.Engines;

/// <summary>The analysis chain against what a real Elasticsearch gave, and what it must do where no record is at hand.</summary>
public sealed class LuceneAnalysisTests(ITestOutputHelper output)
{
    /// <summary>Texts whose tokens differ, each with the reason.</summary>
    private static readonly Dictionary<(string Analyzer, string Text), string> Exceptions = [];

    [Fact]
    public void The_chain_gives_the_tokens_and_places_that_Elasticsearch_gave()
    {
        if (Shared.Folder is not { } shared)
        {
            output.WriteLine("No ../shared here: the recorded tokens were not compared.");
            Assert.Equal([("圆的", 0, 2, 0), ("的面", 1, 3, 1), ("面积", 2, 4, 2)], Tokens("zh", "圆的面积"));
            return;
        }
        List<string> different = [];
        var compared = 0;
        foreach (var line in File.ReadLines(Path.Join(shared, "elasticsearch/recorded/tokens.jsonl")))
        {
            var recorded = JsonSerializer.Deserialize<JsonElement>(line);
            var (analyzer, text) = (recorded.GetProperty("analyzer").GetString()!, recorded.GetProperty("text").GetString()!);
            var expected = recorded.GetProperty("tokens").EnumerateArray().Select(t => (t[0].GetString()!, t[1].GetInt32(), t[2].GetInt32(), t[3].GetInt32())).ToList();
            var isSame = expected.SequenceEqual(Tokens(analyzer, text));
            if (isSame == Exceptions.ContainsKey((analyzer, text)))
                different.Add($"{analyzer} {JsonSerializer.Serialize(text)}: {string.Join(' ', expected)} but here {string.Join(' ', Tokens(analyzer, text))}");
            compared++;
        }
        Assert.Empty(different);
        Assert.Equal(128, compared);
    }

    [Theory]
    [InlineData("𠮷野家", "𠮷野 野家")]
    [InlineData("2026年9月1日", "2026 年 9 月 1 日")]
    [InlineData("Running plants' studies", "run plant studi")]
    [InlineData("don't a.b 3.14 3,000 foo_bar e-mail 1:2 a:b _ '", "don't a.b 3.14 3,000 foo_bar e mail 1 2 a:b")]
    [InlineData("naïve caf\u0065\u0301 图形", "naïv cafe\u0301 图形")]
    [InlineData("👩‍🏫老师🧪", "👩‍🏫 老师 🧪")]
    [InlineData("İstanbul", "istanbul")]
    public void Words_are_cut_as_teachers_write_them(string text, string tokens) => Assert.Equal(tokens, string.Join(' ', Tokens("zh", text).Select(t => t.Item1)));

    [Fact]
    public void Blanks_between_characters_are_passed_over_where_asked()
        => Assert.Equal("高三 三数 数学 abc 学", string.Join(' ', new HubAnalyzer().Pairs("高 三\n数学 abc 学", joinBlanks: true).Select(t => t.Text)));

    [Fact]
    public void The_fast_way_cuts_as_Lucene_does()
    {
        var random = new Random(20261125);
        string[] pieces = ["圆", "面积", " ", "\n", "ab", "Run", "7", "3.5", ".", "'", ",", ":", "_", "é", "e\u0301", "\u0301", "ワ", "あ", "한국", "、", "。", "-", "%", "\u200D", "ﾊﾟ", "々", "א", "ไทย", "·", "’"];
        for (var round = 0; round < 3000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, 1 + random.Next(8)).Select(_ => pieces[random.Next(pieces.Length)]));
            Assert.True(LucenesOwn.Words(text).SequenceEqual(new HubAnalyzer().Words(text).Select(w => (w.Text, w.Start, w.End))), $"{JsonSerializer.Serialize(text)}: {string.Join(' ', LucenesOwn.Words(text))} but here {string.Join(' ', new HubAnalyzer().Words(text))}");
        }
    }

    private static List<(string, int, int, int)> Tokens(string analyzer, string text)
    {
        var chain = new HubAnalyzer();
        return analyzer == "zh"
            ? [.. chain.Pairs(text, joinBlanks: false).Select(t => (t.Text, t.Start, t.End, t.Position))]
            : [.. chain.Words(text).Select((w, i) => (w.Text, w.Start, w.End, i))];
    }
}
