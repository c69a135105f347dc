using Lucene.Net.Index;
using ResourceHub.Engines.Analysis;

namespace ResourceHub.Engines.Lucene;

/// <summary>BM25 over one field, by its statistics in one snapshot.</summary>
internal sealed class Bm25
{
    private readonly long documents;

    public Bm25(IndexReader reader, string field)
    {
        documents = reader.GetDocCount(field);
        var average = documents == 0 ? 1f : (float)(reader.GetSumTotalTermFreq(field) / (double)documents);
        for (var norm = 0; norm < Lengths.Length; norm++) Lengths[norm] = Recipe.K1 * (1 - Recipe.B + Recipe.B * LengthNorm.Decode((byte)norm) / average);
    }

    /// <summary>What a length weighs against a term's frequency: frequency / (frequency + Lengths[norm]).</summary>
    public float[] Lengths { get; } = new float[256];

    /// <summary>How telling a term is that so many documents have; 0 when none has it.</summary>
    public float Idf(int with) => with == 0 ? 0 : (float)Math.Log(1 + (documents - with + 0.5) / (with + 0.5));
}
