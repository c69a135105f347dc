using ResourceHub.Core.Taxonomy;

namespace ResourceHub.Tests.Core;

public sealed class TaxonomyTests
{
    [Theory]
    [InlineData(Vocabulary.Edition, "西师大版", "swu")]
    [InlineData(Vocabulary.Edition, "西南师大版", "swu")]
    [InlineData(Vocabulary.Edition, "部编版", "unified")]
    [InlineData(Vocabulary.Edition, "pep", "pep")]
    [InlineData(Vocabulary.Edition, "PEP", "pep")]
    [InlineData(Vocabulary.Grade, "初一", "g7")]
    [InlineData(Vocabulary.Grade, "7年级", "g7")]
    [InlineData(Vocabulary.Grade, "７年级", "g7")]
    [InlineData(Vocabulary.Grade, "高三", "g12")]
    [InlineData(Vocabulary.Subject, "生物", "biology")]
    [InlineData(Vocabulary.Subject, "道法", "morality-law")]
    [InlineData(Vocabulary.Subject, "信息技术", "information-technology")]
    [InlineData(Vocabulary.Subject, "信息科技", "information-science")]
    [InlineData(Vocabulary.Kind, "教案", "lesson-plan")]
    [InlineData(Vocabulary.Kind, "PPT", "slides")]
    public void A_word_that_schools_use_stands_for_its_term(Vocabulary vocabulary, string word, string code)
        => Assert.Equal(code, Terms.Find(vocabulary, word)?.Code);

    [Fact]
    public void Every_term_has_a_code_of_its_own_and_labels_in_both_languages()
    {
        foreach (var vocabulary in Enum.GetValues<Vocabulary>())
        {
            var terms = Terms.Of(vocabulary);
            Assert.NotEmpty(terms);
            Assert.Equal(terms.Count, terms.Select(t => t.Code).Distinct().Count());
            Assert.All(terms, t => Assert.True(!t.Code.Any(char.IsUpper) && t.Zh.Length > 0 && t.En.Length > 0, t.Code));
        }
    }

    [Fact]
    public void No_synonym_stands_for_two_terms_of_one_vocabulary()
    {
        foreach (var vocabulary in Enum.GetValues<Vocabulary>())
        {
            var twice = Terms.Of(vocabulary).SelectMany(t => t.Synonyms.Append(t.Zh).Distinct().Select(w => (Word: w.ToLowerInvariant(), t.Code))).GroupBy(w => w.Word).Where(g => g.Select(w => w.Code).Distinct().Count() > 1);
            Assert.Empty(twice.Select(g => $"{vocabulary} {g.Key}"));
        }
    }

    [Fact]
    public void Grades_and_subjects_belong_to_stages_that_there_are()
    {
        foreach (var term in Terms.Of(Vocabulary.Grade).Concat(Terms.Of(Vocabulary.Subject)))
            Assert.All(term.Stages, s => Assert.NotNull(Terms.ByCodeIn(Vocabulary.Stage, s)));
    }

    [Fact]
    public void A_licence_says_whether_it_may_be_adapted_and_passed_on()
        => Assert.All(Terms.Of(Vocabulary.Licence), t => Assert.True(t.MayAdapt is not null && t.MayPassOn is not null, t.Code));
}
