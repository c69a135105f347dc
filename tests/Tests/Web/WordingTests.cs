using System.Text.RegularExpressions;
using ResourceHub.Web.Hub;
using ResourceHub.Web.Language;

namespace ResourceHub.Tests.Web;

public sealed partial class WordingTests
{
    [Fact]
    public void Both_languages_say_everything_with_the_same_gaps_to_fill()
    {
        var english = Texts.English.Keys.Where(k => !k.EndsWith(".one", StringComparison.Ordinal)).ToHashSet();
        Assert.Equal(Texts.Chinese.Keys.Order(), english.Order());
        foreach (var key in english) Assert.Equal(Gaps(Texts.Chinese[key]), Gaps(Texts.English[key]));
    }

    [Fact]
    public void Dates_are_those_of_China()
    {
        var lateOnTheDayBefore = DateTimeOffset.Parse("2025-11-20T18:30:00Z");
        Assert.Equal("2025年11月21日", Texts.Chinese.Date(lateOnTheDayBefore));
        Assert.Equal("21 Nov 2025", Texts.English.Date(lateOnTheDayBefore));
    }

    [Fact]
    public void A_place_in_a_file_is_said_in_words()
    {
        Assert.Equal("第 3 张幻灯片", Texts.Chinese.Place(new Place(null, 3, null, null)));
        Assert.Equal("Page 2", Texts.English.Place(new Place(2, null, null, null)));
        Assert.Equal("03:25 处", Texts.Chinese.Place(new Place(null, null, 205.5, null)));
        Assert.Equal("At 1:00:05", Texts.English.Place(new Place(null, null, 3605, null)));
        Assert.Equal("工作表“成绩”", Texts.Chinese.Place(new Place(null, null, null, "成绩")));
        Assert.Equal("正文", Texts.Chinese.Place(Place.Whole));
    }

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(48_211, "48 KB")]
    [InlineData(1_834_211, "1.8 MB")]
    [InlineData(4_294_967_296, "4.29 GB")]
    public void Sizes_are_short(long bytes, string said) => Assert.Equal(said, Wording.Size(bytes));

    [Fact]
    public void One_is_not_plural_in_English()
    {
        Assert.Equal("1 resource", Texts.English.Count("search.count", 1));
        Assert.Equal("1,234 resources", Texts.English.Count("search.count", 1234));
        Assert.Equal("共 1 份资源", Texts.Chinese.Count("search.count", 1));
    }

    private static string Gaps(string text) => string.Concat(Gap().Matches(text).Select(m => m.Value).Distinct().Order());

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Gap();
}
