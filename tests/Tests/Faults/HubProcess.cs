using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace ResourceHub.Tests.Faults;

/// <summary>The hub as a process of its own, so that it can be killed.</summary>
public sealed class HubProcess : IDisposable
{
    private readonly Process process;

    private HubProcess(Process process, Uri address)
    {
        this.process = process;
        Client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", HubApp.AdminKey);
    }

    /// <summary>Sends the operator's key.</summary>
    public HttpClient Client { get; }

    public static async Task<HubProcess> StartAsync(string data)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}");
        probe.Stop();
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Join(AppContext.BaseDirectory, "Host.dll"));
        start.ArgumentList.Add("run");
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        start.Environment["Hub__Data"] = data;
        start.Environment["Hub__BootstrapKey"] = HubApp.AdminKey;
        start.Environment["Hub__ReserveBytes"] = "0";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        var hub = new HubProcess(Process.Start(start)!, address);
        hub.process.OutputDataReceived += (_, _) => { };
        hub.process.BeginOutputReadLine();
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

    private async Task ReadyAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await IsReadyAsync(limit.Token))
        {
            Assert.False(process.HasExited, "The hub ended at its start.");
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

    /// <summary>kill -9: nothing is flushed, nobody says goodbye.</summary>
    public void Kill()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited) Kill();
        process.Dispose();
        Client.Dispose();
    }
}
