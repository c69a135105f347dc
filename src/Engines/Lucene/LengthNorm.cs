using System.Numerics;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;

namespace ResourceHub.Engines.Lucene;

/// <summary>
/// A field's length in one byte: exact below 40, then to four binary digits, as today's Lucene and Elasticsearch keep it, so that both engines score alike.
/// Lucene 4.8's own byte is coarser. Scores are computed in <see cref="Bm25"/>.
/// </summary>
internal sealed class LengthNorm : Similarity
{
    private const int Exact = 24;
    private const int Digits = 4;

    public override long ComputeNorm(FieldInvertState state) => (sbyte)Encode(state.Length - state.NumOverlap);

    public override SimWeight ComputeWeight(float queryBoost, CollectionStatistics collectionStats, params TermStatistics[] termStats) => throw new NotSupportedException();

    public override SimScorer GetSimScorer(SimWeight weight, AtomicReaderContext context) => throw new NotSupportedException();

    public static byte Encode(int length) => (byte)(length < Exact ? length : Exact + Float(length - Exact));

    public static int Decode(byte norm) => norm < Exact ? norm : Exact + Unfloat(norm - Exact);

    private static int Float(int value)
    {
        var bits = 32 - BitOperations.LeadingZeroCount((uint)value);
        if (bits < Digits) return value;
        var shift = bits - Digits;
        return value >> shift & 0x07 | shift + 1 << 3;
    }

    private static int Unfloat(int value)
    {
        var shift = (value >> 3) - 1;
        return shift < 0 ? value & 0x07 : (value & 0x07 | 0x08) << shift;
    }
}
