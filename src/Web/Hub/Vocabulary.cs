namespace ResourceHub.Web.Hub;

/// <summary>The words that everything is filed under: Pages/Vocabulary.graphql.</summary>
public sealed record Vocabulary
{
    public IReadOnlyList<StagedTerm> Stages { get; init; } = [];
    public IReadOnlyList<StagedTerm> Grades { get; init; } = [];
    public IReadOnlyList<StagedTerm> Subjects { get; init; } = [];
    public IReadOnlyList<StagedTerm> Editions { get; init; } = [];
    public IReadOnlyList<StagedTerm> Volumes { get; init; } = [];
    public IReadOnlyList<StagedTerm> Kinds { get; init; } = [];
    public IReadOnlyList<Licence> Licences { get; init; } = [];

    public static IEnumerable<(string Code, string Label)> Options(IReadOnlyList<StagedTerm> terms) => terms.Select(t => (t.Code, t.Label));

    /// <summary>Two subjects may share a name, such as 科学 of kindergartens and of schools: then their stages tell them apart.</summary>
    public IEnumerable<(string Code, string Label)> SubjectOptions()
        => Subjects.Select(s => (s.Code, Subjects.Count(other => other.Label == s.Label) == 1 || s.Stages.Count == 0 ? s.Label : $"{s.Label} · {string.Join('/', s.Stages.Select(StageLabel))}"));

    private string StageLabel(string code) => Stages.FirstOrDefault(s => s.Code == code)?.Label ?? code;
}

public sealed record StagedTerm(string Code, string Label)
{
    public IReadOnlyList<string> Stages { get; init; } = [];
}

public sealed record VocabularyAnswer(Vocabulary Taxonomy);
