using ResourceHub.Core;
using ResourceHub.Engines;

namespace ResourceHub.Host;

/// <summary>
/// The data folder, held as long as the process runs. Where the index is in it only one process may work; where it is elsewhere several may. A move holds it
/// alone in any case. The lock ends with its process, however that ends.
/// </summary>
public sealed class DataFolder(HubSettings settings) : IDisposable
{
    private const string LockFile = "hub.running";
    private FileStream? held;

    /// <summary>Makes the folder unless it is there; a sentence for the operator when it cannot be.</summary>
    public static void Make(HubSettings settings)
    {
        try
        {
            Directory.CreateDirectory(settings.Data);
        }
        catch (Exception cannot) when (cannot is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"Hub:Data={settings.Data} cannot be made: {cannot.Message} Name another folder, or let this user write there.");
        }
    }

    /// <exception cref="SettingsException">Another process has it.</exception>
    public void Hold() => held ??= TryHold(alone: settings.Search == "lucene") ?? throw new SettingsException(
        settings.Search == "lucene"
            ? $"Another hub is running on {settings.Data}: stop it, or give this one a folder of its own with Hub__Data. Several on one folder need Hub__Search=elasticsearch."
            : $"Another hub is running alone on {settings.Data}, or it is being moved: stop that first, or give this one a folder of its own with Hub__Data.");

    /// <summary>Whether nobody works on it; then it is held until this is disposed.</summary>
    public bool TryHoldAlone() => (held ??= TryHold(alone: true)) is not null;

    private FileStream? TryHold(bool alone)
    {
        Make(settings);
        var path = Path.Join(settings.Data, LockFile);
        try
        {
            using (new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite)) { }
            return new FileStream(path, FileMode.Open, FileAccess.Read, alone ? FileShare.None : FileShare.Read);
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException cannot)
        {
            throw new SettingsException($"Hub:Data={settings.Data} cannot be written: {cannot.Message} Name another folder, or let this user write there.");
        }
    }

    public void Dispose() => held?.Dispose();
}
