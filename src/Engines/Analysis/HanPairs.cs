namespace ResourceHub.Engines.Analysis;

/// <summary>
/// Reads adjacent Chinese, Japanese and Korean characters in pairs, as Lucene's CJKBigramFilter does: 圆的面积 → 圆的 的面 面积; one that stands alone stays
/// single. Unlike it, blanks between characters may be passed over (高 三 数学) and positions may start anywhere.
/// </summary>
internal static class HanPairs
{
    /// <param name="joined">The text the words were cut from, when blanks between characters are to be passed over; null when they part.</param>
    /// <returns>The position after the last term.</returns>
    public static int Read(ReadOnlySpan<Word> words, string? joined, int position, List<Term> into)
    {
        var run = new Run(into, position);
        foreach (var word in words)
        {
            if (!word.IsPaired)
            {
                run.End();
                into.Add(new(word.Text, word.Start, word.End, run.Position++, TermKind.Word));
                continue;
            }
            if (run.LastEnd >= 0 && run.LastEnd != word.Start && !(joined is not null && AreNeighbours(joined, run.LastEnd, word.Start))) run.End();
            run.Add(word);
        }
        run.End();
        return run.Position;
    }

    /// <summary>Whether nothing but blanks stands between two places.</summary>
    public static bool AreNeighbours(string text, int start, int end)
    {
        for (var i = start; i < end; i++) if (!char.IsWhiteSpace(text[i])) return false;
        return true;
    }

    private struct Run(List<Term> into, int position)
    {
        private string? previous;
        private int start;
        private bool paired;

        public int Position = position;
        public int LastEnd = -1;

        public void Add(Word word)
        {
            // Where folding changed the length (ﾊﾟ), every character has the whole word's place.
            var keepsPlace = word.Text.Length == word.End - word.Start;
            for (var i = 0; i < word.Text.Length;)
            {
                var length = char.IsHighSurrogate(word.Text[i]) && i + 1 < word.Text.Length ? 2 : 1;
                var character = length == word.Text.Length ? word.Text : word.Text.Substring(i, length);
                Add(character, keepsPlace ? word.Start + i : word.Start, keepsPlace ? word.Start + i + length : word.End);
                i += length;
            }
        }

        private void Add(string character, int from, int to)
        {
            if (previous is not null)
            {
                into.Add(new(string.Concat(previous, character), start, to, Position++, TermKind.Pair));
                paired = true;
            }
            previous = character;
            start = from;
            LastEnd = to;
        }

        public void End()
        {
            if (previous is not null && !paired) into.Add(new(previous, start, LastEnd, Position++, TermKind.Single));
            previous = null;
            paired = false;
            LastEnd = -1;
        }
    }
}
