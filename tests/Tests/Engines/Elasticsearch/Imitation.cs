using System.Text.Json;
using System.Text.Json.Nodes;

namespace ResourceHub.Tests.Engines.Elasticsearch;

/// <summary>
/// As much of a cluster as the adapter needs to be followed through: indexes, aliases, versions, what a refresh shows, points in time, the queries that are
/// sent. Written from Elasticsearch's documentation and from what the recordings show; it is held to the recordings where they have the same
/// (ImitationTests), and nobody should take it for the server.
/// </summary>
internal sealed class Imitation
{
    private readonly Dictionary<string, ImitatedIndex> indexes = [];
    private readonly Dictionary<string, ImitatedView> pointsInTime = [];
    private readonly HashSet<string> templates = [];
    private JsonNode? mappings;
    private int opened;

    public IReadOnlyDictionary<string, ImitatedIndex> Indexes => indexes;

    /// <summary>Forgets all points in time, as a restart does.</summary>
    public void CloseAllPointsInTime() => pointsInTime.Clear();

    public void Forget(string index) => indexes.Remove(index);

    public StubAnswer Answer(SentRequest request)
    {
        var question = request.Path.IndexOf('?', StringComparison.Ordinal);
        var parts = (question < 0 ? request.Path : request.Path[..question]).Split('/', StringSplitOptions.RemoveEmptyEntries);
        var options = question < 0 ? "" : request.Path[question..];
        var body = request.Body.Length > 0 && request.ContentType?.Contains("ndjson", StringComparison.Ordinal) != true ? JsonNode.Parse(request.Body) : null;
        try
        {
            return (request.Method, parts) switch
            {
                ("GET", []) => Ok("""{"version":{"number":"8.19.5","build_flavor":"default"},"tagline":"You Know, for Search"}"""),
                ("PUT", ["_index_template", var name]) => Template(name, body!),
                ("DELETE", ["_index_template", var name]) => templates.Remove(name) ? Acknowledged : throw new Refused(404, "index_template_missing_exception", $"index_template [{name}] missing"),
                ("GET", ["_index_template", var pattern]) => Ok(Templates(pattern)),
                ("PUT", [_, "_settings"]) => Acknowledged,
                ("POST", ["_aliases"]) => Aliases(body!["actions"]!.AsArray()),
                ("GET", ["_cluster", "health", _]) => Ok("""{"status":"green","number_of_nodes":1,"unassigned_shards":0}"""),
                ("POST", ["_search"]) => Search(PointInTime(body!["pit"]!["id"]!.GetValue<string>()), body!),
                ("DELETE", ["_pit"]) => Ok($$"""{"succeeded":{{(pointsInTime.Remove(body!["id"]!.GetValue<string>()) ? "true" : "false")}},"num_freed":1}"""),
                ("GET", [var pattern]) => Ok(State(pattern)),
                ("PUT", [var name]) => Create(name, body),
                ("DELETE", [var name]) => indexes.Remove(name) ? Acknowledged : throw new Refused(404, "index_not_found_exception", $"no such index [{name}]"),
                ("PUT", [var name, "_mapping"]) => Meta(Of(name), body!),
                ("POST", [var name, "_forcemerge"]) => Refresh(Of(name)),
                ("POST", [var name, "_refresh"]) => Refresh(Of(name)),
                ("POST", [var name, "_count"]) => Ok($$"""{"count":{{new ImitatedSearch(Of(name).View, body!).Count()}}}"""),
                ("POST", [var name, "_search"]) => Search(Of(name).View, body!),
                ("POST", [var name, "_pit"]) => Open(Of(name).View),
                ("POST", [var name, "_bulk"]) => Ok(new ImitatedBulk(FindAlias, name).Run(request.Body, options)),
                ("POST", [var name, "_analyze"]) => Analyze(Of(name), body!),
                _ => throw new Refused(400, "illegal_argument_exception", $"not imitated: {request.Method} {request.Path}"),
            };
        }
        catch (Refused refused)
        {
            return new(refused.Status, new JsonObject { ["error"] = new JsonObject { ["type"] = refused.Type, ["reason"] = refused.Message }, ["status"] = refused.Status }.ToJsonString());
        }
    }

    private static StubAnswer Acknowledged => Ok("""{"acknowledged":true}""");

    private static StubAnswer Ok(string body) => new(200, body);

