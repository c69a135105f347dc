using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using ResourceHub.Engines.Analysis;

namespace ResourceHub.Engines.Lucene;

/// <summary>Hands terms that were cut before to Lucene: a document's text is cut once for all its fields.</summary>
internal sealed class TermStream : TokenStream
{
    private readonly ICharTermAttribute text;
    private readonly IPositionIncrementAttribute increment;
    private IReadOnlyList<Term> terms = [];
    private IReadOnlyList<KeyValuePair<string, int>> counted = [];
    private int next;
    private int repeat;
    private int position;

    public TermStream()
    {
        text = AddAttribute<ICharTermAttribute>();
        increment = AddAttribute<IPositionIncrementAttribute>();
    }

    public TermStream Of(IReadOnlyList<Term> placed)
    {
        (terms, counted) = (placed, []);
        return this;
    }

    /// <summary>Where order does not count, all occurrences of a term come together: Lucene's tables are large, and the same place is found in the cache again.</summary>
    public TermStream Of(IReadOnlyList<KeyValuePair<string, int>> unplaced)
    {
        (terms, counted) = ([], unplaced);
        return this;
    }

    public override void Reset()
    {
        (next, repeat) = (0, 0);
        position = -1;
    }

    public override bool IncrementToken()
    {
        // The attributes still hold the term.
        if (repeat > 0)
        {
            repeat--;
            return true;
        }
        if (next >= terms.Count + counted.Count) return false;
        if (terms.Count > 0)
        {
            var term = terms[next];
            Put(term.Text, term.Position - position);
            position = term.Position;
        }
        else
        {
            Put(counted[next].Key, 1);
            repeat = counted[next].Value - 1;
        }
        next++;
        return true;
    }

    private void Put(string term, int step)
    {
        term.CopyTo(0, text.ResizeBuffer(term.Length), 0, term.Length);
        text.Length = term.Length;
        increment.PositionIncrement = step;
    }
}
