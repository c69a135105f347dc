using System.Text.Json;
using System.Text.RegularExpressions;
using ResourceHub.Tests.Demo;

namespace ResourceHub.Tests.Journeys;

/// <summary>What README shows is what a newcomer types first, so it must work as it stands there.</summary>
[Collection(SeededHubCollection.Name)]
public sealed partial class ReadmeTests(SeededHub seeded)
{
    [Fact]
    public async Task The_first_query_of_README_finds_a_slide()
    {
        var body = JsonDocument.Parse(Bodies().Match(Readme()).Groups[1].Value).RootElement;
        var edges = (await seeded.Hub.QueryAsync(body.GetProperty("query").GetString()!)).GetProperty("search").GetProperty("edges");
        Assert.Contains(edges.EnumerateArray().SelectMany(e => e.GetProperty("highlights").EnumerateArray()),
            h => h.GetProperty("location") is { ValueKind: JsonValueKind.Object } place && place.GetProperty("slide").ValueKind == JsonValueKind.Number);
    }

    [Fact]
    public async Task Every_mutation_and_short_query_of_README_fits_the_schema()
    {
        var shown = Requests().Matches(Readme()).Select(m => m.Value.Trim(' ', '`')).ToList();
        Assert.True(shown.Count >= 4, $"{shown.Count} found");
        foreach (var request in shown)
        {
            // The ids are left out in README. They are looked at after the schema, so with only them refused the rest fits.
            var answer = await seeded.Hub.AskAsync(request, key: seeded.KeyOf("重庆市江北区新村实验小学"));
            if (!answer.TryGetProperty("errors", out var errors)) continue;
            Assert.True(errors.EnumerateArray().All(e => e.GetProperty("extensions").GetProperty("code").GetString() == "INVALID_ID"), $"{request}\n{answer}");
        }
    }

    private static string Readme()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Join(at.FullName, "ResourceHub.sln"))) at = at.Parent!;
        return File.ReadAllText(Path.Join(at.FullName, "README.md"));
    }

    [GeneratedRegex("-d '(\\{\"query\".*\\})'")]
    private static partial Regex Bodies();

    [GeneratedRegex("^    mutation .*$|`\\{ [a-z].*? \\}`", RegexOptions.Multiline)]
    private static partial Regex Requests();
}
