using System.Globalization;
using System.Text;
using System.Text.Json;
using Xunit.Abstractions;

namespace ResourceHub.Tests.Relevance;

/// <summary>
/// What teachers ask and what they should find, judged beforehand. The floors lie a little below what was measured when they were set: whoever makes search
/// worse for one kind of question sees it here. Whoever makes it better raises them.
/// </summary>
public sealed class RelevanceTests(RelevanceHub judged, ITestOutputHelper output) : IClassFixture<RelevanceHub>
{
    /// <summary>
    /// nDCG@10 and MRR@10 that no class of questions may fall below. "corrected" is all of them as asked by somebody who takes the hub's better spelling where it has one.
    /// </summary>
    private static readonly Dictionary<string, (double Ndcg, double Mrr)> Floors = new()
    {
        ["topic"] = (0.98, 0.98),
        ["filed"] = (0.95, 0.98),
        ["short"] = (0.94, 0.98),
        ["pinyin"] = (0.98, 0.98),
        ["typo"] = (0.91, 0.91),
        ["traditional"] = (0.98, 0.98),
        ["english"] = (0.98, 0.98),
        ["question"] = (0.93, 0.92),
        ["period"] = (0.92, 0.98),
        ["numeral"] = (0.96, 0.94),
        ["alias"] = (0.96, 0.98),
        ["colloquial"] = (0.90, 0.91),
        ["words"] = (0.96, 0.98),
        ["all"] = (0.96, 0.97),
        ["corrected"] = (0.97, 0.98),
    };

    [Fact]
    public async Task Every_class_of_questions_is_answered_as_well_as_it_was()
    {
        var rows = judged.Queries.GroupBy(q => q.Class).Select(g => Measure(g.Key, [.. g])).Append(Measure("all", judged.Queries)).ToList();
        rows.Add(await CorrectedAsync());
        foreach (var row in rows) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Class,-12} {row.Questions,4} nDCG@10 {row.Ndcg:0.000} MRR@10 {row.Mrr:0.000} nothing found {row.Empty}"));
        foreach (var query in judged.Queries.Where(q => Ndcg(q) < 0.5)) output.WriteLine($"{query.Id} {query.Text}: {Ndcg(query):0.00} {string.Join(" | ", judged.AnswerTo(query).Found.Take(3).Select(l => l.Title))}");
        Assert.Equal(Floors.Keys.Order(), rows.Select(r => r.Class).Order());
        Assert.DoesNotContain(rows, r => r.Ndcg < Floors[r.Class].Ndcg || r.Mrr < Floors[r.Class].Mrr);
    }

    [Fact]
    public void Every_question_has_a_lesson_that_answers_it_fully()
        => Assert.Equal([], judged.Queries.Where(q => !judged.Lessons.Any(l => q.GradeOf(l) == 3)).Select(q => $"{q.Id} {q.Text}"));

    [Fact]
    public void The_judged_set_is_large_enough_and_has_every_habit_of_teachers()
    {
        Assert.True(judged.Queries.Count >= 120);
        Assert.Equal(judged.Queries.Count, judged.Queries.DistinctBy(q => q.Text).Count());
        Assert.All(judged.Queries.GroupBy(q => q.Class), g => Assert.True(g.Count() >= 10, g.Key));
    }

    /// <summary>
    /// For <c>./hub evaluate</c>: HUB_RELEVANCE_TO=FOLDER dotnet test … writes the set as it takes it, as plain documents and as the record of a hub, which has what lessons are
    /// filed under: <c>--Hub:Data=FOLDER/data --queries FOLDER/queries.ndjson --judgements FOLDER/own-judgements.ndjson</c>.
    /// </summary>
    [Fact]
    public void The_judged_set_can_be_given_to_hub_evaluate()
    {
        var folder = Environment.GetEnvironmentVariable("HUB_RELEVANCE_TO") is { Length: > 0 } named ? Directory.CreateDirectory(named) : Directory.CreateTempSubdirectory("hub-judged-");
        Write("documents.ndjson", judged.Lessons.Select(l => new { id = l.Key, title = l.Title, text = string.Join('\n', [l.Description, l.Chapter, .. l.Keywords, .. l.Sections.Select(s => s.Text)]) }));
        Write("queries.ndjson", judged.Queries.Select(q => new { id = q.Id, text = q.Text }));
        Write("judgements.ndjson", from q in judged.Queries from l in judged.Lessons let grade = q.GradeOf(l) where grade > 0 select new { query = q.Id, document = l.Key, grade });
        var ids = judged.Lessons.ToDictionary(l => l.Key, judged.IdOf);
        Write("own-judgements.ndjson", from q in judged.Queries from l in judged.Lessons let grade = q.GradeOf(l) where grade > 0 select new { query = q.Id, document = ids[l.Key], grade });
        foreach (var file in Directory.EnumerateFiles(judged.Hub.Data, "hub.db*")) File.Copy(file, Path.Join(Directory.CreateDirectory(Path.Join(folder.FullName, "data")).FullName, Path.GetFileName(file)), overwrite: true);
        Assert.Equal(judged.Queries.Count, File.ReadLines(Path.Join(folder.FullName, "queries.ndjson")).Count());
        Assert.Equal(judged.Lessons.Count, judged.Lessons.DistinctBy(l => l.Key).Count());
        if (Environment.GetEnvironmentVariable("HUB_RELEVANCE_TO") is not { Length: > 0 }) folder.Delete(recursive: true);

        void Write<T>(string name, IEnumerable<T> rows) => File.WriteAllLines(Path.Join(folder.FullName, name), rows.Select(r => JsonSerializer.Serialize(r, Plain)), new UTF8Encoding(false));
    }

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private Row Measure(string name, IReadOnlyList<JudgedQuery> queries)
        => new(name, queries.Count, queries.Average(Ndcg), queries.Average(q => Mrr(q, judged.AnswerTo(q).Found)), queries.Count(q => judged.AnswerTo(q).Found.Count == 0));

    private async Task<Row> CorrectedAsync()
    {
        List<(JudgedQuery Query, IReadOnlyList<JudgedLesson> Found)> answers = [];
        foreach (var query in judged.Queries) answers.Add((query, await judged.CorrectedAsync(query)));
        return new("corrected", answers.Count, answers.Average(a => Ndcg(a.Query, a.Found)), answers.Average(a => Mrr(a.Query, a.Found)), answers.Count(a => a.Found.Count == 0));
    }

    private double Ndcg(JudgedQuery query) => Ndcg(query, judged.AnswerTo(query).Found);

    private double Ndcg(JudgedQuery query, IEnumerable<JudgedLesson> found) => Measures.Ndcg([.. found.Select(query.GradeOf)], judged.Lessons.Select(query.GradeOf), RelevanceHub.Depth);

    private static double Mrr(JudgedQuery query, IEnumerable<JudgedLesson> found) => Measures.Mrr([.. found.Select(query.GradeOf)], RelevanceHub.Depth);

    private sealed record Row(string Class, int Questions, double Ndcg, double Mrr, int Empty);
}
