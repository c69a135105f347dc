using System.Text;

namespace ResourceHub.Core.Text;

/// <summary>
/// Unicode's normalisation forms C and KC. Our own, because the runtime's string.Normalize gives the text back unchanged where globalization is invariant,
/// and the hub must run where ICU is not installed. Tables: unicode-forms.txt, held to Unicode's rules by a test.
/// </summary>
public static class UnicodeForms
{
    /// <summary>Canonical composition: the same characters, written one way.</summary>
    public static string Nfc(string text) => Form(text, UnicodeTables.Canonical, null);

    /// <summary>Compatibility composition: also width, ligatures, circled and squared forms become plain: ＡＢＣ → ABC, ㎡ → m2.</summary>
    public static string Nfkc(string text) => UnitByUnit(text, UnicodeTables.Compatible) ?? Form(text, UnicodeTables.Compatible, null);

    /// <summary>Compatibility composition that remembers where each piece stood.</summary>
    public static FoldedText Fold(string text)
    {
        if (UnitByUnit(text, UnicodeTables.Compatible) is { } folded) return new(text, folded, null);
        var origins = new List<TextSpan>(text.Length);
        return new(text, Form(text, UnicodeTables.Compatible, origins), origins);
    }

    private static string Form(string text, UnicodeTables.Decompositions map, List<TextSpan>? origins)
    {
        var start = Unchanged(text, map);
        if (start == text.Length) return text;
        // A mark changes what stands before it.
        if (start > 0) start--;
        if (start > 0 && char.IsLowSurrogate(text[start]) && char.IsHighSurrogate(text[start - 1])) start--;
        var made = new StringBuilder(text.Length + 16).Append(text, 0, start);
        for (var i = 0; origins is not null && i < start; i++) origins.Add(new(i, i + 1));
        List<int> block = [];
        while (start < text.Length)
        {
            var end = start + CodeAt(text, start, out var first);
            var changes = map.Changes(first);
            for (int length; end < text.Length; end += length)
            {
                length = CodeAt(text, end, out var next);
                if (!map.Joins(next)) break;
                changes = true;
            }
            var length0 = made.Length;
            if (changes) Compose(text.AsSpan(start, end - start), map, block, made);
            else made.Append(text, start, end - start);
            for (var i = length0; origins is not null && i < made.Length; i++) origins.Add(new(start, end));
            start = end;
        }
        return made.ToString();
    }

    /// <summary>Most Chinese text changes in its full-width punctuation only, and keeps every place; null for any other.</summary>
    private static string? UnitByUnit(string text, UnicodeTables.Decompositions map)
    {
        var start = Unchanged(text, map);
        if (start == text.Length) return text;
        for (var i = start; i < text.Length; i++)
            if (map.MayChange(text[i]) && map.Simple(text[i]) == 0) return null;
        return string.Create(text.Length, (text, start, map), static (made, from) =>
        {
            from.text.CopyTo(made);
            for (var i = from.start; i < made.Length; i++)
                if (from.map.Simple(made[i]) is var plain and not '\0' && from.map.MayChange(made[i])) made[i] = plain;
        });
    }

    /// <summary>How far the text surely is in the form already.</summary>
    private static int Unchanged(string text, UnicodeTables.Decompositions map)
    {
        for (var i = 0; i < text.Length; i++) if (map.MayChange(text[i])) return i;
        return text.Length;
    }

    private static void Compose(ReadOnlySpan<char> piece, UnicodeTables.Decompositions map, List<int> block, StringBuilder made)
    {
        block.Clear();
        for (var i = 0; i < piece.Length;)
        {
            i += CodeAt(piece, i, out var code);
            map.Decompose(code, block);
        }
        SortMarks(block);
        var starter = -1;
        var lastClass = 0;
        var kept = 0;
        for (var i = 0; i < block.Count; i++)
        {
            var code = block[i];
            var itsClass = UnicodeTables.ClassOf(code);
            // Composes with the last starter unless a mark of the same or a higher class, or another starter, stands between.
            if (starter >= 0 && (kept == starter + 1 || lastClass != 0 && lastClass < itsClass) && UnicodeTables.Compose(block[starter], code) is { } whole)
            {
                block[starter] = whole;
                continue;
            }
            if (itsClass == 0) starter = kept;
            lastClass = itsClass;
            block[kept++] = code;
        }
        for (var i = 0; i < kept; i++)
            if (block[i] < char.MinValue + 0x10000) made.Append((char)block[i]);
            else made.Append(char.ConvertFromUtf32(block[i]));
    }

    private static void SortMarks(List<int> block)
    {
        for (var start = 0; start < block.Count; start++)
        {
            if (UnicodeTables.ClassOf(block[start]) == 0) continue;
            var end = start + 1;
            while (end < block.Count && UnicodeTables.ClassOf(block[end]) != 0) end++;
            if (end - start > 1)
            {
                var sorted = block.GetRange(start, end - start).OrderBy(UnicodeTables.ClassOf).ToList();
                for (var i = 0; i < sorted.Count; i++) block[start + i] = sorted[i];
            }
            start = end;
        }
    }

    /// <summary>The code point at a place and how many units it takes; half a surrogate pair stands for itself.</summary>
    private static int CodeAt(ReadOnlySpan<char> text, int at, out int code)
    {
        if (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
        {
            code = char.ConvertToUtf32(text[at], text[at + 1]);
            return 2;
        }
        code = text[at];
        return 1;
    }
}

/// <summary>A folded text and where its units came from; no origins where nothing changed.</summary>
public sealed record FoldedText(string Original, string Text, IReadOnlyList<TextSpan>? Origins)
{
    /// <summary>The stretch of the original that a stretch of the folded text was made from.</summary>
    public TextSpan OriginOf(int start, int end)
        => Origins is null ? new(start, end) : end <= start ? new(Origins[start].Start, Origins[start].Start) : new(Origins[start].Start, Origins[end - 1].End);
}

/// <summary>UTF-16 units, end exclusive.</summary>
public readonly record struct TextSpan(int Start, int End);