    private StubAnswer Template(string name, JsonNode template)
    {
        templates.Add(name);
        mappings = template["template"]!["mappings"]!.DeepClone();
        return Acknowledged;
    }

    private string Templates(string pattern)
        => new JsonObject { ["index_templates"] = new JsonArray([.. templates.Where(t => t.StartsWith(pattern.TrimEnd('*'), StringComparison.Ordinal)).Select(t => new JsonObject { ["name"] = t })]) }.ToJsonString();

    private StubAnswer Create(string name, JsonNode? body)
    {
        if (indexes.ContainsKey(name)) throw new Refused(400, "resource_already_exists_exception", $"index [{name}] already exists");
        indexes[name] = new(mappings ?? throw new Refused(400, "illegal_argument_exception", "no template"))
        {
            Aliases = (JsonObject?)body?["aliases"]?.DeepClone() ?? [],
            Meta = body?["mappings"]?["_meta"]?.DeepClone(),
        };
        return Acknowledged;
    }

    private StubAnswer Aliases(JsonArray actions)
    {
        foreach (var action in actions)
        {
            var (place, isAdd) = (action!["add"] ?? action["remove"], action["add"] is not null);
            var (index, alias) = (Of(place!["index"]!.GetValue<string>()), place["alias"]!.GetValue<string>());
            if (!isAdd) index.Aliases.Remove(alias);
            else index.Aliases[alias] = place["is_write_index"] is { } isWrite ? new JsonObject { ["is_write_index"] = isWrite.DeepClone() } : new JsonObject();
        }
        return Acknowledged;
    }

    private string State(string pattern)
    {
        var states = new JsonObject();
        foreach (var (name, index) in indexes)
        {
            if (!name.StartsWith(pattern.TrimEnd('*'), StringComparison.Ordinal)) continue;
            states[name] = new JsonObject
            {
                ["aliases"] = index.Aliases.DeepClone(),
                ["mappings"] = new JsonObject { ["_meta"] = index.Meta?.DeepClone() },
                ["settings"] = new JsonObject { ["index"] = new JsonObject { ["blocks"] = index.Blocks?.DeepClone() } },
            };
        }
        return states.ToJsonString();
    }

    private static StubAnswer Meta(ImitatedIndex index, JsonNode body)
    {
        index.Meta = body["_meta"]!.DeepClone();
        return Acknowledged;
    }

    private static StubAnswer Refresh(ImitatedIndex index)
    {
        index.Refresh();
        return Ok("""{"_shards":{"total":1,"successful":1,"failed":0}}""");
    }

    private StubAnswer Open(ImitatedView view)
    {
        var id = $"point-in-time-{++opened}";
        pointsInTime[id] = view;
        return Ok($$"""{"id":"{{id}}"}""");
    }

    private ImitatedView PointInTime(string id)
        => pointsInTime.GetValueOrDefault(id) ?? throw new Refused(404, "search_context_missing_exception", "No search context found for id [1]");

    private static StubAnswer Search(ImitatedView view, JsonNode body) => Ok(new ImitatedSearch(view, body).Run().ToJsonString());

    private static StubAnswer Analyze(ImitatedIndex index, JsonNode body)
    {
        if (index.TypeOf(body["field"]!.GetValue<string>()) != "text") throw new Refused(400, "illegal_argument_exception", "no text field");
        var (tokens, at) = (new JsonArray(), 0);
        foreach (var token in body["text"]!.GetValue<string>().Split(' ', StringSplitOptions.RemoveEmptyEntries))
            tokens.Add(new JsonObject { ["token"] = token, ["start_offset"] = 0, ["end_offset"] = 0, ["position"] = at++ });
        return Ok(new JsonObject { ["tokens"] = tokens }.ToJsonString());
    }

    private ImitatedIndex Of(string name)
        => indexes.GetValueOrDefault(name) ?? FindAlias(name) ?? throw new Refused(404, "index_not_found_exception", $"no such index [{name}]");

    private ImitatedIndex? FindAlias(string alias) => indexes.Values.FirstOrDefault(i => i.Aliases.ContainsKey(alias));
}

/// <summary>What the imitation refuses, as the server would say it.</summary>
internal sealed class Refused(int status, string type, string reason) : Exception(reason)
{
    public int Status => status;
    public string Type => type;
}
