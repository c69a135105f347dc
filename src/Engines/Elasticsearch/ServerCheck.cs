using System.Net;
using ResourceHub.Engines.Elasticsearch.Client;

namespace ResourceHub.Engines.Elasticsearch;

/// <summary>Asks the server who it is before anything else, and says in one sentence why it cannot be used.</summary>
internal static class ServerCheck
{
    private static readonly Version Oldest = new(8, 19), TooNew = new(10, 0);

    /// <summary>Its version, or null when it does not answer yet.</summary>
    /// <exception cref="SettingsException">It answers, and it can never be used as it is set.</exception>
    public static async Task<(string? Version, string Why)> AskAsync(ElasticsearchClient client, CancellationToken ct)
    {
        var info = await client.InfoAsync(ct);
        if (info.Value is { Version.Number: { } number })
        {
            // 9.1.0-SNAPSHOT is 9.1.0.
            if (!Version.TryParse(number.Split('-')[0], out var version)) throw new SettingsException($"Hub:Elasticsearch:Nodes: the server calls its version {number}; the hub needs Elasticsearch 8.19 or 9.");
            if (version < Oldest || version >= TooNew) throw new SettingsException($"Hub:Elasticsearch:Nodes: the server is Elasticsearch {number}; the hub needs 8.19 or 9.");
            return (number, "");
        }
        return (info.HttpStatusCode, info.Error?.Type) switch
        {
            (_, ElasticsearchServerError.NotTrusted) => throw new SettingsException($"Hub:Elasticsearch: the node's certificate is not trusted; set CaFile or CaFingerprint to its authority ({info.Error!.Reason})."),
            ((int)HttpStatusCode.Unauthorized, _) => throw new SettingsException("Hub:Elasticsearch: the server does not know this ApiKey or User and Password; set those it knows."),
            ((int)HttpStatusCode.Forbidden, _) => throw new SettingsException("Hub:Elasticsearch: the ApiKey or User needs the cluster privilege monitor."),
            ( >= 200 and < 300, _) => throw new SettingsException("Hub:Elasticsearch:Nodes: what answers there is not Elasticsearch."),
            _ => (null, info.Error?.ToString() ?? "no answer"),
        };
    }
}
