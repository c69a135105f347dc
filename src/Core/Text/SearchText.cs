using System.Text;

namespace ResourceHub.Core.Text;

/// <summary>
/// Text as it is looked up, in documents and questions alike: compatible characters plain (UnicodeForms), Traditional Chinese as Simplified, numbers of grades and units
/// in one form. What is shown is always the original: <see cref="Fold"/> knows where each piece of the folded text stood in it.
/// </summary>
public static class SearchText
{
    public static string Of(string text) => Numbered(Simple(UnicodeForms.Nfkc(text)), null).Text;

    /// <summary>The same, with the places of the original.</summary>
    public static FoldedText Fold(string text)
    {
        var folded = UnicodeForms.Fold(text);
        var (made, origins) = Numbered(Simple(folded.Text), folded);
        return new(text, made, origins);
    }

    private static string Simple(string text) => Ablation.IsOff(SearchFeature.Traditional) ? text : Simplified.Of(text);

    /// <param name="from">Where the text's units came from, if places are wanted.</param>
    private static (string Text, IReadOnlyList<TextSpan>? Origins) Numbered(string text, FoldedText? from)
    {
        if (Ablation.IsOff(SearchFeature.Numbers) || SchoolNumbers.In(text) is not { } changes) return (text, from?.Origins);
        var made = new StringBuilder(text.Length + 8);
        var origins = from is null ? null : new List<TextSpan>(text.Length + 8);
        var at = 0;
        foreach (var (start, length, to) in changes)
        {
            Keep(start);
            made.Append(to);
            for (var i = 0; from is not null && i < to.Length; i++) origins!.Add(from.OriginOf(start, start + length));
            at = start + length;
        }
        Keep(text.Length);
        return (made.ToString(), origins);

        void Keep(int end)
        {
            made.Append(text, at, end - at);
            for (; from is not null && at < end; at++) origins!.Add(from.OriginOf(at, at + 1));
        }
    }
}
