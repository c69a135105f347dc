using System.Text.Json;
using System.Text.Json.Nodes;

namespace ResourceHub.Tests.Engines.Elasticsearch;

/// <summary>The kinds of query that the adapter sends. An unknown one is refused, as the server does.</summary>
internal sealed class ImitatedQuery(ImitatedView view)
{
    /// <summary>Null where it does not match.</summary>
    public float? Score(ImitatedDocument document, JsonNode query)
    {
        var (kind, body) = query.AsObject().First();
        return kind switch
        {
            "bool" => Bool(document, body!),
            "term" => Term(document, body!),
            "terms" => body!.AsObject().First() is var (field, wanted) && Values(document, field).Intersect(wanted!.AsArray().Select(w => w!.GetValue<string>())).Any() ? 1 : null,
            "ids" => body!["values"]!.AsArray().Any(v => v!.GetValue<string>() == document.Id) ? 1 : null,
            "range" => Range(document, body!),
            "prefix" => Prefix(document, body!),
            "match_phrase" => Phrase(document, body!),
            "span_near" => SpanNear(document, body!),
            "nested" => document.Passages.Select(p => Score(p, body!["query"]!)).Max(),
            "constant_score" => Score(document, body!["filter"]!) is null ? null : body["boost"]!.GetValue<float>(),
            "function_score" => Score(document, body!["query"]!) is { } score ? score + Ranked(document, body["functions"]![0]!["field_value_factor"]!) : null,
            "match_none" => null,
            _ => throw new Refused(400, "parsing_exception", $"unknown query [{kind}]"),
        };
    }

    public static IEnumerable<string> Values(ImitatedDocument document, string field) => document.Source[field] switch
    {
        null => [],
        JsonArray several => several.Select(Text),
        var one => [Text(one)],
    };

    private static string Text(JsonNode? value) => value!.GetValueKind() is JsonValueKind.True ? "true" : value.GetValueKind() is JsonValueKind.False ? "false" : value.ToString();

    private float? Bool(ImitatedDocument document, JsonNode body)
    {
        float score = 0;
        foreach (var must in Clauses(body, "must"))
        {
            if (Score(document, must) is not { } one) return null;
            score += one;
        }
        foreach (var filter in Clauses(body, "filter")) if (Score(document, filter) is null) return null;
        foreach (var mustNot in Clauses(body, "must_not")) if (Score(document, mustNot) is not null) return null;
        var matched = 0;
        foreach (var should in Clauses(body, "should"))
        {
            if (Score(document, should) is not { } one) continue;
            score += one;
            matched++;
        }
        var least = body["minimum_should_match"]?.GetValue<int>() ?? (body["should"] is not null && body["must"] is null && body["filter"] is null ? 1 : 0);
        return matched >= least ? score : null;
    }

    private static IEnumerable<JsonNode> Clauses(JsonNode body, string name) => (body[name]?.AsArray() ?? []).Select(c => c!);

    private float? Term(ImitatedDocument document, JsonNode body)
    {
        var (field, term) = body.AsObject().First();
        var (value, boost) = (term!["value"]!.GetValue<string>(), term["boost"]?.GetValue<float>() ?? 1);
        if (document.Texts.ContainsKey(field)) return view.Score(document, field, value, boost) is > 0 and var score ? score : null;
        return Values(document, field).Contains(value) ? boost : null;
    }

    private static float Ranked(ImitatedDocument document, JsonNode factor)
        => (float)(factor["factor"]!.GetValue<double>() * (document.Source[factor["field"]!.GetValue<string>()]?.GetValue<float>() ?? factor["missing"]!.GetValue<double>()));

    private static float? Range(ImitatedDocument document, JsonNode body)
    {
        var (field, range) = body.AsObject().First();
        if (document.Source[field]?.GetValue<long>() is not { } value) return null;
        return value >= (range!["gte"]?.GetValue<long>() ?? long.MinValue) && value < (range["lt"]?.GetValue<long>() ?? long.MaxValue) ? 1 : null;
    }

    private static float? Prefix(ImitatedDocument document, JsonNode body)
    {
        var (field, prefix) = body.AsObject().First();
        var start = prefix!["value"]!.GetValue<string>();
        var values = document.Texts.TryGetValue(field, out var text) ? text.Positions.Keys : Values(document, field);
        return values.Any(v => v.StartsWith(start, StringComparison.Ordinal)) ? 1 : null;
    }

    private float? Phrase(ImitatedDocument document, JsonNode body)
    {
        var (field, phrase) = body.AsObject().First();
        var words = phrase!["query"]!.GetValue<string>().Split(' ');
        return Places(document, field, [.. words.Select((w, i) => (w, i))], phrase["boost"]!.GetValue<float>());
    }

    private float? SpanNear(ImitatedDocument document, JsonNode body)
    {
        List<(string, int)> words = [];
        var (at, field) = (0, "");
        foreach (var clause in Clauses(body, "clauses"))
        {
            if (clause["span_gap"] is JsonObject gap) at += gap.First().Value!.GetValue<int>();
            else
            {
                var (name, word) = clause["span_term"]!.AsObject().First();
                (field, var here) = (name, at++);
                words.Add((word!.GetValue<string>(), here));
            }
        }
        return Places(document, field, words, body["boost"]!.GetValue<float>());
    }

    /// <summary>How often the words stand at these distances from the first.</summary>
    private float? Places(ImitatedDocument document, string field, List<(string Word, int Distance)> words, float boost)
    {
        if (document.Texts.GetValueOrDefault(field) is not { } text || !words.TrueForAll(w => text.Positions.ContainsKey(w.Word))) return null;
        var count = text.Positions[words[0].Word].Count(start => words.TrueForAll(w => text.Positions[w.Word].BinarySearch(start + w.Distance) >= 0));
        return count == 0 ? null : view.Score(document, field, [.. words.Select(w => w.Word)], count, boost);
    }
}
