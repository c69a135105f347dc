using System.Buffers;

namespace ResourceHub.Core.Text;

/// <summary>Text that nobody typed, such as what a file or an error said, as every database keeps it: without U+0000 and halves of surrogate pairs, at its length.</summary>
public static class StorableText
{
    private static readonly SearchValues<char> Odd = SearchValues.Create([.. Enumerable.Range(0xD800, 0x800).Append(0).Select(c => (char)c)]);

    public static string Of(string text) => !text.AsSpan().ContainsAny(Odd) ? text : string.Create(text.Length, text, (span, from) =>
    {
        from.CopyTo(span);
        for (var i = 0; i < span.Length; i++)
        {
            if (i + 1 < span.Length && char.IsSurrogatePair(span[i], span[i + 1])) i++;
            else if (span[i] == 0 || char.IsSurrogate(span[i])) span[i] = '\uFFFD';
        }
    });

    /// <summary>At most so many characters of it.</summary>
    public static string Cut(string text, int limit) => Of(text.Length <= limit ? text : text[..limit]);
}
