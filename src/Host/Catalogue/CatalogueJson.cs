using System.Text.Json;
using ResourceHub.Core.Catalogue;

namespace ResourceHub.Host.Catalogue;

/// <summary>An array of objects with the fields of the CSV form; topics are an array of texts.</summary>
internal static class CatalogueJson
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    private sealed record Node(string? Code, string? Parent, string? Level, string? Title, string? Stage, string? Grade, string? Subject, string? Edition, string? Volume, IReadOnlyList<string>? Topics);

    public static (IReadOnlyList<CatalogueLine>, IReadOnlyList<CatalogueProblem>) Read(ReadOnlySpan<byte> json)
    {
        List<CatalogueLine> lines = [];
        List<CatalogueProblem> problems = [];
        var reader = new Utf8JsonReader(json);
        var (line, counted) = (1, 0);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray) return CatalogueFile.Wrong(1, "应为一个数组，每项是一个目录条目。It should be an array with an object for each entry.");
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var start = (int)reader.TokenStartIndex;
                line += json[counted..start].Count((byte)'\n');
                counted = start;
                if (reader.TokenType != JsonTokenType.StartObject)
                {
                    problems.Add(new CatalogueProblem(line, "数组的每一项都应为对象。Each entry of the array is an object."));
                    reader.Skip();
                    continue;
                }
                var copy = reader;
                reader.Skip();
                try
                {
                    var n = JsonSerializer.Deserialize<Node>(ref copy, Strict)!;
                    lines.Add(new CatalogueLine(line, n.Code, n.Parent, n.Level?.ToLowerInvariant(), n.Title, n.Stage, n.Grade, n.Subject, n.Edition, n.Volume, n.Topics));
                }
                catch (JsonException wrong)
                {
                    problems.Add(new CatalogueProblem(line, $"字段有误（{wrong.Path}）：字段为文字，topics 为文字的数组，没有别的字段。A field is wrong ({wrong.Path}): fields are texts, topics an array of texts, and there are no others."));
                }
            }
            return problems.Count > 0 ? ([], problems) : (lines, problems);
        }
        catch (JsonException broken)
        {
            return CatalogueFile.Wrong((int)(broken.LineNumber ?? 0) + 1, "不是完整的 JSON。It is not whole JSON.");
        }
    }
}
