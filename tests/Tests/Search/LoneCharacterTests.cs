using ResourceHub.Core.Search;

namespace ResourceHub.Tests.Search;

/// <summary>What a single character finds.</summary>
public sealed class LoneCharacterTests
{
    [Theory]
    [InlineData("水 energy", "水")]
    [InlineData("energy,水,火 and 水", "水，火")]
    [InlineData("B超", "超")]
    [InlineData("光合作用，水", "水")]
    [InlineData("圆", null)]
    [InlineData("圆锥", null)]
    [InlineData("圆 锥 cone", null)]
    [InlineData("energy", null)]
    [InlineData(" ", null)]
    public void A_character_alone_beside_words_is_looked_for_where_the_words_are_found_nowhere(string typed, string? alone) => Assert.Equal(alone, LoneCharacters.In(typed));

    [Fact]
    public async Task It_is_found_then_and_only_then()
    {
        await using var hub = await HubApp.StartAsync();
        var school = await hub.SchoolAsync("第一小学");
        foreach (var title in (string[])["水的三态变化", "energy of the sun"]) await hub.PublishAsync(await hub.ResourceAsync(school, title));
        await hub.IdleAsync();
        Assert.Equal(["水的三态变化"], await TitlesAsync(hub, "水，火 photosynthesis"));
        Assert.Equal(["energy of the sun"], await TitlesAsync(hub, "水，火 energy"));
        Assert.Empty(await TitlesAsync(hub, "水火"));
    }

    private static async Task<string[]> TitlesAsync(HubApp hub, string text)
    {
        var found = await hub.QueryAsync("query($text: String) { search(text: $text) { edges { node { title } } } }", new { text });
        return [.. found.GetProperty("search").GetProperty("edges").EnumerateArray().Select(e => e.GetProperty("node").GetProperty("title").GetString()!)];
    }
}
