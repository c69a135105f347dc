using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ResourceHub.Host.Evaluation;

/// <summary>A file of the evaluation that cannot be used; the message says where and why.</summary>
public sealed class EvaluationException(string message) : Exception(message);

/// <summary>One text that is searched. Several thousands of a million characters may come: they are read one after another.</summary>
internal sealed record EvaluatedDocument(int Line, string Id, string Title, string Text);

internal sealed record EvaluatedQuery(string Id, string Text);

/// <summary>How well a document answers a query: 0 for not at all.</summary>
internal sealed record Judgement(string Query, string Document, double Grade);

/// <summary>
/// Reads the three files, one JSON object a line: documents {"id","title","text"}, queries {"id","text"}, judgements {"query","document","grade"}. Ids may be
/// written as numbers, blank lines and unknown names are passed over, and whatever is wrong is said with its line.
/// </summary>
internal static class EvaluationFiles
{
    public static async IAsyncEnumerable<EvaluatedDocument> DocumentsAsync(string path, [EnumeratorCancellation] CancellationToken ct)
    {
        HashSet<string> seen = [];
        await foreach (var line in LinesAsync(path, ct))
        {
            var id = line.Word("id");
            if (!seen.Add(id)) throw line.Wrong($"the id \"{Short(id)}\" was there before");
            yield return new(line.Number, id, line.Text("title"), line.Text("text"));
        }
        if (seen.Count == 0) throw new EvaluationException($"{path} has no documents.");
    }

    public static async Task<IReadOnlyList<EvaluatedQuery>> QueriesAsync(string path, CancellationToken ct)
    {
        HashSet<string> seen = [];
        List<EvaluatedQuery> queries = [];
        await foreach (var line in LinesAsync(path, ct))
        {
            var query = new EvaluatedQuery(line.Word("id"), line.Text("text"));
            if (!seen.Add(query.Id)) throw line.Wrong($"the id \"{Short(query.Id)}\" was there before");
            queries.Add(query);
        }
        return queries.Count > 0 ? queries : throw new EvaluationException($"{path} has no queries.");
    }

    public static async Task<IReadOnlyList<Judgement>> JudgementsAsync(string path, CancellationToken ct)
    {
        List<Judgement> judgements = [];
        await foreach (var line in LinesAsync(path, ct)) judgements.Add(new(line.Word("query"), line.Word("document"), line.Grade()));
        return judgements.Count > 0 ? judgements : throw new EvaluationException($"{path} has no judgements.");
    }

    private static async IAsyncEnumerable<Line> LinesAsync(string path, [EnumeratorCancellation] CancellationToken ct)
    {
        using var reader = Open(path);
        for (var number = 1; await reader.ReadLineAsync(ct) is { } text; number++)
            if (!string.IsNullOrWhiteSpace(text)) yield return Line.Read(path, number, text);
    }

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(path);
        }
        catch (Exception cannot) when (cannot is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new EvaluationException($"{path} cannot be read: {cannot.Message}");
        }
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private sealed record Line(string Path, int Number, JsonElement Object)
    {
        public static Line Read(string path, int number, string text)
        {
            try
            {
                var read = new Line(path, number, JsonElement.Parse(text));
                return read.Object.ValueKind == JsonValueKind.Object ? read : throw read.Wrong("this is no JSON object");
            }
            catch (JsonException broken)
            {
                throw new EvaluationException($"{path}:{number}: this is no JSON: {broken.Message}");
            }
        }

        public EvaluationException Wrong(string what) => new($"{Path}:{Number}: {what}.");

        /// <summary>An id, as text or number.</summary>
        public string Word(string name) => Written(name) is { Length: > 0 } word ? word : throw Wrong($"\"{name}\" is missing");

        /// <summary>Text; empty where it is not there.</summary>
        public string Text(string name) => Written(name) ?? "";

        /// <summary>1 where it is not said.</summary>
        public double Grade()
        {
            if (Written("grade") is not { } written) return 1;
            return double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var grade) && double.IsFinite(grade) ? grade : throw Wrong($"\"grade\" is no number: {Short(written)}");
        }

        private string? Written(string name)
        {
            if (!Object.TryGetProperty(name, out var value)) return null;
            try
            {
                return value.ValueKind switch
                {
                    JsonValueKind.String => value.GetString(),
                    JsonValueKind.Number => value.GetRawText(),
                    JsonValueKind.Null => null,
                    _ => throw Wrong($"\"{name}\" is neither text nor a number"),
                };
            }
            // Half a character, escaped: JSON lets it pass, no text has it.
            catch (InvalidOperationException broken)
            {
                throw Wrong($"\"{name}\" is no text: {broken.Message}");
            }
        }
    }
}
