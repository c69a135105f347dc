using ResourceHub.Core;
using ResourceHub.Engines;

namespace ResourceHub.Host;

/// <summary>Everything about the settings that can be known before anything is opened: one sentence for the first thing that cannot work.</summary>
internal static class SettingsCheck
{
    /// <summary>The host waits this long for everything to end; a process that is still there then is cut off.</summary>
    public static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(30);

    /// <exception cref="SettingsException">The message says what to change.</exception>
    public static Roles Run(HubSettings settings, IConfiguration configuration)
    {
        var roles = Roles.Check(settings);
        EngineCatalog.Check(settings, configuration, roles.Need);
        if (settings.BootstrapKey is { Length: < 16 }) throw new SettingsException("Hub:BootstrapKey must have at least 16 characters; take a long random one.");
        if (settings.Telemetry.Check() is { } wrong) throw new SettingsException(wrong);
        Within("Readers", settings.Readers, 1, 256);
        Within("MaxUploadBytes", settings.MaxUploadBytes, 1, long.MaxValue);
        Within("UploadHours", settings.UploadHours, 0.01, 24 * 365);
        Within("SessionHours", settings.SessionHours, 0.01, 24 * 365);
        Within("LeaseSeconds", settings.LeaseSeconds, 1, 3600);
        Within("LeaveSeconds", settings.LeaveSeconds, 0, 25);
        Within("DrainSeconds", settings.DrainSeconds, 0, 28);
        if (settings.LeaveSeconds + settings.DrainSeconds > LongestStop.TotalSeconds - 2)
            throw new SettingsException($"Hub:LeaveSeconds={settings.LeaveSeconds} and Hub:DrainSeconds={settings.DrainSeconds} are too long together: a hub stops within {LongestStop.TotalSeconds:F0} seconds, so make them 28 at most.");
        return roles;
    }

    private static void Within(string name, double value, double least, double most)
    {
        if (!(value >= least && value <= most)) throw new SettingsException($"Hub:{name}={value} cannot work: it must be {least} to {most}.");
    }
}
