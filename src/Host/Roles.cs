using ResourceHub.Core;
using ResourceHub.Engines;

namespace ResourceHub.Host;

/// <summary>Which roles this process plays.</summary>
public sealed record Roles(bool Api, bool Indexer, bool Web)
{
    public static Roles Check(HubSettings settings)
    {
        var names = settings.Roles.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.FirstOrDefault(n => n is not ("Api" or "Indexer" or "Web")) is { } unknown)
            throw new SettingsException($"Hub:Roles={unknown} is unknown; roles are Api, Indexer and Web, separated by commas.");
        if (names.Length == 0) throw new SettingsException("Hub:Roles names no role; leave it out to run Api, Indexer and Web in one process.");
        var roles = new Roles(names.Contains("Api"), names.Contains("Indexer"), names.Contains("Web"));
        if (settings.Search == "lucene" && roles.Api != roles.Indexer)
            throw new SettingsException("Hub:Search=lucene has one writer in one folder: run the roles Api and Indexer in one process, or set Hub:Search=elasticsearch to split them.");
        if (settings.BootstrapKey is { Length: < 16 })
            throw new SettingsException("Hub:BootstrapKey must have at least 16 characters; take a long random one.");
        return roles;
    }

    public override string ToString() => string.Join(',', new[] { Api ? "Api" : "", Indexer ? "Indexer" : "", Web ? "Web" : "" }.Where(n => n.Length > 0));
}
