namespace ResourceHub.Core.Text;

/// <summary>What search does beyond the plain recipe, one by one: docs/search.md says what each of them buys.</summary>
public enum SearchFeature { Traditional, Numbers, QuestionWords, Title, ExactTitle, Chapter, Phrase, Singles, Freshness, Use, LoneCharacters, Chips }

/// <summary>Leaves features out to measure what they buy: for <c>evaluate --without FEATURE</c> alone, in what it calls. A hub never leaves one out.</summary>
public static class Ablation
{
    private static readonly AsyncLocal<HashSet<SearchFeature>?> Off = new();

    public static bool IsOff(SearchFeature feature) => Off.Value is { } off && off.Contains(feature);

    public static void Without(IEnumerable<SearchFeature> features) => Off.Value = [.. features];
}
