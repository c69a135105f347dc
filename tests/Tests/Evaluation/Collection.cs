using System.Text.Json;

namespace ResourceHub.Tests.Evaluation;

internal sealed record CollectedDocument(string Id, string Title, string Text);

internal sealed record CollectedQuery(string Id, string Text, IReadOnlyDictionary<string, int> Grades);

/// <summary>A judged collection made for measuring: what it says is made up, its kind of question is not.</summary>
internal sealed record Collection(IReadOnlyList<CollectedDocument> Documents, IReadOnlyList<CollectedQuery> Queries)
{
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web);

    /// <summary>The same with other words.</summary>
    public Collection With(Func<string, string>? documents = null, Func<string, string>? queries = null) => new(
        documents is null ? Documents : [.. Documents.Select(d => d with { Title = documents(d.Title), Text = documents(d.Text) })],
        queries is null ? Queries : [.. Queries.Select(q => q with { Text = queries(q.Text) })]);

    /// <returns>The arguments of evaluate.</returns>
    public string[] Write(string folder)
    {
        var (documents, queries, judgements) = (Path.Join(folder, "documents.ndjson"), Path.Join(folder, "queries.ndjson"), Path.Join(folder, "judgements.ndjson"));
        File.WriteAllLines(documents, Documents.Select(d => JsonSerializer.Serialize(d, Plain)));
        File.WriteAllLines(queries, Queries.Select(q => JsonSerializer.Serialize(new { q.Id, q.Text }, Plain)));
        File.WriteAllLines(judgements, Queries.SelectMany(q => q.Grades.Select(g => JsonSerializer.Serialize(new { query = q.Id, document = g.Key, grade = g.Value }, Plain))));
        return ["--documents", documents, "--queries", queries, "--judgements", judgements, "--json"];
    }
}
