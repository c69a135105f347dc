namespace ResourceHub.Engines.Analysis;

internal enum WordKind : byte { Other, Ideograph, Kana, Hangul, Emoji }

/// <summary>A word of a text as the unigram field has it: folded, lower-cased, stemmed, with its place in the text.</summary>
internal readonly record struct Word(string Text, int Start, int End, WordKind Kind)
{
    /// <summary>Written without blanks between words: read in pairs of characters.</summary>
    public bool IsPaired => Kind is WordKind.Ideograph or WordKind.Kana or WordKind.Hangul;
}

/// <summary>What stands in the index at a position: a word, or a pair of adjacent characters.</summary>
internal readonly record struct Term(string Text, int Start, int End, int Position, TermKind Kind);

internal enum TermKind : byte { Word, Single, Pair }
