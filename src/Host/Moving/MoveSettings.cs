using ResourceHub.Engines;

namespace ResourceHub.Host.Moving;

/// <summary>
/// What <c>--from</c> and <c>--to</c> mean: a settings file, or an engine and its place (sqlite:FOLDER, folder:FOLDER, postgres:CONNECTION, azure:ACCOUNT), several times where
/// record and blobs are said apart. What the source does not say is as this hub is set; what the target does not say is as at the source. Secrets come from the environment, as
/// <c>From__Hub__…</c> and <c>To__Hub__…</c>.
/// </summary>
internal static class MoveSettings
{
    public static (IConfiguration From, IConfiguration To) Read(string[] args, IConfiguration own)
    {
        var (from, to) = (Said(args, "--from"), Said(args, "--to"));
        if (to.Count == 0) throw new SettingsException("migrate needs --to: a settings file, or an engine and its place such as postgres:\"Host=db;Database=hub;Username=hub\".");
        if (args.Where((_, i) => i == 0 || args[i - 1] is not ("--from" or "--to")).FirstOrDefault(a => a is not ("--from" or "--to")) is { } unknown)
            throw new SettingsException($"migrate does not know {unknown}: it takes --from and --to.");
        var source = Over(own, from, "From__");
        return (source, Over(source, to, "To__"));
    }

    private static List<string> Said(string[] args, string name)
    {
        List<string> said = [];
        for (var i = 0; i < args.Length; i++)
            if (args[i] == name) said.Add(i + 1 < args.Length ? args[i + 1] : throw new SettingsException($"migrate: {name} names nothing."));
        return said;
    }

    private static IConfiguration Over(IConfiguration below, List<string> said, string prefix)
    {
        var builder = new ConfigurationBuilder().AddConfiguration(below);
        foreach (var one in said)
        {
            if (Short(one) is { } values) builder.AddInMemoryCollection(values);
            else if (File.Exists(one)) builder.AddJsonFile(Path.GetFullPath(one));
            else throw new SettingsException($"migrate: {one} is neither a settings file nor sqlite:, postgres:, folder: or azure: with a place.");
        }
        return builder.AddEnvironmentVariables(prefix).Build();
    }

    private static Dictionary<string, string?>? Short(string said)
    {
        var colon = said.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return null;
        var (engine, place) = (said[..colon], said[(colon + 1)..]);
        if (place.Contains("Password", StringComparison.OrdinalIgnoreCase) || place.Contains("Pwd=", StringComparison.OrdinalIgnoreCase) || place.Contains("AccountKey", StringComparison.OrdinalIgnoreCase))
            throw new SettingsException("migrate: a secret on the command line is read by everybody on this machine: give it in the environment, such as To__Hub__Postgres__Password or To__Hub__Azure__ConnectionString.");
        return engine switch
        {
            "sqlite" => new() { ["Hub:Database"] = "sqlite", ["Hub:Data"] = place },
            "folder" => new() { ["Hub:Blobs"] = "folder", ["Hub:Data"] = place },
            "postgres" => With(new() { ["Hub:Database"] = "postgres" }, "Hub:Postgres:ConnectionString", place),
            "azure" => With(new() { ["Hub:Blobs"] = "azure" }, "Hub:Azure:Account", place),
            _ => null,
        };
    }

    private static Dictionary<string, string?> With(Dictionary<string, string?> values, string name, string place)
    {
        if (place.Length > 0) values[name] = place;
        return values;
    }
}
