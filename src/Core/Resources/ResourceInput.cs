using ResourceHub.Core.Taxonomy;
using ResourceHub.Core.Text;

namespace ResourceHub.Core.Resources;

/// <summary>What a school says about a resource. In an update null leaves a field as it is; an empty text or list clears it.</summary>
public record ResourceInput
{
    public string? Title { get; init; }
    public string? Description { get; init; }
    public string? Kind { get; init; }
    public string? Stage { get; init; }
    public IReadOnlyList<string>? Grades { get; init; }
    public string? Subject { get; init; }
    public string? Edition { get; init; }
    public string? Volume { get; init; }
    public string? Chapter { get; init; }

    /// <summary>A place of the textbook catalogue; its title stands for the chapter where none is given.</summary>
    public Guid? ChapterId { get; init; }

    public string? Language { get; init; }
    public string? Licence { get; init; }
    public IReadOnlyList<string>? Keywords { get; init; }
    public IReadOnlyList<Contributor>? Contributors { get; init; }

    private const int ShortLimit = 120;
    private const int ListLimit = 50;

    /// <summary>What is wrong with it. Codes must be known ones, texts within their limits.</summary>
    public void Check(List<Problem> problems)
    {
        Terms.Check(Vocabulary.Kind, Kind, "kind", problems);
        Terms.Check(Vocabulary.Stage, Stage, "stage", problems);
        Terms.Check(Vocabulary.Grade, Grades, "grades", problems);
        Terms.Check(Vocabulary.Subject, Subject, "subject", problems);
        Terms.Check(Vocabulary.Edition, Edition, "edition", problems);
        Terms.Check(Vocabulary.Volume, Volume, "volume", problems);
        Terms.Check(Vocabulary.Licence, Licence, "licence", problems);
        Limit(Description, "description", Resource.DescriptionLimit, problems);
        Limit(Chapter, "chapter", ShortLimit, problems);
        Limit(Language, "language", 35, problems);
        foreach (var keyword in Keywords ?? []) Limit(keyword, "keywords", ShortLimit, problems);
        foreach (var contributor in Contributors ?? []) Limit(contributor.Name, "contributors", ShortLimit, problems);
        if (Math.Max(Keywords?.Count ?? 0, Math.Max(Contributors?.Count ?? 0, Grades?.Count ?? 0)) > ListLimit)
            problems.Add(new Problem("TOO_MANY", $"列表最多 {ListLimit} 项。A list may have at most {ListLimit} entries."));
    }

    /// <summary>Writes what was given onto the resource. Returns whether anything is different now.</summary>
    public bool ApplyTo(Resource r)
    {
        var before = Snapshot(r);
        if (CleanText.Line(Title) is { } title) r.Title = title;
        if (Description is not null) r.Description = CleanText.Lines(Description);
        if (!string.IsNullOrEmpty(Kind)) r.Kind = Kind;
        if (Stage is not null) r.Stage = OrNull(Stage);
        if (Grades is not null) r.Grades = [.. Grades.Distinct()];
        if (Subject is not null) r.Subject = OrNull(Subject);
        if (Edition is not null) r.Edition = OrNull(Edition);
        if (Volume is not null) r.Volume = OrNull(Volume);
        if (Chapter is not null) r.Chapter = CleanText.Line(Chapter);
        if (!string.IsNullOrWhiteSpace(Language)) r.Language = CleanText.Line(Language)!;
        if (Licence is not null) r.Licence = OrNull(Licence);
        if (Keywords is not null) r.Keywords = [.. Keywords.Select(CleanText.Line).OfType<string>().Distinct()];
        if (Contributors is not null)
            r.Contributors = [.. Contributors.Where(c => CleanText.Line(c.Name) is not null).Select(c => new Contributor(CleanText.Line(c.Name)!, CleanText.Line(c.Role) ?? "author"))];
        return Snapshot(r) != before;
    }

    private static string Snapshot(Resource r) => ResourceVersion.Of(r, default, "", default).Metadata;

    private static string? OrNull(string value) => value.Length == 0 ? null : value;

    private static void Limit(string? value, string field, int limit, List<Problem> problems)
    {
        if (value?.Length > limit) problems.Add(Required.TooLong(field, limit));
    }
}
