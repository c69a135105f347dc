using System.Collections.Frozen;
using ResourceHub.Core.Text;

namespace ResourceHub.Engines.Analysis;

/// <summary>A question as it is looked up: the same cutting as documents, without question words, and without English stop words while anything else is left.</summary>
internal sealed class Question
{
    /// <summary>Longer questions are read up to here: pasted pages would take seconds.</summary>
    private const int LongestText = 1000;

    private const int MostTerms = 200;

    private static readonly FrozenSet<string> StopWords = [.. Recipe.StopWords];

    /// <summary>Asks for no words at all.</summary>
    public static readonly Question None = new([], [], singlesMatch: false, key: null);

    private Question(List<Term> terms, List<string> singles, bool singlesMatch, string? key)
    {
        Terms = Count(terms.Select(t => (t.Text, t.Kind)));
        Singles = Count(singles.Select(s => (s, TermKind.Single)));
        SinglesMatch = singlesMatch;
        Key = key;
        var places = Terms.Select((t, i) => (t.Text, i)).ToDictionary(t => t.Text, t => t.i);
        Phrase = [.. terms.Select(t => (places[t.Text], t.Position - terms[0].Position))];
    }

    /// <summary>What is asked in pairs and words, each once, with how often it was asked.</summary>
    public IReadOnlyList<AskedTerm> Terms { get; }

    /// <summary>The same in single characters and words.</summary>
    public IReadOnlyList<AskedTerm> Singles { get; }

    /// <summary>
    /// Whether a single character is enough for a match. Most resources share some character with a longer question, and totals and facets would count
    /// them; so only where one character is all there is to ask for.
    /// </summary>
    public bool SinglesMatch { get; }

    /// <summary>The terms in the order asked: place in <see cref="Terms"/> and distance from the first.</summary>
    public IReadOnlyList<(int Term, int Distance)> Phrase { get; }

    /// <summary>The whole of it as a name; null where it is too long for one.</summary>
    public string? Key { get; }

    /// <summary>Null when nothing was asked: then everything is listed. No terms when what was asked has no words.</summary>
    public static Question? Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var folded = SearchText.Of(Cut(text));
        var asked = HubAnalyzer.Mine.Pairs(WithoutQuestionWords(folded), joinBlanks: true);
        if (asked.Count > 0) folded = WithoutQuestionWords(folded);
        var terms = HubAnalyzer.Mine.Pairs(folded, joinBlanks: true);
        terms = [.. WithoutStopWords(terms, folded).Take(MostTerms)];
        var places = terms.Where(t => t.Kind == TermKind.Word).Select(t => t.Start).ToHashSet();
        var words = HubAnalyzer.Mine.Words(folded).Where(w => w.IsPaired || places.Contains(w.Start)).Take(MostTerms).ToList();
        var characters = words.Where(w => w.IsPaired).Sum(w => w.Text.Length);
        var hasPairs = terms.Any(t => t.Kind == TermKind.Pair);
        var hasWords = terms.Any(t => t.Kind == TermKind.Word);
        return new(terms, words.ConvertAll(w => w.Text), singlesMatch: !hasPairs && (characters == 1 || !hasWords), NamedAs.KeyOf(text));
    }

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText];

    /// <summary>A comma stays where a word was dropped: its neighbours are not neighbours of each other.</summary>
    private static string WithoutQuestionWords(string text)
    {
        if (Ablation.IsOff(SearchFeature.QuestionWords)) return text;
        foreach (var word in Recipe.QuestionWords) text = text.Replace(word, ",", StringComparison.Ordinal);
        return text;
    }

    /// <summary>The A of A卷 stays, and a question of stop words only stays whole.</summary>
    private static List<Term> WithoutStopWords(List<Term> terms, string text)
    {
        var kept = terms.FindAll(t => t.Kind != TermKind.Word || !StopWords.Contains(text[t.Start..t.End].ToLowerInvariant()) || Touches(text, t));
        return kept.Count > 0 ? kept : terms;
    }

    private static bool Touches(string text, Term term)
        => term.Start > 0 && IsSense(text[term.Start - 1]) || term.End < text.Length && IsSense(text[term.End]);

    private static bool IsSense(char unit) => unit >= 0x2E80 && char.IsLetterOrDigit(unit);

    private static List<AskedTerm> Count(IEnumerable<(string Text, TermKind Kind)> terms)
        => [.. terms.GroupBy(t => t.Text).Select(g => new AskedTerm(g.Key, g.First().Kind, g.Count()))];
}

internal sealed record AskedTerm(string Text, TermKind Kind, int Times);
