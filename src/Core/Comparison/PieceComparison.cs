using DiffPlex;
using DiffPlex.Model;
using ResourceHub.Core.Files;
using ResourceHub.Core.Text;

namespace ResourceHub.Core.Comparison;

/// <summary>One piece of a file that is compared as a whole: a slide with its notes, a paragraph, a subtitle.</summary>
internal sealed record Piece(string Text, Location Location)
{
    /// <summary>What has to be equal for the piece to be the same: case, width and blanks do not count.</summary>
    public string Folded { get; } = string.Concat(UnicodeForms.Nfkc(Text).Where(c => !char.IsWhiteSpace(c))).ToLowerInvariant();
}

/// <summary>
/// Compares two rows of pieces: the longest common row is what stayed (Myers' algorithm, of DiffPlex), the same text elsewhere was moved, a similar one was
/// changed, the rest came or went.
/// </summary>
internal static class PieceComparison
{
    /// <summary>Pieces of each side that are looked at after what is equal at both ends: what has nothing in common takes the square of it.</summary>
    public const int MostPieces = 2000;

    /// <summary>Pieces left over on each side for which a partner is looked for among all of the other side.</summary>
    private const int MostPairs = 400;

    /// <summary>At least this part of two characters in a row in common: the same slide in other words.</summary>
    private const double Similar = 0.4;

    public static IReadOnlyList<ContentChange> Compare(IReadOnlyList<Piece> before, IReadOnlyList<Piece> after, out bool isWhole)
    {
        var (a, b, whole) = Differing(before, after);
        isWhole = whole;
        if (a.Count == 0 && b.Count == 0) return [];
        var (gone, come) = Unmatched(a, b);
        List<(double At, ContentChange Change)> changes = [];
        foreach (var (from, to) in TakeEqual(gone, come)) changes.Add((to, new ContentChange(PieceChange.Moved, a[from].Location, b[to].Location, [new TextStretch(null, a[from].Text)])));
        foreach (var (from, to) in TakeSimilar(gone, come, a, b)) changes.Add((to, new ContentChange(PieceChange.Changed, a[from].Location, b[to].Location, TextComparison.Compare(a[from].Text, b[to].Text))));
        changes.AddRange(come.Select(n => ((double)n.At, new ContentChange(PieceChange.Added, null, b[n.At].Location, [new TextStretch(PieceChange.Added, b[n.At].Text)]))));
        // What is gone stands where it stood: before what came to its place.
        changes.AddRange(gone.Select(n => (n.Place - 0.5, new ContentChange(PieceChange.Removed, a[n.At].Location, null, [new TextStretch(PieceChange.Removed, a[n.At].Text)]))));
        return [.. changes.OrderBy(c => c.At).Select(c => c.Change)];
    }

    /// <summary>Without what is equal at the beginning and at the end, cut to <see cref="MostPieces"/>.</summary>
    private static (List<Piece>, List<Piece>, bool IsWhole) Differing(IReadOnlyList<Piece> before, IReadOnlyList<Piece> after)
    {
        var start = 0;
        while (start < before.Count && start < after.Count && before[start].Folded == after[start].Folded) start++;
        var end = 0;
        while (end < before.Count - start && end < after.Count - start && before[^(end + 1)].Folded == after[^(end + 1)].Folded) end++;
        List<Piece> a = [.. before.Skip(start).Take(before.Count - start - end)], b = [.. after.Skip(start).Take(after.Count - start - end)];
        var isWhole = a.Count <= MostPieces && b.Count <= MostPieces;
        return isWhole ? (a, b, true) : ([.. a.Take(MostPieces)], [.. b.Take(MostPieces)], false);
    }

    /// <param name="At">Index on its own side.</param>
    /// <param name="Place">Where on the new side it belongs.</param>
    private sealed record Left(int At, int Place, string Folded);

