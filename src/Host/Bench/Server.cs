using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ResourceHub.Host.Bench;

/// <summary>A server process of its own, as in production, so that its memory and start can be measured.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly Process process;

    private Server(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>From starting the process to the first good answer of <c>ready</c>.</summary>
    public TimeSpan StartTime { get; private init; }

    public double RssMb
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1048576.0;
        }
    }

    public static async Task<Server> StartAsync(IReadOnlyList<string> verb, IReadOnlyDictionary<string, string> environment, string ready)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = OwnProgram.With(verb);
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var clock = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(1) };
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!await AnswersAsync(http, ready))
        {
            if (process.HasExited) throw new InvalidOperationException($"{verb[0]} ended with code {process.ExitCode}.");
            if (clock.Elapsed > TimeSpan.FromMinutes(3)) throw new TimeoutException($"{verb[0]} did not answer {ready}.");
            await tick.WaitForNextTickAsync();
        }
        return new Server(process, address) { StartTime = clock.Elapsed };
    }

    private static async Task<bool> AnswersAsync(HttpClient http, string path)
    {
        try
        {
            using var answer = await http.GetAsync(path);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
