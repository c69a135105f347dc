using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

namespace ResourceHub.Engines.Elasticsearch;

/// <summary><c>Hub:Elasticsearch</c>: the cluster that holds the index when <c>Hub:Search=elasticsearch</c>.</summary>
public sealed partial class ElasticsearchSettings
{
    /// <summary>Addresses of one or more nodes, comma-separated, such as https://es1:9200,https://es2:9200.</summary>
    public string? Nodes { get; set; }

    /// <summary>An API key in its encoded form. It needs the cluster privileges monitor and manage_index_templates, and all on indexes that begin with the prefix.</summary>
    public string? ApiKey { get; set; }

    /// <summary>A user instead of a key.</summary>
    public string? User { get; set; }

    /// <summary>That user's password.</summary>
    public string? Password { get; set; }

    /// <summary>The certificates (PEM) of the authority that signed those of the nodes; the machine's own authorities when neither this nor the fingerprint is set.</summary>
    public string? CaFile { get; set; }

    /// <summary>SHA-256 of that authority's certificate in hex, as Elasticsearch prints it at its first start.</summary>
    public string? CaFingerprint { get; set; }

    /// <summary>Names of indexes, aliases and templates begin with it.</summary>
    public string IndexPrefix { get; set; } = "hub";

    /// <summary>Shards of a new index. One holds some ten million passages; with several, scores are made comparable by asking twice.</summary>
    public int Shards { get; set; } = 1;

    /// <summary>Copies of each shard: a number, or a range that grows with the nodes.</summary>
    public string Replicas { get; set; } = "0-1";

    /// <summary>How long a node may take for a write, in seconds.</summary>
    public double TimeoutSeconds { get; set; } = 30;

    /// <summary>How long a search may take in all, in seconds; then people are told that search does not answer.</summary>
    public double SearchTimeoutSeconds { get; set; } = 2;

    internal IReadOnlyList<Uri> NodeAddresses => [.. (Nodes ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(n => new Uri(n))];

    /// <summary>What is wrong, in one sentence; null when nothing is.</summary>
    public string? Check() => CheckNodes() ?? CheckWho() ?? CheckTrust() ?? CheckIndex();

    private string? CheckNodes()
    {
        var nodes = (Nodes ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (nodes.Length == 0) return "Hub:Search=elasticsearch needs Hub:Elasticsearch:Nodes, such as https://es1:9200,https://es2:9200.";
        foreach (var node in nodes)
        {
            if (!Uri.TryCreate(node, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Query.Length > 0)
                return $"Hub:Elasticsearch:Nodes: {node} is not an http or https address.";
            if (uri.UserInfo.Length > 0) return "Hub:Elasticsearch:Nodes must not hold a password; set Hub:Elasticsearch:User and Password.";
            if (uri.Scheme == "http" && (ApiKey ?? Password) is not null && !IsHere(uri))
                return $"Hub:Elasticsearch:Nodes: {node} must be https, or the key or password would be sent readable.";
        }
        return null;
    }

    private string? CheckWho() => (ApiKey, User, Password) switch
    {
        ({ }, { }, _) or ({ }, _, { }) => "Set Hub:Elasticsearch:ApiKey, or User and Password, not both.",
        (null, null, { }) => "Hub:Elasticsearch:Password needs Hub:Elasticsearch:User.",
        (null, { }, null) => "Hub:Elasticsearch:User needs Hub:Elasticsearch:Password.",
        ({ } key, _, _) when !IsEncodedKey(key) => "Hub:Elasticsearch:ApiKey must be the encoded form that Elasticsearch gives (id and key in base64).",
        _ => null,
    };

    private string? CheckTrust()
    {
        if (CaFile is null && CaFingerprint is null) return null;
        if (CaFile is not null && CaFingerprint is not null) return "Set Hub:Elasticsearch:CaFile or CaFingerprint, not both.";
        if (NodeAddresses.All(n => n.Scheme == "http")) return "Hub:Elasticsearch:CaFile and CaFingerprint are for https, but Hub:Elasticsearch:Nodes are http.";
        if (CaFingerprint is { } print && !Fingerprint().IsMatch(PlainFingerprint(print))) return "Hub:Elasticsearch:CaFingerprint must be a SHA-256 in 64 hex digits.";
        if (CaFile is not { } file) return null;
        try
        {
            return Authorities()!.Count == 0 ? $"Hub:Elasticsearch:CaFile={file} holds no certificate in PEM." : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return $"Hub:Elasticsearch:CaFile={file} cannot be read: {unreadable.Message}";
        }
    }

    private string? CheckIndex()
    {
        if (!Prefix().IsMatch(IndexPrefix)) return "Hub:Elasticsearch:IndexPrefix must be 1 to 60 small letters, digits, - or _, and begin with a letter.";
        if (Shards is < 1 or > 64) return "Hub:Elasticsearch:Shards must be 1 to 64.";
        if (!Copies().IsMatch(Replicas)) return "Hub:Elasticsearch:Replicas must be a number or a range such as 0-1.";
        if (TimeoutSeconds is < 1 or > 600) return "Hub:Elasticsearch:TimeoutSeconds must be 1 to 600.";
        if (SearchTimeoutSeconds is < 0.1 or > 60) return "Hub:Elasticsearch:SearchTimeoutSeconds must be 0.1 to 60.";
        return null;
    }

    /// <summary>The same cluster, other names.</summary>
    internal ElasticsearchSettings Under(string prefix)
    {
        var other = (ElasticsearchSettings)MemberwiseClone();
        other.IndexPrefix = prefix;
        return other;
    }

    internal string? Authorization => ApiKey is { } key ? $"ApiKey {key}" : User is { } user ? $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{Password}"))}" : null;

    internal X509Certificate2Collection? Authorities()
    {
        if (CaFile is null) return null;
        var found = new X509Certificate2Collection();
        found.ImportFromPemFile(CaFile);
        return found;
    }

    internal string? FingerprintDigits => CaFingerprint is null ? null : PlainFingerprint(CaFingerprint).ToUpperInvariant();

    private static string PlainFingerprint(string print) => print.Replace(":", "", StringComparison.Ordinal);

    private static bool IsHere(Uri uri) => uri.IsLoopback || IPAddress.TryParse(uri.Host, out var address) && IPAddress.IsLoopback(address);

    private static bool IsEncodedKey(string key)
    {
        var bytes = new byte[key.Length];
        return Convert.TryFromBase64String(key, bytes, out var length) && bytes.AsSpan(0, length).Contains((byte)':');
    }

    [GeneratedRegex("^[0-9a-fA-F]{64}$")]
    private static partial Regex Fingerprint();

    [GeneratedRegex("^[a-z][a-z0-9_-]{0,59}$")]
    private static partial Regex Prefix();

    [GeneratedRegex("^[0-9]{1,2}(-([0-9]{1,2}|all))?$")]
    private static partial Regex Copies();
}
