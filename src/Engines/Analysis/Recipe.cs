using ResourceHub.Core.Text;

namespace ResourceHub.Engines.Analysis;

/// <summary>
/// All numbers that decide on the order of hits, for both engines, each with its reason; docs/search.md says what each part buys. Weights are in the scale of a term's
/// weight, the logarithm of how rare it is: some 2 for a word that one resource in ten has, 7 for one in a thousand.
/// </summary>
internal static class Recipe
{
    /// <summary>BM25's own usual values; measured on eight judged collections, no other pair was better on all. resource-index.json has the same.</summary>
    public const float K1 = 1.2f, B = 0.75f;

    /// <summary>How soon more of a term in one passage says no more; its length says nothing of how well it fits.</summary>
    public const float PassageSaturation = 1.2f;

    /// <summary>Single characters tell little, and tell it where a pair is cut otherwise (圆面积, 圆的面积): a fifth of a pair.</summary>
    public static float Singles => On(SearchFeature.Singles, 0.2f);

    /// <summary>The title's words count in the whole text and three tenths more: titles are short, so this is much where they fit, and a long text can still win.</summary>
    public static float Title => On(SearchFeature.Title, 0.3f);

    /// <summary>Both of the above: the title's single characters.</summary>
    public static float TitleSingles => On(SearchFeature.Title, 0.3f * Singles);

    /// <summary>All of the question in one piece, as if it were one rare term more. Above .2 long questions lose to texts that quote a part of them.</summary>
    public static float Phrase => On(SearchFeature.Phrase, 0.2f);

    /// <summary>The question is the title, or what stands in it between 《》 or before the first blank: lifts it over others that have it in a longer title, which differ by about 1.</summary>
    public static float ExactTitle => On(SearchFeature.ExactTitle, 1.5f);

    /// <summary>The question is the chapter that it is filed under: less than the title, as a chapter has many resources.</summary>
    public static float ExactChapter => On(SearchFeature.Chapter, 0.8f);

    /// <summary>
    /// Between hits whose texts fit alike, the newer and the more used comes first. Together they add less than <see cref="MostRank"/>, so they never reorder hits whose
    /// texts differ by more.
    /// </summary>
    public static float Freshness => On(SearchFeature.Freshness, 0.02f);

    /// <summary>As much as eight years' difference in age.</summary>
    public static float Use => On(SearchFeature.Use, 0.02f);

    public const float MostRank = 0.04f;

    /// <summary>Downloads at which half of <see cref="Use"/> is reached: a resource that all colleagues of one subject have fetched once.</summary>
    private const double HalfUsed = 10;

    /// <summary>The years that ages are told apart in. By date and not by age: an order that changes while nobody changes anything could not be paged through.</summary>
    private static readonly DateTime Oldest = new(2010, 1, 1, 0, 0, 0, DateTimeKind.Utc), Newest = new(2050, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>What a resource's age and use add to its score, kept with it in the index.</summary>
    public static float Rank(DateTime createdAt, long downloads)
    {
        var fresh = Math.Clamp((createdAt - Oldest) / (Newest - Oldest), 0, 1);
        var used = Math.Max(0, downloads) / (Math.Max(0, downloads) + HalfUsed);
        return (float)(Freshness * fresh + Use * used);
    }

    /// <summary>Longest first: 为什么 must go before 什么. Alone they gave .006 nDCG on questions: nearly every text that answers has none of them.</summary>
    public static readonly string[] QuestionWords = ["为什么", "怎么样", "怎么办", "是什么", "什么样", "什么", "为何", "哪个", "哪些", "哪种", "哪里", "哪儿", "如何", "怎样", "怎么", "多少"];

    /// <summary>English words that nearly all texts have.</summary>
    public static readonly string[] StopWords =
    [
        "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "is", "it", "no", "not", "of", "on", "or", "such", "that", "the", "their",
        "then", "there", "these", "they", "this", "to", "was", "will", "with", "what", "which", "why", "how", "who", "when", "where",
    ];

    /// <summary>What is left out while measuring still matches what it alone finds.</summary>
    private const float Nearly0 = 1e-6f;

    private static float On(SearchFeature feature, float weight) => Ablation.IsOff(feature) ? Nearly0 : weight;
}
