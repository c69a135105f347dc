namespace ResourceHub.Core.Search;

/// <summary>建议的来源。Where a suggestion is from.</summary>
public enum SuggestionKind
{
    /// <summary>标题。A title.</summary>
    Title,

    /// <summary>知识点（关键词）。A topic: a keyword.</summary>
    Topic,

    /// <summary>章节。A chapter.</summary>
    Chapter,
}

/// <summary>Words to go on with after what was typed.</summary>
/// <param name="ResourceId">A resource that has them.</param>
public sealed record SuggestedPhrase(string Text, SuggestionKind Kind, Guid ResourceId);

/// <summary>What is asked of the index while somebody types.</summary>
/// <param name="AccessTokens">The viewer's tokens; null opens all doors.</param>
/// <param name="LeftOut">Resources that were closed to somebody and whose document may be older than that.</param>
/// <param name="BySound">Look up only how it sounds, also where it is written in Chinese: for wrong characters of the same sound.</param>
public sealed record SuggestRequest(string Text, IReadOnlyList<string>? AccessTokens, int First, IReadOnlyCollection<Guid>? LeftOut = null, bool BySound = false);
