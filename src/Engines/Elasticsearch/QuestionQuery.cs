using ResourceHub.Core.Search;
using ResourceHub.Engines.Analysis;
using ResourceHub.Engines.Elasticsearch.Client;

namespace ResourceHub.Engines.Elasticsearch;

/// <summary>
/// A question as a query, with the weights of <see cref="Recipe"/>. Its terms are cut here and looked up as they are; both engines compute BM25 alike, so they score
/// alike but for a factor of 2.2.
/// </summary>
internal static class QuestionQuery
{
    /// <summary>Both engines' scores, this one's over the embedded one's.</summary>
    private const double Scale = 2.2;

    /// <summary>What decides on a match and, where ranked, what only moves documents a little. Where nothing is asked, boosts decide.</summary>
    public static Query Of(Question? question, IReadOnlyList<Boost> boosts, bool isRanked)
    {
        List<Query> boosting = [.. boosts.SelectMany(Boosting)];
        if (question is null) return boosting.Count == 0 ? Query.None : Ranked(new() { Bool = new() { Should = boosting, MinimumShouldMatch = 1 } }, isRanked);
        List<Query> matching = [], moving = [];
        foreach (var asked in question.Terms)
        {
            var list = asked.Kind == TermKind.Single && !question.SinglesMatch ? moving : matching;
            // A phrase of one term is that term once more.
            list.Add(Query.OfTerm(IndexFields.All, asked.Text, Weight(asked.Times + (question.Phrase.Count == 1 ? Recipe.Phrase : 0))));
            list.Add(Query.OfTerm(IndexFields.Title, asked.Text, Weight(Recipe.Title * asked.Times)));
        }
        foreach (var asked in question.Singles)
        {
            var list = question.SinglesMatch ? matching : moving;
            list.Add(Query.OfTerm(IndexFields.AllSingles, asked.Text, Weight(Recipe.Singles * asked.Times)));
            list.Add(Query.OfTerm(IndexFields.TitleSingles, asked.Text, Weight(Recipe.TitleSingles * asked.Times)));
        }
        if (matching.Count == 0) return Query.None;
        if (question.Phrase.Count > 1) moving.Add(Phrase(question));
        if (question.Key is { } key)
        {
            moving.Add(Query.OfConstant(Query.OfTerm(IndexFields.Names, NamedAs.Title(key)), Weight(Scale * Recipe.ExactTitle)));
            moving.Add(Query.OfConstant(Query.OfTerm(IndexFields.Names, NamedAs.Chapter(key)), Weight(Scale * Recipe.ExactChapter)));
        }
        moving.AddRange(boosting);
        var match = new Query { Bool = new() { Should = matching, MinimumShouldMatch = 1 } };
        return !isRanked || moving.Count == 0 ? Ranked(match, isRanked) : Ranked(new Query { Bool = new() { Must = [match], Should = moving } }, isRanked);
    }

    /// <summary>With what age and use add, which were computed when it was written: no script is needed.</summary>
    private static Query Ranked(Query query, bool isRanked)
        => isRanked ? new() { FunctionScore = new(query, [new(new(IndexFields.Rank, Scale, 0))], "sum") } : query;

    /// <summary>
    /// The passages that hold most of it, by the terms alone: how long a passage is says nothing of how well it fits. Where one character is all there is to
    /// ask for, pairs that start with it count too.
    /// </summary>
    public static Query Passages(Question question) => new()
    {
        Bool = new()
        {
            Should =
            [
                .. question.Terms.Select(t => Query.OfTerm(IndexFields.PassageText, t.Text)),
                .. question.SinglesMatch ? question.Singles.Select(s => Query.OfPrefix(IndexFields.PassageText, s.Text)) : [],
            ],
            MinimumShouldMatch = 1,
        },
    };

    private static IEnumerable<Query> Boosting(Boost boost)
    {
        if (boost.Facet is { } facet && boost.Weight > 0) yield return Query.OfConstant(Query.OfTerm(IndexFields.Of(facet), boost.Code), Weight(Scale * boost.Weight));
        if (Question.Of(boost.Words)?.Terms is { Count: > 0 } words)
            yield return new()
            {
                Bool = new()
                {
                    Must = [.. words.Select(w => Query.OfTerm(IndexFields.All, w.Text))],
                    Should = [.. words.Select(w => Query.OfTerm(IndexFields.Title, w.Text, Weight(Recipe.Title)))],
                },
            };
    }

    private static Query Phrase(Question question)
    {
        var words = question.Phrase.Select(p => question.Terms[p.Term].Text).ToList();
        if (question.Phrase[^1].Distance == words.Count - 1)
            return new() { MatchPhrase = new() { [IndexFields.All] = new(string.Join(' ', words), Weight(Recipe.Phrase)) } };
        // Where English stop words were left out, something stands between.
        List<SpanClause> clauses = [];
        for (var i = 0; i < words.Count; i++)
        {
            var gap = i == 0 ? 0 : question.Phrase[i].Distance - question.Phrase[i - 1].Distance - 1;
            if (gap > 0) clauses.Add(new() { SpanGap = new() { [IndexFields.All] = gap } });
            clauses.Add(new() { SpanTerm = new() { [IndexFields.All] = words[i] } });
        }
        return new() { SpanNear = new(clauses, 0, InOrder: true, Weight(Recipe.Phrase)) };
    }

    /// <summary>0.3 times 3 is 0.9 and not 0.8999999999999999.</summary>
    private static double Weight(double weight) => Math.Round(weight, 6);
}
