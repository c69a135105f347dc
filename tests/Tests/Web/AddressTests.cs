using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using ResourceHub.Web.Addresses;
using ResourceHub.Web.Hub;

namespace ResourceHub.Tests.Web;

public sealed class AddressTests
{
    [Theory]
    [InlineData("/search")]
    [InlineData("/search?q=%E9%80%9A%E5%88%86&subject=mathematics&grade=g5&grade=g6&sort=newest")]
    [InlineData("/search?q=x&word=GRADE.g7.FILTER&word=SCHOOL.U2Nob29s-_.OFF&as-typed=1&sort=title")]
    [InlineData("/search?q=a%26b%3D%22%3C%23%25%2B&school=U2Nob29s&after=x%2By")]
    public void An_address_says_the_whole_search_and_is_read_back_to_itself(string address)
        => Assert.Equal(address, Read(address).Address());

    [Fact]
    public void Adding_or_removing_a_filter_starts_at_the_first_page_again()
    {
        var subject = FilterField.All.Single(f => f.Name == "subject");
        var later = Read("/search?q=x&subject=mathematics&after=c");
        Assert.Equal("/search?q=x&subject=mathematics&subject=physics", later.With(subject, "physics").Address());
        Assert.Equal("/search?q=x", later.Without(subject, "mathematics").Address());
    }

    [Fact]
    public void What_is_too_long_too_much_or_unknown_in_an_address_is_cut_or_left_out()
    {
        var many = string.Concat(Enumerable.Range(0, 100).Select(i => $"&grade=g{i}"));
        var state = Read($"/search?q={new string('x', 199)}%F0%A0%AE%B7&sort=sideways&colour=red{many}&kind={new string('k', 300)}");
        Assert.Equal(new string('x', 199), state.Text); // not half a 𠮷
        Assert.Equal(SearchState.DefaultSort, state.Sort);
        Assert.Equal(20, state.Chosen.Count());
        Assert.All(state.Chosen, c => Assert.Equal("grade", c.Field.Name));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("slide-3")]
    [InlineData("page-12")]
    [InlineData("second-205.5")]
    [InlineData("sheet-五（1）班-成绩 & \"单\"")]
    public void A_place_in_a_file_is_read_back_from_its_address(string at)
        => Assert.Equal(at, PassageAddress.At(PassageAddress.Read(at)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("slide-")]
    [InlineData("slide-x")]
    [InlineData("second-NaN")]
    [InlineData("-3")]
    [InlineData("chapter-3")]
    public void What_is_no_place_is_none(string? at) => Assert.Null(PassageAddress.Read(at));

    [Fact]
    public void A_place_is_opened_by_its_address_and_a_file_without_places_as_a_whole()
    {
        Assert.Null(PassageAddress.Of("r", null, Place.Whole));
        Assert.Equal("/resources/r?file=f&at=text#passage", PassageAddress.Of("r", "f", Place.Whole));
        Assert.Equal("/resources/r?file=f&at=slide-3&q=%E9%80%9A%E5%88%86#passage", PassageAddress.Of("r", "f", new Place(null, 3, null, null), "通分"));
    }

    private static SearchState Read(string address)
        => SearchState.Of(new QueryCollection(QueryHelpers.ParseQuery(address.Contains('?', StringComparison.Ordinal) ? address[address.IndexOf('?', StringComparison.Ordinal)..] : "")));
}
