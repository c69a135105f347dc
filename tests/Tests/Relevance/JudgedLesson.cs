using ResourceHub.Core.Files;

namespace ResourceHub.Tests.Relevance;

/// <summary>A lesson of the judged set: what the hub is told of it, and what it is about, which only the judgement knows.</summary>
internal sealed record JudgedLesson
{
    /// <summary>A demonstration lesson's own key; else topic.edition.kind.period.</summary>
    public required string Key { get; init; }

    public required string Title { get; init; }
    public required string Kind { get; init; }
    public string? Subject { get; init; }
    public IReadOnlyList<string> Grades { get; init; } = [];
    public string? Edition { get; init; }
    public string? Volume { get; init; }
    public string? Chapter { get; init; }
    public string? Description { get; init; }
    public string Language { get; init; } = "zh-CN";
    public IReadOnlyList<string> Keywords { get; init; } = [];
    public required string FileName { get; init; }
    public IReadOnlyList<Section> Sections { get; init; } = [];

    /// <summary>The topics it teaches.</summary>
    public IReadOnlyList<Topic> Topics { get; init; } = [];

    /// <summary>The topics it only has something of, as a review of a term has.</summary>
    public IReadOnlyList<Topic> Touches { get; init; } = [];

    public int? Period { get; init; }

    public bool Has(string attribute, string value) => attribute switch
    {
        "grade" => Grades.Contains(value),
        "subject" => Subject == value,
        "edition" => Edition == value,
        "kind" => Kind == value,
        "volume" => Volume == value,
        "unit" => Topics.Any(t => t.Unit.ToString() == value),
        "period" => Period?.ToString() == value,
        _ => throw new FormatException($"No lesson has a {attribute}."),
    };
}
