using ResourceHub.Core;
using ResourceHub.Engines;

namespace ResourceHub.Host;

/// <summary>Which roles this process plays.</summary>
public sealed record Roles(bool Api, bool Indexer, bool Web)
{
    /// <summary>It works on the record. Pages alone know only the API.</summary>
    public bool HasRecord => Api || Indexer;

    public EngineCatalog.Need Need => new(HasRecord, Api);

    /// <exception cref="SettingsException">A role is unknown, or the roles cannot be played so.</exception>
    public static Roles Check(HubSettings settings)
    {
        var names = settings.Roles.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.FirstOrDefault(n => n is not ("Api" or "Indexer" or "Web")) is { } unknown)
            throw new SettingsException($"Hub:Roles={unknown} is unknown; roles are Api, Indexer and Web, separated by commas.");
        if (names.Length == 0) throw new SettingsException("Hub:Roles names no role; leave it out to run Api, Indexer and Web in one process.");
        var roles = new Roles(names.Contains("Api"), names.Contains("Indexer"), names.Contains("Web"));
        if (settings.Search == "lucene" && roles.Api != roles.Indexer)
            throw new SettingsException("Hub:Search=lucene has one writer in one folder: run the roles Api and Indexer in one process, or set Hub:Search=elasticsearch to split them.");
        if (settings.ApiAddress is { Length: > 0 } address && !(Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            throw new SettingsException($"Hub:ApiAddress={address} is no address: write the one at which the API answers, such as http://api.internal:5080.");
        if (roles is { Web: true, Api: false } && string.IsNullOrEmpty(settings.ApiAddress))
            throw new SettingsException($"Hub:Roles={roles} has pages but no API: set Hub:ApiAddress to where the API answers, such as http://api.internal:5080, or add the role Api.");
        return roles;
    }

    public override string ToString() => string.Join(',', new[] { Api ? "Api" : "", Indexer ? "Indexer" : "", Web ? "Web" : "" }.Where(n => n.Length > 0));
}
