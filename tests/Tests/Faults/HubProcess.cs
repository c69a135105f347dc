using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace ResourceHub.Tests.Faults;

/// <summary>The hub as a process of its own, so that it can be killed, told to stop, or made to stand still.</summary>
public sealed class HubProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process process;
    private readonly List<string> lines = [];
    private readonly Lock gate = new();
    private TaskCompletionSource said = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HubProcess(Process process, Uri address)
    {
        this.process = process;
        Client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", HubApp.AdminKey);
    }

    /// <summary>Sends the operator's key.</summary>
    public HttpClient Client { get; }

    public Uri Address => Client.BaseAddress!;

    /// <param name="settings">Hub settings by name, such as Roles = "Api"; also urls, and Logging:LogLevel:….</param>
    public static async Task<HubProcess> StartAsync(string data, Dictionary<string, string?>? settings = null)
    {
        var hub = Begin(data, settings);
        try
        {
            await hub.ReadyAsync();
            return hub;
        }
        catch
        {
            // A hub that never answered would outlive the test.
            hub.Dispose();
            throw;
        }
    }

    /// <summary>Starts it without waiting until it answers.</summary>
    public static HubProcess Begin(string data, Dictionary<string, string?>? settings = null)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Join(AppContext.BaseDirectory, "Host.dll"));
        start.ArgumentList.Add("run");
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        start.Environment["Hub__Data"] = data;
        start.Environment["Hub__BootstrapKey"] = HubApp.AdminKey;
        start.Environment["Hub__ReserveBytes"] = "0";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        foreach (var (name, value) in settings ?? [])
            start.Environment[name == "urls" ? "ASPNETCORE_URLS" : (name.StartsWith("Logging:", StringComparison.Ordinal) ? "" : "Hub__") + name.Replace(":", "__", StringComparison.Ordinal)] = value;
        var hub = new HubProcess(Process.Start(start)!, address);
        hub.process.OutputDataReceived += (_, line) => hub.Hear(line.Data);
        hub.process.ErrorDataReceived += (_, line) => hub.Hear(line.Data);
        hub.process.BeginOutputReadLine();
        hub.process.BeginErrorReadLine();
        return hub;
    }

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public async Task ReadyAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await IsReadyAsync(limit.Token))
        {
            Assert.False(process.HasExited, $"The hub ended at its start: {string.Join('\n', Output)}");
            await tick.WaitForNextTickAsync(limit.Token);
        }
    }

    private async Task<bool> IsReadyAsync(CancellationToken ct)
    {
        try
        {
            using var answer = await Client.GetAsync("/health/ready", ct);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>All that it has printed.</summary>
    public IReadOnlyList<string> Output
    {
        get
        {
            lock (gate) return [.. lines];
        }
    }

    /// <summary>Waits until it has printed a line with any of these words.</summary>
    public async Task SaysAsync(params string[] words)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (lines.Any(l => words.Any(w => l.Contains(w, StringComparison.Ordinal)))) return;
                next = said.Task;
            }
            await next.WaitAsync(limit.Token);
        }
    }

    private void Hear(string? line)
    {
        if (line is null) return;
        TaskCompletionSource heard;
        lock (gate)
        {
            lines.Add(line);
            (heard, said) = (said, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        heard.TrySetResult();
    }

    /// <summary>kill -9: nothing is flushed, nobody says goodbye.</summary>
    public void Kill()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    /// <summary>SIGSTOP: it stands still and holds what it has.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    /// <summary>SIGSTOP to all that it has started, and not to itself. Returns how many those are.</summary>
    public async Task<int> FreezeChildrenAsync()
    {
        List<int> found = [process.Id];
        for (var i = 0; i < found.Count; i++) found.AddRange(ChildrenOf(found[i]));
        foreach (var child in found[1..])
        {
            using var kill = Process.Start("kill", ["-STOP", $"{child}"]);
            await kill.WaitForExitAsync();
        }
        return found.Count - 1;
    }

    private static IEnumerable<int> ChildrenOf(int parent)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out var id)) continue;
            string stat;
            try
            {
                stat = File.ReadAllText(Path.Join(folder, "stat"));
            }
            catch (IOException)
            {
                continue; // it has ended meanwhile
            }
            // Its name, in brackets, may hold spaces: state and parent come after it.
            if (stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1] == $"{parent}") yield return id;
        }
    }

    /// <summary>SIGCONT: it goes on as if no time had passed.</summary>
    public Task ThawAsync() => SignalAsync("CONT");

    /// <summary>SIGTERM: it is told to stop.</summary>
    public Task TellToStopAsync() => SignalAsync("TERM");

    /// <summary>How it ended.</summary>
    public async Task<int> EndedAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited) Kill();
        process.Dispose();
        Client.Dispose();
    }
}
