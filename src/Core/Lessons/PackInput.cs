using ResourceHub.Core.Taxonomy;
using ResourceHub.Core.Text;

namespace ResourceHub.Core.Lessons;

/// <summary>What a school says about a lesson, course or collection. In an update null leaves a field as it is; an empty text or list clears it.</summary>
public abstract record PackInput
{
    protected const int ShortLimit = 120;

    public string? Title { get; init; }
    public string? Description { get; init; }
    public string? Stage { get; init; }
    public string? Grade { get; init; }
    public string? Subject { get; init; }

    /// <summary>What is wrong with it. Codes must be known ones, texts within their limits.</summary>
    public virtual void Check(List<Problem> problems)
    {
        if (Title is not null) Required.Line(Title, "title", Pack.TitleLimit, problems);
        Limit(Description, "description", Pack.DescriptionLimit, problems);
        Terms.Check(Vocabulary.Stage, Stage, "stage", problems);
        Terms.Check(Vocabulary.Grade, Grade, "grade", problems);
        Terms.Check(Vocabulary.Subject, Subject, "subject", problems);
    }

    /// <summary>Needs a title, for something new.</summary>
    public string? CheckNew(List<Problem> problems)
    {
        if (Title is null) Required.Line(null, "title", Pack.TitleLimit, problems);
        Check(problems);
        return CleanText.Line(Title);
    }

    protected void ApplyWords(Pack pack)
    {
        if (CleanText.Line(Title) is { } title) pack.Title = title;
        if (Description is not null) pack.Description = CleanText.Lines(Description);
        if (Grade is not null) pack.Grade = OrNull(Grade);
        if (Subject is not null) pack.Subject = OrNull(Subject);
        if (Stage is not null) pack.Stage = OrNull(Stage);
        // Agreements are made by stage, and a grade says which it is.
        else if (!string.IsNullOrEmpty(Grade) && Terms.ByCodeIn(Vocabulary.Grade, Grade)?.Stages is [var stage]) pack.Stage = stage;
    }

    protected static string? OrNull(string value) => value.Length == 0 ? null : value;

    protected static void Limit(string? value, string field, int limit, List<Problem> problems)
    {
        if (value?.Length > limit) problems.Add(Required.TooLong(field, limit));
    }
}
