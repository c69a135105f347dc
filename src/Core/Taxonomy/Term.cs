namespace ResourceHub.Core.Taxonomy;

/// <summary>The closed lists of words that everything is filed under.</summary>
public enum Vocabulary { Stage, Grade, Subject, Edition, Volume, Kind, Licence }

/// <summary>One word of a vocabulary.</summary>
public sealed record Term
{
    /// <summary>Lower-case and stable: what is stored and what clients send.</summary>
    public required string Code { get; init; }

    public required string Zh { get; init; }
    public required string En { get; init; }

    /// <summary>Other words for the same thing, in any language: found by, never shown instead of the label.</summary>
    public IReadOnlyList<string> Synonyms { get; init; } = [];

    /// <summary>Stage codes that a grade or subject belongs to; empty means all.</summary>
    public IReadOnlyList<string> Stages { get; init; } = [];

    /// <summary>For licences: may another school adapt it?</summary>
    public bool? MayAdapt { get; init; }

    /// <summary>For licences: may it be passed on beyond those it was shared with?</summary>
    public bool? MayPassOn { get; init; }

    /// <summary>The label in a language: Chinese unless English was asked for.</summary>
    public string Label(string? lang) => lang is not null && lang.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? En : Zh;
}
