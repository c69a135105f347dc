using DiffPlex;
using DiffPlex.Chunkers;

namespace ResourceHub.Core.Comparison;

/// <summary>What changed within a text, character by character; of long texts line by line.</summary>
internal static class TextComparison
{
    private const int ByCharacter = 2000;

    /// <summary>Stretches that stayed and are shorter than this between two changes are read as changed: single characters in common are chance.</summary>
    private const int ShortestStay = 2;

    public static IReadOnlyList<TextStretch> Compare(string before, string after)
    {
        IChunker chunker = before.Length <= ByCharacter && after.Length <= ByCharacter ? Characters : LineEndingsPreservingChunker.Instance;
        var diff = Differ.Instance.CreateDiffs(before, after, ignoreWhiteSpace: false, ignoreCase: false, chunker);
        List<TextStretch> stretches = [];
        var (at, kept) = (0, 0);
        foreach (var block in diff.DiffBlocks)
        {
            kept = block.DeleteStartA - at;
            var stayed = string.Concat(diff.PiecesOld.Skip(at).Take(kept));
            if (stretches.Count > 0 && stayed.Length > 0 && stayed.Length < ShortestStay && char.IsLetterOrDigit(stayed[0]))
            {
                Add(PieceChange.Removed, stayed);
                Add(PieceChange.Added, stayed);
            }
            else Add(null, stayed);
            Add(PieceChange.Removed, string.Concat(diff.PiecesOld.Skip(block.DeleteStartA).Take(block.DeleteCountA)));
            Add(PieceChange.Added, string.Concat(diff.PiecesNew.Skip(block.InsertStartB).Take(block.InsertCountB)));
            at = block.DeleteStartA + block.DeleteCountA;
        }
        Add(null, string.Concat(diff.PiecesOld.Skip(at)));
        return stretches;

        void Add(PieceChange? kind, string text)
        {
            if (text.Length == 0) return;
            // Removed and added alternate at most once between two stretches that stayed.
            var same = stretches.FindLastIndex(s => s.Kind == kind);
            if (same >= 0 && stretches.Skip(same + 1).All(s => s.Kind is not null) && kind is not null) stretches[same] = stretches[same] with { Text = stretches[same].Text + text };
            else if (same == stretches.Count - 1 && same >= 0) stretches[same] = stretches[same] with { Text = stretches[same].Text + text };
            else stretches.Add(new TextStretch(kind, text));
        }
    }

    private static readonly IChunker Characters = new WholeCharacters();

    /// <summary>Characters as a reader counts them: a surrogate pair is never cut.</summary>
    private sealed class WholeCharacters : IChunker
    {
        public IReadOnlyList<string> Chunk(string text) => [.. text.EnumerateRunes().Select(r => r.ToString())];
    }
}
