using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using ResourceHub.Host.Bench;
using Xunit.Abstractions;

namespace ResourceHub.Tests.Search;

/// <summary>
/// Whatever is sent as a query is answered, and never with what the asker may not see. How long it takes is measured by ./hub bench, which sends ten thousand;
/// HUB_HOSTILE=10000 sends as many here.
/// </summary>
public sealed class HostileQueryTests(ITestOutputHelper output)
{
    private const int Lanes = 4;
    private const string Secret = "保密试卷机密";

    private const string Asked = """
        search(text: $text, first: 20, chips: []) { totalCount didYouMean notice chips { words label }
          edges { cursor highlights(passages: 3) { text ranges { start end } location { page slide second sheet } openUrl } node { title } }
          facets { name values { code label count } } pageInfo { hasNextPage endCursor } }
        suggest(text: $text) { text }
        """;

    [Fact]
    public async Task Whatever_is_asked_is_answered_and_nothing_hidden_is_found()
    {
        var count = Environment.GetEnvironmentVariable("HUB_HOSTILE") is { Length: > 0 } said ? int.Parse(said, CultureInfo.InvariantCulture) : 1500;
        await using var hub = await HubApp.StartAsync(new() { ["RequestsPerMinute"] = "1000000" });
        var school = await hub.SchoolAsync("成都市泡桐树小学");
        foreach (var title in (string[])["圆的面积 教学设计", "通分 课件", "What's the weather like? 🧪", "𠮷野 「古诗」", "a*b (c) [d] title:圆"])
        {
            var id = await hub.ResourceAsync(school, title);
            await hub.AttachAsync(id, Encoding.UTF8.GetBytes($"{title}\n圆的面积 通分 the weather ① 🧪 什么 为什么 {string.Concat(Enumerable.Repeat("课件 ", 200))}"), "正文.txt");
            await hub.PublishAsync(id);
        }
        for (var i = 0; i < 5; i++)
        {
            var id = await hub.ResourceAsync(school, $"{Secret} 圆的面积 {i}", kind: "exam");
            await hub.AttachAsync(id, Encoding.UTF8.GetBytes($"{Secret} 圆的面积 通分 课件 the weather title:圆 🧪 𠮷"), $"{Secret}.txt");
            await hub.PublishAsync(id, "SCHOOL");
        }
        await hub.IdleAsync();

        List<string> wrong = [];
        var found = 0;
        await Parallel.ForEachAsync(new HostileQueries(7).Take(count).Chunk(50), new ParallelOptions { MaxDegreeOfParallelism = Lanes }, async (texts, ct) =>
        {
            using var client = hub.Client();
            foreach (var text in texts)
            {
                var (status, body) = await AskAsync(client, text, ct);
                if (Trouble(status, body, text) is { } trouble) lock (wrong) wrong.Add($"{trouble}: {HostileQueries.Quoted(text)[..Math.Min(200, HostileQueries.Quoted(text).Length)]} {body[..Math.Min(300, body.Length)]}");
                if (body.Contains("\"cursor\"", StringComparison.Ordinal)) Interlocked.Increment(ref found);
            }
        });
        output.WriteLine($"{count} asked, {found} found something.");
        Assert.Equal([], wrong.Take(10));
        // Otherwise it would not be seen that nothing hidden is found.
        Assert.True(found > count / 4);
    }

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(HttpClient client, string text, CancellationToken ct)
    {
        var json = $"{{\"query\":{HostileQueries.Quoted("query($text: String!) { " + Asked + " }")},\"variables\":{{\"text\":{HostileQueries.Quoted(text)}}}}}";
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync("/graphql", content, ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(ct));
    }

    /// <summary>What is wrong with an answer; null when nothing is. A question that is no text at all may be refused, in words.</summary>
    private static string? Trouble(HttpStatusCode status, string body, string text)
    {
        if (status == HttpStatusCode.BadRequest) return IsNoText(text) ? null : "refused";
        if (status != HttpStatusCode.OK) return $"{(int)status}";
        var answer = JsonDocument.Parse(body).RootElement;
        if (answer.TryGetProperty("errors", out _)) return IsNoText(text) ? null : "an error";
        var search = answer.GetProperty("data").GetProperty("search");
        if (search.GetProperty("totalCount").GetInt32() > 5) return "more than there is";
        // What was typed comes back in didYouMean and chips; anything else that says the secret was found.
        var said = search.GetProperty("edges").GetRawText() + search.GetProperty("facets").GetRawText() + answer.GetProperty("data").GetProperty("suggest").GetRawText() + search.GetProperty("didYouMean").GetRawText();
        return said.Contains(Secret, StringComparison.Ordinal) || said.Contains("\"exam\"", StringComparison.Ordinal) ? "what is hidden" : null;
    }

    /// <summary>Halves of characters, and U+0000, which no door takes.</summary>
    private static bool IsNoText(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal)) return true;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else if (char.IsSurrogate(text[i])) return true;
        }
        return false;
    }
}
