using ResourceHub.Core.Search;

namespace ResourceHub.Tests;

/// <summary>Things that tests need many of.</summary>
internal static class Make
{
    private static readonly string[] Subjects = ["数学", "语文", "物理", "化学", "生物", "历史"];
    private static readonly string[] Topics = ["圆的面积", "分数的通分", "光合作用", "勾股定理", "静夜思", "抗日战争", "浮力", "酸和碱", "Photosynthesis in plants"];
    private static readonly string[] Kinds = ["教学设计", "课件", "课后练习"];

    public static DateTime Day(int day) => new(2026, 9, day + 1, 8, 0, 0, DateTimeKind.Utc);

    public static ResourceDocument Document(string title, string[]? tokens = null, Dictionary<FacetName, IReadOnlyList<string>>? values = null) => new()
    {
        Id = Guid.CreateVersion7(),
        Revision = 1,
        Title = title,
        Values = values ?? new() { [FacetName.Kind] = ["slides"] },
        AccessTokens = tokens ?? ["public"],
        CreatedAt = Day(0),
        UpdatedAt = Day(0),
        Downloads = 0,
    };

    public static string Title(int i) => $"{Subjects[i % Subjects.Length]} {Topics[i * 7 % Topics.Length]} {Kinds[i % Kinds.Length]}";

    public static Dictionary<FacetName, IReadOnlyList<string>> Values(int i) => new()
    {
        [FacetName.Kind] = [i % 3 == 0 ? "slides" : "lesson-plan"],
        [FacetName.Subject] = [Subjects[i % Subjects.Length]],
        [FacetName.Grade] = [$"g{i % 9 + 1}", $"g{i % 4 + 1}"],
    };

    public static Task<IReadOnlyList<SuggestedPhrase>> SuggestAsync(this ISearchIndex index, string text, string[]? tokens, int first, CancellationToken ct) => index.SuggestAsync(new SuggestRequest(text, tokens, first), ct);
}
