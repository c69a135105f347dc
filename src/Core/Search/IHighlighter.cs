namespace ResourceHub.Core.Search;

/// <summary>
/// Marks a query's words in an original text with the analysis that found them. One for every engine; a port only because the analysis lives beside
/// the engines and may not be named here.
/// </summary>
public interface IHighlighter
{
    /// <summary>
    /// The window of at most <paramref name="window"/> UTF-16 units that holds most of the query, with what to mark in it, in order and not overlapping.
    /// No ranges when nothing matches: then the window is the text's beginning.
    /// </summary>
    MarkedText Mark(string query, string text, int window);
}

/// <summary>Plain text and what to mark in it: no markup crosses the API.</summary>
/// <param name="Start">Where the window begins within the text it was cut from, in UTF-16 units.</param>
public sealed record MarkedText(string Text, int Start, IReadOnlyList<TextRange> Ranges);

/// <summary>UTF-16 units, end exclusive.</summary>
public sealed record TextRange(int Start, int End);
