using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Catalogue;
using ResourceHub.Core.Taxonomy;
using ResourceHub.Core.Text;

namespace ResourceHub.Core.Lessons;

/// <summary>What a school says about a lesson.</summary>
public record LessonInput : PackInput
{
    private const int ObjectivesLimit = 20, ObjectiveLimit = 500;

    public string? Edition { get; init; }
    public string? Volume { get; init; }
    public string? Chapter { get; init; }

    /// <summary>A chapter of the catalogue; found by the words when null.</summary>
    public Guid? ChapterId { get; init; }

    public string? Period { get; init; }
    public LessonType? Type { get; init; }
    public IReadOnlyList<string>? Objectives { get; init; }

    public override void Check(List<Problem> problems)
    {
        base.Check(problems);
        Terms.Check(Vocabulary.Edition, Edition, "edition", problems);
        Terms.Check(Vocabulary.Volume, Volume, "volume", problems);
        Limit(Chapter, "chapter", ShortLimit, problems);
        Limit(Period, "period", ShortLimit, problems);
        if (Objectives?.Count > ObjectivesLimit) problems.Add(new Problem("TOO_MANY", $"学习目标最多 {ObjectivesLimit} 条。At most {ObjectivesLimit} objectives.", "objectives"));
        foreach (var (objective, n) in (Objectives ?? []).Select((o, n) => (o, n)))
            if (objective.Length > ObjectiveLimit) problems.Add(Required.TooLong("objectives", ObjectiveLimit) with { Path = ["objectives", $"{n}"] });
    }

    /// <summary>Writes what was given onto the lesson. A chapter of the catalogue also says edition, volume, grade, subject and its title, where nothing else was said.</summary>
    public async Task ApplyToAsync(HubDb db, Lesson l, List<Problem> problems, CancellationToken ct)
    {
        ApplyWords(l);
        if (Edition is not null) l.Edition = OrNull(Edition);
        if (Volume is not null) l.Volume = OrNull(Volume);
        if (Chapter is not null) l.Chapter = CleanText.Line(Chapter);
        if (Period is not null) l.Period = CleanText.Line(Period);
        if (Type is not null) l.LessonType = Type;
        if (Objectives is not null) l.Objectives = [.. Objectives.Select(CleanText.Line).OfType<string>()];
        var node = ChapterId is { } chapter ? await db.CatalogueNodes.AsNoTracking().FirstOrDefaultAsync(n => n.Id == chapter, ct) : null;
        if (node is null && ChapterId is not null) problems.Add(Problem.NotFound("章节") with { Path = ["chapterId"] });
        if (node is not null) Follow(l, node);
        l.ChapterId = node?.Id ?? await CatalogueFiling.FindAsync(db, l.Edition, l.Subject, l.Grade is null ? [] : [l.Grade], l.Volume, l.Chapter, ct);
    }

    private void Follow(Lesson l, CatalogueNode node)
    {
        if (Chapter is null && node.Level != CatalogueLevel.Volume) l.Chapter = node.Title.Length > ShortLimit ? node.Title[..ShortLimit] : node.Title;
        if (Edition is null) l.Edition = node.Edition;
        if (Volume is null) l.Volume = node.Volume;
        if (Subject is null) l.Subject = node.Subject;
        if (Grade is null) l.Grade = node.Grade ?? l.Grade;
        if (Stage is null) l.Stage = node.Stage ?? l.Stage;
    }
}

public sealed record NewLesson : LessonInput
{
    public required Guid SchoolId { get; init; }
    public IReadOnlyList<GivenPart> Parts { get; init; } = [];
}
