using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using ResourceHub.Core.Text;

namespace ResourceHub.Core.Duplicates;

/// <summary>
/// Texts as sets of shingles, all runs of four characters of the folded text, and their sketches: 128 minimal hash values (Broder, On the resemblance and
/// containment of documents, 1997), whose share of equal ones estimates how much two sets have in common, cut into bands for finding such pairs without
/// comparing all.
/// </summary>
public static class Sketching
{
    public const int Length = 4;
    public const int Hashes = 128;

    /// <summary>Rows of a band. 42 bands of 3 let a pair with .3 in common be seen in 2 of 3 cases, with .5 in 99 of 100, and one with .05 in 1 of 200.</summary>
    private const int Rows = 3;

    /// <summary>UTF-16 units of folded text; more says nothing new about what a file is.</summary>
    private const int MostText = 200_000;

    /// <summary>Texts with fewer shingles are alike by chance.</summary>
    public const int FewestShingles = 20;

    private static readonly ulong[] Seeds = [.. Enumerable.Range(1, Hashes).Select(n => Mix((ulong)n * 0x9E3779B97F4A7C15))];

    /// <summary>Letters and digits only, without case and width.</summary>
    public static string Fold(IEnumerable<string> texts)
    {
        var folded = new StringBuilder();
        foreach (var text in texts)
        {
            foreach (var c in UnicodeForms.Nfkc(text))
                if (char.IsLetterOrDigit(c)) folded.Append(char.ToLowerInvariant(c));
            if (folded.Length > MostText) break;
        }
        return folded.Length > MostText ? folded.ToString(0, MostText) : folded.ToString();
    }

    /// <summary>Four UTF-16 units are 64 bits: a shingle is its own number.</summary>
    public static HashSet<ulong> Shingles(string folded)
    {
        HashSet<ulong> shingles = new(Math.Max(0, folded.Length - Length + 1));
        ulong window = 0;
        for (var n = 0; n < folded.Length; n++)
        {
            window = window << 16 | folded[n];
            if (n >= Length - 1) shingles.Add(window);
        }
        return shingles;
    }

    /// <summary>Null for a text too short to say anything.</summary>
    public static FileSketch? Of(Guid fileId, IEnumerable<string> texts)
    {
        var folded = Fold(texts);
        var shingles = Shingles(folded);
        if (shingles.Count < FewestShingles) return null;
        Span<uint> least = stackalloc uint[Hashes];
        least.Fill(uint.MaxValue);
        foreach (var shingle in shingles)
        {
            var mixed = Mix(shingle);
            for (var n = 0; n < Hashes; n++)
            {
                var hash = (uint)((mixed ^ Seeds[n]) * 0xFF51AFD7ED558CCD >> 32);
                if (hash < least[n]) least[n] = hash;
            }
        }
        var bytes = new byte[Hashes * sizeof(uint)];
        for (var n = 0; n < Hashes; n++) BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(n * sizeof(uint)), least[n]);
        return new FileSketch { FileId = fileId, TextHash = SHA256.HashData(Encoding.UTF8.GetBytes(folded)), MinHash = bytes, Shingles = shingles.Count };
    }

    /// <summary>The bands' keys.</summary>
    public static IReadOnlyList<long> Bands(FileSketch sketch)
    {
        List<long> keys = new(Hashes / Rows);
        for (var band = 0; band < Hashes / Rows; band++)
        {
            var key = (ulong)band;
            for (var row = 0; row < Rows; row++) key = Mix(key ^ BinaryPrimitives.ReadUInt32LittleEndian(sketch.MinHash.AsSpan((band * Rows + row) * sizeof(uint))) ^ 0xA24BAED4963EE407);
            keys.Add((long)key);
        }
        return keys;
    }

    /// <summary>The share of hash values that two sketches have in common, 0 to 1: an estimate of the Jaccard index, off by about .04.</summary>
    public static double Estimate(FileSketch a, FileSketch b)
    {
        var same = 0;
        for (var n = 0; n < Hashes * sizeof(uint); n += sizeof(uint))
            if (a.MinHash.AsSpan(n, sizeof(uint)).SequenceEqual(b.MinHash.AsSpan(n, sizeof(uint)))) same++;
        return (double)same / Hashes;
    }

    /// <summary>SplitMix64's finaliser.</summary>
    private static ulong Mix(ulong x)
    {
        x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9;
        x = (x ^ x >> 27) * 0x94D049BB133111EB;
        return BitOperations.RotateLeft(x ^ x >> 31, 17);
    }
}
