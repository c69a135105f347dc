using System.ComponentModel;
using System.Diagnostics;
using System.Net.Sockets;
using ResourceHub.Engines.AzureBlobs;

namespace ResourceHub.Tests.Engines.Azure;

/// <summary>Azurite, Microsoft's own emulator of Azure Storage, on a port of its own. Not Azure: what only the real one does is not shown here.</summary>
public sealed class Azurite : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string data = Directory.CreateTempSubdirectory("hub-azurite-").FullName;
    private readonly int port = FreePort();
    private Process? node;

    public AzureSettings Settings => new() { ConnectionString = ConnectionString, Container = "hub" + Guid.CreateVersion7().ToString("n") };

    /// <summary>The emulator's account and key are public: every copy of it has the same.</summary>
    public string ConnectionString => $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;BlobEndpoint=http://127.0.0.1:{port}/devstoreaccount1;";

    public Task InitializeAsync() => StartAsync();

    public async Task StartAsync()
    {
        var program = Path.Join(Repository.Folder, "tests", "Conformance", "node_modules", "azurite", "dist", "src", "blob", "main.js");
        Assert.True(File.Exists(program), "Azurite is not installed: run ./hub test, which installs it (or npm ci in tests/Conformance).");
        string[] arguments = [program, "--blobHost", "127.0.0.1", "--blobPort", $"{port}", "--location", data, "--silent", "--disableTelemetry"];
        try
        {
            node = Process.Start(new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (Win32Exception)
        {
            Assert.Fail("Node is not installed: Azurite needs it. Install Node 20.12 or newer, then run ./hub test.");
        }
        using var limit = new CancellationTokenSource(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await AnswersAsync(limit.Token))
        {
            Assert.False(node!.HasExited, "Azurite ended before it answered.");
            await tick.WaitForNextTickAsync(limit.Token);
        }
    }

    /// <summary>Asks it to end. Killed outright it forgets the last seconds, which Azure does not.</summary>
    public async Task StopAsync()
    {
        if (node is null) return;
        using (var ask = Process.Start("kill", ["-TERM", $"{node.Id}"])) await ask.WaitForExitAsync();
        await node.WaitForExitAsync();
        node.Dispose();
        node = null;
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(data, recursive: true);
    }

    private async Task<bool> AnswersAsync(CancellationToken ct)
    {
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync("127.0.0.1", port, ct);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
