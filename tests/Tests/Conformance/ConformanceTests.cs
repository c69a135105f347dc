using System.ComponentModel;
using System.Diagnostics;
using Xunit.Abstractions;

namespace ResourceHub.Tests.Conformance;

/// <summary>Other people's clients judge the hub from outside. A judge is a program in tests/Conformance and a line in its run.mjs.</summary>
public sealed class ConformanceTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Theory]
    [InlineData("gql-audit")]
    [InlineData("sse")]
    [InlineData("tus")]
    public async Task The_hub_passes_the_judge(string judge)
    {
        var folder = Path.Join(Repository.Folder, "tests", "Conformance");
        Assert.True(Directory.Exists(Path.Join(folder, "node_modules")), "The judges are not installed: run ./hub test, which installs them (or npm ci in tests/Conformance).");
        await using var hub = await HubApp.StartAsync();
        var (code, said) = await RunAsync(folder, hub, judge);
        output.WriteLine(said);
        Assert.True(code == 0, said);
    }

    private static async Task<(int Code, string Said)> RunAsync(string folder, HubApp hub, string judge)
    {
        var start = new ProcessStartInfo("node", ["run.mjs", hub.Address.ToString(), HubApp.AdminKey, judge]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        Process node;
        try
        {
            node = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Fail("Node is not installed: the judges need it. Install Node 20.12 or newer, then run ./hub test.");
            throw;
        }
        using (node)
        using (var limit = new CancellationTokenSource(Patience))
        {
            var said = node.StandardOutput.ReadToEndAsync(limit.Token);
            var complained = node.StandardError.ReadToEndAsync(limit.Token);
            try
            {
                await node.WaitForExitAsync(limit.Token);
                return (node.ExitCode, await said + await complained);
            }
            catch (OperationCanceledException)
            {
                node.Kill(entireProcessTree: true);
                return (-1, $"The judge {judge} gave no verdict within {Patience}.");
            }
        }
    }
}
