namespace ResourceHub.Core.Search.Understanding;

/// <summary>Words by their characters, to find the longest one that begins, or ends, at a place: at most as many steps as the longest word has characters.</summary>
internal sealed class WordTree<T> where T : class
{
    private readonly Node ahead = new(), back = new();

    public void Add(string word, T meaning)
    {
        if (word.Length == 0) return;
        var (first, last) = (ahead, back);
        for (var i = 0; i < word.Length; i++)
        {
            first = first.Next(word[i]);
            last = last.Next(word[^(i + 1)]);
        }
        // The first to come keeps it, as in the taxonomy's own order.
        first.Meaning ??= meaning;
        last.Meaning ??= meaning;
    }

    /// <summary>The longest word from a place on that ends before another.</summary>
    public (int Length, T? Meaning) From(string text, int start, int end)
    {
        (int, T?) longest = (0, null);
        var node = ahead;
        for (var at = start; at < end && node.After.TryGetValue(text[at], out var next); at++)
        {
            node = next;
            if (node.Meaning is not null && IsWhole(text, start, at + 1)) longest = (at + 1 - start, node.Meaning);
        }
        return longest;
    }

    /// <summary>The longest word that ends at a place and does not begin before another.</summary>
    public (int Length, T? Meaning) Until(string text, int start, int end)
    {
        (int, T?) longest = (0, null);
        var node = back;
        for (var at = end - 1; at >= start && node.After.TryGetValue(text[at], out var next); at--)
        {
            node = next;
            if (node.Meaning is not null && IsWhole(text, at, end)) longest = (end - at, node.Meaning);
        }
        return longest;
    }

    /// <summary>No piece of a longer Latin word or number.</summary>
    private static bool IsWhole(string text, int start, int end)
        => !(start > 0 && AreOne(text[start - 1], text[start])) && !(end < text.Length && AreOne(text[end - 1], text[end]));

    private static bool AreOne(char one, char next) => char.IsAsciiLetter(one) && char.IsAsciiLetter(next) || char.IsAsciiDigit(one) && char.IsAsciiDigit(next);

    private sealed class Node
    {
        public Dictionary<char, Node> After { get; } = [];
        public T? Meaning { get; set; }

        public Node Next(char unit)
        {
            if (!After.TryGetValue(unit, out var next)) After[unit] = next = new();
            return next;
        }
    }
}
