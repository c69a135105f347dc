using ResourceHub.Core.Search;

namespace ResourceHub.Tests.Core;

public sealed class PassageTests
{
    [Fact]
    public void A_short_text_is_one_passage_without_the_space_around_it()
        => Assert.Equal([(1, 6)], Passages.Cut("\n分数的通分。 \t").ToList());

    [Fact]
    public void Nothing_but_space_is_no_passage() => Assert.Empty(Passages.Cut(" \n\t　"));

    [Fact]
    public void A_long_text_is_cut_after_sentences_and_nothing_of_it_is_lost()
    {
        var text = string.Concat(Enumerable.Range(1, 60).Select(n => $"第{n}步，把异分母分数化成和原来相等的同分母分数，叫做通分。"));
        var passages = Passages.Cut(text).ToList();
        Assert.True(passages.Count > 3);
        Assert.Equal(text, string.Concat(passages.Select(p => text.Substring(p.Start, p.Length))));
        Assert.All(passages, p => Assert.EndsWith("。", text.Substring(p.Start, p.Length)));
        Assert.All(passages, p => Assert.InRange(p.Length, 1, Passages.Longest));
    }

    [Fact]
    public void An_English_text_is_cut_after_a_full_stop_but_not_inside_a_number()
    {
        var text = string.Join(' ', Enumerable.Repeat("The area of a circle is 3.14 times the square of its radius.", 30));
        Assert.All(Passages.Cut(text), p => Assert.EndsWith("radius.", text.Substring(p.Start, p.Length)));
    }

    [Fact]
    public void A_closing_quotation_mark_stays_with_its_sentence()
    {
        var text = string.Concat(Enumerable.Repeat("老师问：“什么是通分？”", 60));
        Assert.All(Passages.Cut(text), p => Assert.EndsWith("”", text.Substring(p.Start, p.Length)));
    }

    [Fact]
    public void Text_without_any_occasion_is_cut_but_never_inside_a_character()
    {
        var text = string.Concat(Enumerable.Repeat("𠮷", 1001));
        var passages = Passages.Cut(text).ToList();
        Assert.Equal(text.Length, passages.Sum(p => p.Length));
        Assert.All(passages, p => Assert.False(char.IsLowSurrogate(text[p.Start])));
    }
}
