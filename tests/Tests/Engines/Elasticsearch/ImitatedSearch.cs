using System.Text.Json.Nodes;

namespace ResourceHub.Tests.Engines.Elasticsearch;

/// <summary>One search body over one view: the query, then counts, then the post filter, then order and page.</summary>
internal sealed class ImitatedSearch(ImitatedView view, JsonNode body)
{
    private readonly ImitatedQuery query = new(view);

    public int Count() => view.Documents.Count(d => query.Score(d, body["query"]!) is not null);

    public JsonObject Run()
    {
        var matches = view.Documents.Select(d => (Document: d, Score: query.Score(d, body["query"]!))).Where(m => m.Score is not null).Select(m => (m.Document, Score: m.Score!.Value)).ToList();
        var answer = new JsonObject { ["took"] = 1, ["timed_out"] = false };
        if (body["aggs"] is JsonObject aggregations) answer["aggregations"] = Aggregate(aggregations, [.. matches.Select(m => m.Document)]);
        var passed = body["post_filter"] is { } filter ? matches.FindAll(m => query.Score(m.Document, filter) is not null) : matches;
        var hits = new JsonArray();
        foreach (var (document, score, keys) in Page(passed)) hits.Add(Hit(document, score, keys));
        answer["hits"] = new JsonObject { ["hits"] = hits };
        if (body["track_total_hits"]?.GetValue<bool>() == true) answer["hits"]!["total"] = new JsonObject { ["value"] = passed.Count, ["relation"] = "eq" };
        if (body["pit"]?["id"] is { } pointInTime) answer["pit_id"] = pointInTime.DeepClone();
        return answer;
    }

    private IEnumerable<(ImitatedDocument Document, float Score, IComparable[] Keys)> Page(List<(ImitatedDocument Document, float Score)> found)
    {
        var sort = (body["sort"]?.AsArray() ?? []).Select(s => s!.AsObject().First()).Select(s => (Field: s.Key, IsDescending: s.Value!.GetValue<string>() == "desc")).ToArray();
        if (sort.Length == 0) sort = [("_score", true)];
        var after = body["search_after"]?.AsArray();
        if (after is not null && after.Count != sort.Length) throw new Refused(400, "illegal_argument_exception", $"search_after has {after.Count} value(s) but sort has {sort.Length}.");
        var ordered = found.Select(m => (m.Document, m.Score, Keys: sort.Select(s => Key(m.Document, m.Score, s.Field)).ToArray())).ToList();
        ordered.Sort((a, b) => Compare(a.Keys, b.Keys));
        if (after is not null)
        {
            var last = sort.Select((s, i) => s.Field == "_score" ? after[i]!.GetValue<float>() : after[i]!.GetValueKind() == System.Text.Json.JsonValueKind.Number ? after[i]!.GetValue<long>() : (IComparable)after[i]!.GetValue<string>()).ToArray();
            ordered = ordered.FindAll(m => Compare(m.Keys, last) > 0);
        }
        return ordered.Take(body["size"]!.GetValue<int>());

        int Compare(IComparable[] a, IComparable[] b)
        {
            for (var i = 0; i < sort.Length; i++)
            {
                var order = a[i] is string text ? string.CompareOrdinal(text, (string)b[i]) : a[i].CompareTo(b[i]);
                if (order != 0) return sort[i].IsDescending ? -order : order;
            }
            return 0;
        }
    }

    private IComparable Key(ImitatedDocument document, float score, string field)
    {
        if (field == "_score") return score;
        if (field == "_shard_doc") return body["pit"] is not null ? 0L : throw new Refused(400, "action_request_validation_exception", "[_shard_doc] sort field cannot be used without [point in time]");
        var value = document.Source[field]!;
        return value.GetValueKind() == System.Text.Json.JsonValueKind.Number ? value.GetValue<long>() : value.GetValue<string>();
    }

    private JsonObject Hit(ImitatedDocument document, float score, IComparable[] keys)
    {
        var hit = new JsonObject { ["_id"] = document.Id, ["_score"] = score, ["sort"] = new JsonArray([.. keys.Select(k => k switch { float f => JsonValue.Create(f), long l => JsonValue.Create(l), _ => (JsonNode)JsonValue.Create((string)k) })]) };
        if (body["_source"] is JsonArray wanted)
        {
            var source = new JsonObject();
            foreach (var name in wanted.Select(n => n!.GetValue<string>())) source[name] = document.Source[name]?.DeepClone();
            hit["_source"] = source;
        }
        if (body["query"]?["bool"]?["must"]?[0]?["nested"] is { } nested) hit["inner_hits"] = new JsonObject { ["passages"] = Inner(document, nested) };
        return hit;
    }

    private JsonObject Inner(ImitatedDocument document, JsonNode nested)
    {
        var wanted = nested["inner_hits"]!;
        var best = document.Passages.Select((p, place) => (Passage: p, Place: place, Score: query.Score(p, nested["query"]!))).Where(p => p.Score is not null)
            .OrderByDescending(p => p.Score).ThenBy(p => p.Place).Take(wanted["size"]!.GetValue<int>());
        var hits = new JsonArray();
        foreach (var (passage, place, score) in best)
        {
            var fields = new JsonObject();
            foreach (var field in wanted["docvalue_fields"]!.AsArray().Select(f => f!.GetValue<string>()))
                if (passage.Source[field[(field.IndexOf('.', StringComparison.Ordinal) + 1)..]] is { } value) fields[field] = new JsonArray(value.DeepClone());
            hits.Add(new JsonObject { ["_id"] = document.Id, ["_nested"] = new JsonObject { ["field"] = "passages", ["offset"] = place }, ["_score"] = score, ["fields"] = fields });
        }
        return new JsonObject { ["hits"] = new JsonObject { ["hits"] = hits } };
    }

    private JsonObject Aggregate(JsonObject wanted, List<ImitatedDocument> documents)
    {
        var found = new JsonObject();
        foreach (var (name, aggregation) in wanted)
        {
            if (aggregation!["filter"] is { } filter)
            {
                var passed = documents.FindAll(d => query.Score(d, filter) is not null);
                var inner = Aggregate(aggregation["aggs"]!.AsObject(), passed);
                inner["doc_count"] = passed.Count;
                found[name] = inner;
                continue;
            }
            var field = aggregation["terms"]!["field"]!.GetValue<string>();
            var buckets = documents.SelectMany(d => ImitatedQuery.Values(d, field).Distinct()).CountBy(v => v).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Take(aggregation["terms"]!["size"]!.GetValue<int>());
            found[name] = new JsonObject { ["buckets"] = new JsonArray([.. buckets.Select(b => new JsonObject { ["key"] = b.Key, ["doc_count"] = b.Value })]) };
        }
        return found;
    }
}
