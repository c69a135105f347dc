using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace ResourceHub.Engines.Lucene;

/// <summary>Hands terms that were cut before to Lucene: a document's text is cut once for all its fields.</summary>
internal sealed class TermStream : TokenStream
{
    private readonly ICharTermAttribute text;
    private readonly IPositionIncrementAttribute increment;
    private IReadOnlyList<Term> terms = [];
    private IReadOnlyList<string> words = [];
    private int next;
    private int position;

    public TermStream()
    {
        text = AddAttribute<ICharTermAttribute>();
        increment = AddAttribute<IPositionIncrementAttribute>();
    }

    public TermStream Of(IReadOnlyList<Term> placed)
    {
        (terms, words) = (placed, []);
        return this;
    }

    public TermStream Of(IReadOnlyList<string> unplaced)
    {
        (terms, words) = ([], unplaced);
        return this;
    }

    public override void Reset()
    {
        next = 0;
        position = -1;
    }

    public override bool IncrementToken()
    {
        if (next >= terms.Count + words.Count) return false;
        if (terms.Count > 0)
        {
            var term = terms[next];
            Put(term.Text, term.Position - position);
            position = term.Position;
        }
        else Put(words[next], 1);
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
