using System.Runtime.InteropServices;
using ResourceHub.Core.Text;

namespace ResourceHub.Engines.Analysis;

/// <summary>A place in a text that has a term of the question; terms are told apart by number.</summary>
internal readonly record struct FoundTerm(TextSpan Place, int Term);

/// <summary>The terms of a question, to be found in texts outside the index. Pairs of plain characters, nearly all there are, are compared as numbers: no string is made for them.</summary>
internal sealed class WantedTerms
{
    private readonly Dictionary<string, int> terms = [];
    private readonly Dictionary<uint, int> pairs = [];
    private readonly bool singlesMatch;

    private WantedTerms(Question question)
    {
        singlesMatch = question.SinglesMatch;
        foreach (var term in question.Terms)
        {
            if (term.Kind == TermKind.Single && !singlesMatch) continue;
            if (term.Kind == TermKind.Pair && term.Text.Length == 2) pairs[PairOf(term.Text[0], term.Text[1])] = terms.Count;
            terms[term.Text] = terms.Count;
        }
    }

    /// <summary>Null when nothing was asked.</summary>
    public static WantedTerms? Of(string query) => Question.Of(query) is { Terms.Count: > 0 } question ? new(question) : null;

    /// <summary>In the order of their places.</summary>
    public List<FoundTerm> FindIn(string text)
    {
        List<FoundTerm> found = [];
        var words = CollectionsMarshal.AsSpan(HubAnalyzer.Mine.Words(text));
        var previous = -1;
        for (var i = 0; i < words.Length; i++)
        {
            ref readonly var word = ref words[i];
            if (word.IsPaired && word.Text.Length != 1) return FindAmongTerms(text);
            if (!word.IsPaired || singlesMatch)
            {
                if (terms.TryGetValue(word.Text, out var term)) found.Add(new(new(word.Start, word.End), term));
                previous = -1;
                if (!word.IsPaired) continue;
            }
            if (pairs.Count > 0 && previous >= 0 && pairs.TryGetValue(PairOf(words[previous].Text[0], word.Text[0]), out var pair) && HanPairs.AreNeighbours(text, words[previous].End, word.Start))
                found.Add(new(new(words[previous].Start, word.End), pair));
            previous = i;
        }
        return found;
    }

    /// <summary>Kana, Hangul and rare characters: the whole chain.</summary>
    private List<FoundTerm> FindAmongTerms(string text)
    {
        List<FoundTerm> found = [];
        foreach (var term in HubAnalyzer.Mine.Pairs(text, joinBlanks: true))
            if (terms.TryGetValue(term.Text, out var number)) found.Add(new(new(term.Start, term.End), number));
        if (singlesMatch)
            foreach (var word in HubAnalyzer.Mine.Words(text))
                if (word.IsPaired && terms.TryGetValue(word.Text, out var number)) found.Add(new(new(word.Start, word.End), number));
        found.Sort((a, b) => a.Place.Start.CompareTo(b.Place.Start));
        return found;
    }

    private static uint PairOf(char first, char second) => (uint)first << 16 | second;
}