    private static (List<Left> Gone, List<Left> Come) Unmatched(List<Piece> a, List<Piece> b)
    {
        // Each different text is one line with its number: DiffPlex compares lines.
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        string Lines(List<Piece> pieces) => string.Join('\n', pieces.Select(p => numbers.TryGetValue(p.Folded, out var n) ? n : numbers[p.Folded] = numbers.Count));
        var diff = a.Count == 0 || b.Count == 0 ? [new DiffBlock(0, a.Count, 0, b.Count)] : Differ.Instance.CreateLineDiffs(Lines(a), Lines(b), ignoreWhitespace: false).DiffBlocks;
        List<Left> gone = [], come = [];
        foreach (var block in diff)
        {
            for (var n = 0; n < block.DeleteCountA; n++) gone.Add(new Left(block.DeleteStartA + n, block.InsertStartB + Math.Min(n, block.InsertCountB), a[block.DeleteStartA + n].Folded));
            for (var n = 0; n < block.InsertCountB; n++) come.Add(new Left(block.InsertStartB + n, block.InsertStartB + n, b[block.InsertStartB + n].Folded));
        }
        return (gone, come);
    }

    /// <summary>Takes out of both what has the same text; in order where a text stands there several times.</summary>
    private static List<(int From, int To)> TakeEqual(List<Left> gone, List<Left> come)
    {
        List<(int, int)> pairs = [];
        var places = come.GroupBy(c => c.Folded).ToDictionary(g => g.Key, g => new Queue<Left>(g));
        foreach (var left in gone.Where(g => g.Folded.Length > 0).ToList())
        {
            if (!places.TryGetValue(left.Folded, out var there) || !there.TryDequeue(out var to)) continue;
            pairs.Add((left.At, to.At));
            gone.Remove(left);
            come.Remove(to);
        }
        return pairs;
    }

    /// <summary>The best pair first. With very many left over only those of one place are compared, which is where changes usually are.</summary>
    private static List<(int From, int To)> TakeSimilar(List<Left> gone, List<Left> come, List<Piece> a, List<Piece> b)
    {
        var near = gone.Count > MostPairs || come.Count > MostPairs;
        var (olds, news) = (gone.ToDictionary(g => g, g => Pairs(g.Folded)), come.ToDictionary(c => c, c => Pairs(c.Folded)));
        List<(double Likeness, Left From, Left To)> candidates = [];
        foreach (var (from, old) in olds)
            foreach (var (to, now) in news)
            {
                if (near && Math.Abs(to.Place - from.Place) > 20) continue;
                var likeness = Likeness(old, now);
                if (likeness >= Similar) candidates.Add((likeness - Math.Abs(to.Place - from.Place) * 1e-6, from, to));
            }
        List<(int, int)> pairs = [];
        HashSet<Left> taken = [];
        foreach (var (_, from, to) in candidates.OrderByDescending(c => c.Likeness))
        {
            if (taken.Contains(from) || taken.Contains(to)) continue;
            taken.Add(from);
            taken.Add(to);
            pairs.Add((from.At, to.At));
        }
        gone.RemoveAll(taken.Contains);
        come.RemoveAll(taken.Contains);
        return pairs;
    }

    /// <summary>Characters in common by twos (Sørensen–Dice), 0 to 1.</summary>
    private static double Likeness(HashSet<int> a, HashSet<int> b)
    {
        if (a.Count == 0 || b.Count == 0) return 0;
        var (few, many) = a.Count < b.Count ? (a, b) : (b, a);
        if (2.0 * few.Count / (few.Count + many.Count) < Similar) return 0;
        return 2.0 * few.Count(many.Contains) / (a.Count + b.Count);
    }

    private static HashSet<int> Pairs(string text)
    {
        HashSet<int> pairs = [];
        for (var n = 1; n < text.Length && n <= 4000; n++) pairs.Add(text[n - 1] << 16 | text[n]);
        return pairs;
    }
}
