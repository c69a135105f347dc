using ResourceHub.Core.Search;

namespace ResourceHub.Engines.Checks;

/// <summary>Documents and questions for checks.</summary>
internal static class MadeLessons
{
    public static readonly string[] Public = ["public"];

    private static readonly string[] Subjects = ["数学", "语文", "物理", "化学", "生物", "历史"];
    private static readonly string[] Topics = ["圆的面积", "分数的通分", "光合作用", "勾股定理", "静夜思", "抗日战争", "浮力", "酸和碱", "Photosynthesis in plants"];
    private static readonly string[] Kinds = ["教学设计", "课件", "课后练习"];
    private static readonly Dictionary<FacetName, IReadOnlyList<string>> NoFilters = [];

    public static DateTime Day(int day) => new(2026, 9, day + 1, 8, 0, 0, DateTimeKind.Utc);

    public static string Title(int number) => $"{Subjects[number % Subjects.Length]} {Topics[number * 7 % Topics.Length]} {Kinds[number % Kinds.Length]}";

    public static ResourceDocument Lesson(string title, params string[] tokens) => new()
    {
        Id = Guid.CreateVersion7(),
        Revision = 1,
        Title = title,
        Values = new Dictionary<FacetName, IReadOnlyList<string>> { [FacetName.Kind] = ["slides"] },
        AccessTokens = tokens is [] ? Public : tokens,
        CreatedAt = Day(0),
        UpdatedAt = Day(0),
        Downloads = 0,
    };

    /// <summary>The n-th of many that are filed under several things.</summary>
    public static ResourceDocument Lesson(int number) => Lesson(Title(number)) with { Downloads = number % 7, CreatedAt = Day(number % 5), Values = Values(number) };

    public static Dictionary<FacetName, IReadOnlyList<string>> Values(int number) => new()
    {
        [FacetName.Kind] = [number % 3 == 0 ? "slides" : "lesson-plan"],
        [FacetName.Subject] = [Subjects[number % Subjects.Length]],
        [FacetName.Grade] = [$"g{number % 9 + 1}", $"g{number % 4 + 1}"],
    };

    extension(ISearchIndex index)
    {
        public Task WriteAsync(CancellationToken ct, params ResourceDocument[] documents) => index.WriteAsync(documents, [], ct);

        public Task RemoveAsync(Guid id, long revision, CancellationToken ct) => index.WriteAsync([], [new Removal(id, revision)], ct);

        /// <summary>Asks as somebody who is not signed in, unless the change says otherwise.</summary>
        public Task<SearchPage> AskAsync(string? text, CancellationToken ct, Func<SearchRequest, SearchRequest>? change = null)
        {
            var request = new SearchRequest(text, NoFilters, Public);
            return index.SearchAsync(change?.Invoke(request) ?? request, ct);
        }

        public async Task<int> CountAsync(string? text, CancellationToken ct, Func<SearchRequest, SearchRequest>? change = null) => (await index.AskAsync(text, ct, change)).Total;
    }
}
