using ResourceHub.Core.Taxonomy;
using ResourceHub.Core.Text;

namespace ResourceHub.Tests.Core;

/// <summary>What string.Normalize would give if ICU were there; the expected forms are Unicode's.</summary>
public sealed class UnicodeFormsTests
{
    [Theory]
    [InlineData("ＡＢＣ１２３", "ABC123")]
    [InlineData("ﾊﾟﾋﾞ", "パビ")]
    [InlineData("①㎡ﬁ½", "1m2fi1⁄2")]
    [InlineData("⼀豈", "一豈")]
    [InlineData("e\u0301 A\u030A", "é Å")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")]
    [InlineData("\u1112\u1161\u11AB", "한")]
    [InlineData("𝐀𠮷", "A𠮷")]
    [InlineData("圆的面积", "圆的面积")]
    [InlineData("求：（１）面积，（２）周长！", "求:(1)面积,(2)周长!")]
    [InlineData("Ａ\u0301", "Á")]
    [InlineData("ㄱㅏ", "가")]
    public void Compatibility_forms_become_plain(string written, string plain) => Assert.Equal(plain, UnicodeForms.Nfkc(written));

    [Theory]
    [InlineData("e\u0301", "é")]
    [InlineData("ＡＢＣ ①", "ＡＢＣ ①")]
    [InlineData("\u0958", "\u0915\u093C")]
    [InlineData("\uD83D", "\uD83D")]
    public void Canonical_form_leaves_width_alone(string written, string composed) => Assert.Equal(composed, UnicodeForms.Nfc(written));

    [Fact]
    public void A_folded_text_knows_where_its_pieces_stood()
    {
        var folded = UnicodeForms.Fold("面积5㎡，ﾊﾟﾘ");
        Assert.Equal("面积5m2,パリ", folded.Text);
        Assert.Equal(new TextSpan(2, 4), folded.OriginOf(2, 5));
        Assert.Equal(new TextSpan(5, 7), folded.OriginOf(6, 7));
    }

    [Fact]
    public void A_thousand_marks_on_one_letter_are_sorted_and_kept()
    {
        var text = "a" + string.Concat(Enumerable.Repeat("\u0301\u0323", 1000));
        Assert.Equal(2000, UnicodeForms.Nfc(text).Length);
    }

    [Fact]
    public void Titles_and_terms_are_folded_where_globalization_is_invariant()
    {
        Assert.Equal("é", CleanText.Line("e\u0301"));
        Assert.Equal("g7", Terms.Find(Vocabulary.Grade, "７年级")?.Code);
    }
}
