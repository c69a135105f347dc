using ResourceHub.Core.Search.Understanding;

namespace ResourceHub.Core.Search;

/// <summary>
/// Something that lifts what fits it. With text to search it only moves what the text found; where there is no text, whatever is filed so or has all of its
/// words is a match.
/// </summary>
/// <param name="Facet">The field; null where only its words count.</param>
/// <param name="Words">How it was said; a document that has all of them is lifted as by a text of them.</param>
/// <param name="Weight">Added to the score of what is filed so, in the scale of a term's weight: the logarithm of how rare it is.</param>
public sealed record Boost(FacetName? Facet, string Code, string Words, double Weight)
{
    /// <summary>
    /// About what a word is worth that one resource in three has: all chips together lift a resource over others that say the topic as well, and not over one that
    /// alone says it. A grade or a subject rules more out than a volume or a stage.
    /// </summary>
    public static Boost Of(QueryChip chip) => new(chip.Facet, chip.Code, chip.Words, chip.Field switch
    {
        ChipField.Grade or ChipField.Subject or ChipField.School => 1.2,
        ChipField.Kind or ChipField.Edition => 1,
        ChipField.Volume => 0.8,
        ChipField.Stage => 0.6,
        _ => 0,
    });
}
