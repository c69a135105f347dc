namespace ResourceHub.Engines.Checks;

/// <summary>Throw-away folders on the disk of the data: it is that disk's behaviour which counts.</summary>
internal sealed class TrialFolder(string data, TimeProvider clock)
{
    private const string Prefix = "check-";

    /// <summary>Before the first start there is no data folder, and looking makes none.</summary>
    private readonly string parent = Directory.Exists(data) ? data : Path.GetTempPath();

    public string New() => Directory.CreateDirectory(Path.Join(parent, TrialName.New(Prefix))).FullName;

    public void Sweep()
    {
        foreach (var folder in Directory.GetDirectories(parent, Prefix + "*"))
            if (TrialName.IsLeft(Path.GetFileName(folder), Prefix, clock.GetUtcNow())) Directory.Delete(folder, recursive: true);
    }
}
