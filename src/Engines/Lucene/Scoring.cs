using System.Buffers;
using Lucene.Net.Search;
using ResourceHub.Core.Search;
using ResourceHub.Engines.Analysis;

namespace ResourceHub.Engines.Lucene;

/// <summary>
/// The score of a question, by the weights of <see cref="Recipe"/>.
/// What decides on a match is scored for every document, term by term. The rest only moves documents a little, by no more than <see cref="MostExtra"/>
/// and <see cref="MostPhrase"/>, and is added only to those that could still get onto the page.
/// </summary>
internal sealed class Scoring : IDisposable
{
    private const int All = 0, AllSingles = 1, Title = 2, TitleSingles = 3;

    private readonly Snapshot snapshot;
    private readonly SegmentTerms[] dictionaries;
    private readonly List<WeighedTerm> matching = [];
    private readonly List<WeighedTerm> weighing = [];
    private readonly List<WeighedTerm> extras = [];
    private readonly TermPlaces[] terms;
    private readonly IReadOnlyList<(int Term, int Distance)> phrase;
    private readonly Boosting? boosts;
    private readonly bool boostsDecide;
    private readonly Standing standing;

    /// <param name="asked">Null where boosts decide on a match.</param>
    public Scoring(Snapshot snapshot, Question? asked, IReadOnlyList<Boost> boosts, FieldOrdinals[] ordinals)
    {
        var question = asked ?? Question.None;
        this.snapshot = snapshot;
        dictionaries = [.. snapshot.Segments.Select(s => s.Facts.TakeTerms())];
        this.boosts = boosts.Count == 0 ? null : new Boosting(snapshot, dictionaries, boosts, ordinals);
        boostsDecide = asked is null;
        standing = new(snapshot, question.Key);
        terms = [.. question.Terms.Select(t => Find(All, t.Text))];
        var isPhrase = question.Phrase.Count > 1 && terms.All(t => t.Documents > 0);
        phrase = isPhrase ? question.Phrase : [];
        for (var i = 0; i < terms.Length; i++)
        {
            var term = question.Terms[i];
            var list = term.Kind == TermKind.Single && !question.SinglesMatch ? weighing : matching;
            // A phrase of one term is that term once more.
            Add(list, terms[i], term.Times + (question.Phrase.Count == 1 ? Recipe.Phrase : 0));
            Add(list, Find(Title, term.Text), Recipe.Title * term.Times);
        }
        foreach (var single in question.Singles)
        {
            var list = question.SinglesMatch ? matching : extras;
            Add(list, Find(AllSingles, single.Text), Recipe.Singles * single.Times);
            Add(list, Find(TitleSingles, single.Text), Recipe.TitleSingles * single.Times);
        }
        MostExtra = extras.Sum(t => t.Weight) + weighing.Sum(t => t.Weight) + (boostsDecide ? 0 : this.boosts?.Most ?? 0) + standing.Most;
        MostPhrase = phrase.Sum(p => terms[p.Term].Idf) * Recipe.Phrase;
    }

    /// <summary>More than this single characters, boosts and standing cannot add.</summary>
    public float MostExtra { get; }

    /// <summary>More than this the phrase cannot add, and nothing where a term is missing.</summary>
    public float MostPhrase { get; }

    /// <summary>How many terms a document has that has all of them.</summary>
    public int AllTerms => matching.Count(t => t.Places.Field == All);

    /// <summary>The question's terms in pairs and words, as found in the field of everything.</summary>
    public IReadOnlyList<TermPlaces> Terms => terms;

    public SegmentTerms Dictionary(int segment) => dictionaries[segment];

    /// <summary>Scores of a segment's documents, 0 for those that have none of the words, and how many different terms each has. Give the arrays back.</summary>
    public (float[] Scores, byte[] Counts) Match(int segment)
    {
        var size = snapshot.Segments[segment].Facts.MaxDoc;
        var (scores, counts) = (ArrayPool<float>.Shared.Rent(size), ArrayPool<byte>.Shared.Rent(size));
        scores.AsSpan(0, size).Clear();
        counts.AsSpan(0, size).Clear();
        foreach (var term in matching)
        {
            if (term.Places.Frequencies(segment, dictionaries[segment]) is not { } documents) continue;
            var (lengths, norms) = (snapshot.Bm25[term.Places.Field].Lengths, snapshot.Segments[segment].Facts.Norms[term.Places.Field]);
            var counted = term.Places.Field == All ? (byte)1 : (byte)0;
            for (var doc = documents.NextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = documents.NextDoc())
            {
                counts[doc] += counted;
                float frequency = documents.Freq;
                scores[doc] += term.Weight * frequency / (frequency + lengths[norms[doc]]);
            }
        }
        if (boostsDecide) boosts?.Match(segment, scores);
        return (scores, counts);
    }

    /// <summary>Adds what does not decide on a match to documents of one segment, given in order.</summary>
    public void Refine(int segment, ReadOnlySpan<int> documents, ReadOnlySpan<bool> haveAll, Span<float> scores)
    {
        foreach (var term in weighing) AddTo(term, segment, documents, scores);
        foreach (var term in extras) AddTo(term, segment, documents, scores);
        if (!boostsDecide) boosts?.AddTo(segment, documents, scores);
        standing.AddTo(segment, documents, scores);
        if (phrase.Count > 0) new PhraseMatch(terms, phrase, segment, dictionaries[segment]).AddTo(documents, haveAll, scores, MostPhrase, snapshot.Bm25[All].Lengths, snapshot.Segments[segment].Facts.Norms[All]);
    }

    public void Dispose()
    {
        for (var i = 0; i < dictionaries.Length; i++) snapshot.Segments[i].Facts.GiveBack(dictionaries[i]);
    }

    private void AddTo(WeighedTerm term, int segment, ReadOnlySpan<int> documents, Span<float> scores)
    {
        var (field, facts) = (term.Places.Field, snapshot.Segments[segment].Facts);
        var (lengths, norms) = (snapshot.Bm25[field].Lengths, facts.Norms[field]);
        if (field is AllSingles or TitleSingles && facts.FrequenciesOf(term.Places, segment, dictionaries[segment], documents.Length) is { } column)
        {
            for (var i = 0; i < documents.Length; i++)
            {
                float frequency = column.Of(documents[i]);
                if (frequency > 0) scores[i] += term.Weight * frequency / (frequency + lengths[norms[documents[i]]]);
            }
            return;
        }
        if (term.Places.Frequencies(segment, dictionaries[segment]) is not { } postings) return;
        var at = -1;
        for (var i = 0; i < documents.Length; i++)
        {
            var doc = documents[i];
            if (at < doc) at = postings.Advance(doc);
            if (at != doc) continue;
            float frequency = postings.Freq;
            scores[i] += term.Weight * frequency / (frequency + lengths[norms[doc]]);
        }
    }

    private TermPlaces Find(int field, string text) => new(dictionaries, field, text, snapshot.Bm25[field]);

    private static void Add(List<WeighedTerm> list, TermPlaces places, float weight)
    {
        if (places.Documents > 0) list.Add(new(places, weight * places.Idf));
    }

    private readonly record struct WeighedTerm(TermPlaces Places, float Weight);
}
