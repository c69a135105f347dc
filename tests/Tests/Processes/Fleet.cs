using ResourceHub.Tests.Faults;

namespace ResourceHub.Tests.Processes;

/// <summary>Processes of one hub behind one address, each with a data folder of its own as on machines of their own.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly Dictionary<string, string?> settings;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hub-fleet-");
    private readonly List<(string Role, HubProcess Process)> running = [];
    private int started;

    private Fleet(Balancer door, Dictionary<string, string?> settings) => (Door, this.settings) = (door, settings);

    public Balancer Door { get; }

    public static async Task<Fleet> StartAsync(Dictionary<string, string?> settings, params string[] roles)
    {
        var fleet = new Fleet(await Balancer.StartAsync(), settings);
        try
        {
            await Task.WhenAll(roles.Select(fleet.StartAsync).ToArray());
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    public IReadOnlyList<HubProcess> Of(string role)
    {
        lock (running) return [.. running.Where(p => p.Role == role).Select(p => p.Process)];
    }

    public async Task StartAsync(string role)
    {
        // Pages find the API where everybody does: behind the door.
        var own = new Dictionary<string, string?>(settings) { ["Roles"] = role, ["ApiAddress"] = role == "Web" ? Door.Address.ToString() : null };
        var process = HubProcess.Begin(Path.Join(folder.FullName, $"{Interlocked.Increment(ref started)}"), own);
        lock (running) running.Add((role, process));
        // Pages are ready when an API answers, which may be coming up at the same time.
        if (role != "Web") await process.ReadyAsync();
        Serve();
        if (role == "Web") await process.ReadyAsync();
    }

    /// <summary>kill -9; the door finds nobody there any more.</summary>
    public void Kill(HubProcess process)
    {
        process.Kill();
        lock (running) running.RemoveAll(p => p.Process == process);
        process.Dispose();
        Serve();
    }

    private void Serve() => Door.Serve(Of("Api").Select(p => p.Address), Of("Web").Select(p => p.Address));

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, process) in running) process.Dispose();
        await Door.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
