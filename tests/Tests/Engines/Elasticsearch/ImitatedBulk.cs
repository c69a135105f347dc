using System.Text.Json.Nodes;

namespace ResourceHub.Tests.Engines.Elasticsearch;

/// <summary>A bulk request of index actions: each line its own outcome.</summary>
internal sealed class ImitatedBulk(Func<string, ImitatedIndex?> findAlias, string alias)
{
    public string Run(string body, string options)
    {
        if (!body.EndsWith('\n')) throw new Refused(400, "illegal_argument_exception", "The bulk request must be terminated by a newline [\\n]");
        var lines = body.Split('\n')[..^1];
        var index = findAlias(alias);
        var items = new JsonArray();
        var hasErrors = false;
        for (var i = 0; i < lines.Length; i += 2)
        {
            var action = JsonNode.Parse(lines[i])!["index"]!;
            var id = action["_id"]!.GetValue<string>();
            var (status, error, reason) = index is null
                ? (404, "index_not_found_exception", $"no such index [{alias}] and [require_alias] request flag is [true] and [{alias}] is not an alias")
                : index.Put(id, action["version"]!.GetValue<long>(), action["version_type"]!.GetValue<string>(), JsonNode.Parse(lines[i + 1])!.AsObject());
            var item = new JsonObject { ["_id"] = id, ["status"] = status };
            if (error is not null) item["error"] = new JsonObject { ["type"] = error, ["reason"] = reason };
            hasErrors |= error is not null;
            items.Add(new JsonObject { ["index"] = item });
        }
        // Both let the next search see it.
        if (options.Contains("refresh=", StringComparison.Ordinal)) index?.Refresh();
        return new JsonObject { ["errors"] = hasErrors, ["items"] = items }.ToJsonString();
    }
}
