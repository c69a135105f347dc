using System.Buffers;
using Lucene.Net.Search;
using ResourceHub.Core.Search;
using ResourceHub.Engines.Analysis;

namespace ResourceHub.Engines.Lucene;

/// <summary>What boosts add: their weight to what is filed so, and to what has all of a boost's words the score of these words.</summary>
internal sealed class Boosting
{
    private const int All = 0, Title = 2;

    private readonly Snapshot snapshot;
    private readonly SegmentTerms[] dictionaries;
    private readonly List<(int Facet, bool[] Wanted, float Weight)> filed = [];
    private readonly List<(TermPlaces[] Needed, TermPlaces[] Titled)> said = [];

    public Boosting(Snapshot snapshot, SegmentTerms[] dictionaries, IReadOnlyList<Boost> boosts, FieldOrdinals[] ordinals)
    {
        (this.snapshot, this.dictionaries) = (snapshot, dictionaries);
        foreach (var boost in boosts)
        {
            if (boost.Facet is { } facet && ordinals[(int)facet].Find(boost.Code) is { } number)
            {
                var wanted = new bool[number + 1];
                wanted[number] = true;
                filed.Add(((int)facet, wanted, (float)boost.Weight));
            }
            var words = Question.Of(boost.Words)?.Terms ?? [];
            TermPlaces[] needed = [.. words.Select(w => Find(All, w.Text))];
            if (needed.Length > 0 && needed.All(t => t.Documents > 0)) said.Add((needed, [.. words.Select(w => Find(Title, w.Text)).Where(t => t.Documents > 0)]));
        }
        Most = filed.Sum(f => f.Weight) + said.Sum(s => s.Needed.Sum(t => t.Idf) + Recipe.Title * s.Titled.Sum(t => t.Idf));
    }

    /// <summary>More than this boosts cannot add.</summary>
    public float Most { get; }

    /// <summary>Scores a segment's documents by boosts alone.</summary>
    public void Match(int segment, float[] scores)
    {
        var facts = snapshot.Segments[segment].Facts;
        foreach (var (facet, wanted, weight) in filed)
            for (var doc = 0; doc < facts.MaxDoc; doc++)
                if (facts.Facets[facet].HasAny(doc, wanted)) scores[doc] += weight;
        foreach (var (needed, titled) in said)
        {
            if (needed.MinBy(t => t.DocumentsIn(segment))!.Frequencies(segment, dictionaries[segment]) is not { } rarest) continue;
            var documents = ArrayPool<int>.Shared.Rent(facts.MaxDoc);
            var count = 0;
            for (var doc = rarest.NextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = rarest.NextDoc()) documents[count++] = doc;
            var added = new float[count];
            AddWords(needed, titled, segment, documents.AsSpan(0, count), added);
            for (var i = 0; i < count; i++) scores[documents[i]] += added[i];
            ArrayPool<int>.Shared.Return(documents);
        }
    }

    /// <summary>Adds to the scores of some documents of a segment, given in order.</summary>
    public void AddTo(int segment, ReadOnlySpan<int> documents, Span<float> scores)
    {
        var facts = snapshot.Segments[segment].Facts;
        foreach (var (facet, wanted, weight) in filed)
            for (var i = 0; i < documents.Length; i++)
                if (facts.Facets[facet].HasAny(documents[i], wanted)) scores[i] += weight;
        foreach (var (needed, titled) in said) AddWords(needed, titled, segment, documents, scores);
    }

    private void AddWords(TermPlaces[] needed, TermPlaces[] titled, int segment, ReadOnlySpan<int> documents, Span<float> scores)
    {
        var sums = new float[documents.Length];
        var has = new int[documents.Length];
        foreach (var term in needed) Sum(term, 1, segment, documents, sums, has);
        foreach (var term in titled) Sum(term, Recipe.Title, segment, documents, sums, null);
        for (var i = 0; i < documents.Length; i++) if (has[i] == needed.Length) scores[i] += sums[i];
    }

    private void Sum(TermPlaces term, float weight, int segment, ReadOnlySpan<int> documents, float[] sums, int[]? has)
    {
        if (term.Frequencies(segment, dictionaries[segment]) is not { } postings) return;
        var (lengths, norms) = (snapshot.Bm25[term.Field].Lengths, snapshot.Segments[segment].Facts.Norms[term.Field]);
        var at = -1;
        for (var i = 0; i < documents.Length; i++)
        {
            if (at < documents[i]) at = postings.Advance(documents[i]);
            if (at != documents[i]) continue;
            float frequency = postings.Freq;
            sums[i] += weight * term.Idf * frequency / (frequency + lengths[norms[at]]);
            if (has is not null) has[i]++;
        }
    }

    private TermPlaces Find(int field, string text) => new(dictionaries, field, text, snapshot.Bm25[field]);
}
