using System.Diagnostics;
using System.Net;
using Xunit.Abstractions;

namespace ResourceHub.Tests.Infra;

/// <summary>The backup script, run beside a hub that works, and a hub started on what it restores.</summary>
public sealed class BackupTests(ITestOutputHelper output) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hub-backup-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_copy_of_a_running_hub_is_verified_restored_and_serves_everything_again()
    {
        if (!File.Exists("/usr/bin/sqlite3"))
        {
            output.WriteLine("sqlite3 is not installed: not tried.");
            return;
        }
        var to = Path.Join(folder.FullName, "copies");
        string id, copy;
        await using (var hub = await HubApp.StartAsync())
        {
            var school = await hub.SchoolAsync("江北实验小学");
            id = await hub.ShareAsync(school, "圆的面积", "圆的面积"u8.ToArray(), "圆.txt");
            copy = (await RunAsync(0, hub.Data, to)).Trim();
            Assert.StartsWith(to, copy);
            // What came later is not in it, and the hub went on.
            await hub.ShareAsync(school, "后来的教案", "后来"u8.ToArray(), "后来.txt");
        }
        Assert.Contains("all 1 files", await RunAsync(0, "--verify", copy));
        var restored = Path.Join(folder.FullName, "restored");
        await RunAsync(0, "--restore", copy, restored);
        await using (var hub = await HubApp.StartAsync(data: restored))
        {
            await WholeAsync(hub);
            var found = await hub.QueryAsync("{ search(text: \"圆的面积\") { totalCount edges { node { id files { downloadUrl } } } } }");
            Assert.Equal(1, found.GetProperty("search").GetProperty("totalCount").GetInt32());
            var node = found.GetProperty("search").GetProperty("edges")[0].GetProperty("node");
            Assert.Equal(id, node.GetProperty("id").GetString());
            using var anyone = hub.Client();
            Assert.Equal("圆的面积", await anyone.GetStringAsync(node.GetProperty("files")[0].GetProperty("downloadUrl").GetString()));
            Assert.Equal(0, (await hub.QueryAsync("{ search(text: \"后来\") { totalCount } }")).GetProperty("search").GetProperty("totalCount").GetInt32());
        }
        // Over what is there it restores nothing, and what is damaged it does not give out.
        await RunAsync(1, "--restore", copy, restored);
        var blob = Directory.EnumerateFiles(Path.Join(to, "blobs"), "*", SearchOption.AllDirectories).Single(f => !f.EndsWith(".json", StringComparison.Ordinal));
        await File.WriteAllTextAsync(blob, "圆的面职");
        Assert.Contains("damaged " + Path.GetFileName(blob), await RunAsync(1, "--verify", copy));
        await RunAsync(1, "--restore", copy, Path.Join(folder.FullName, "other"));
    }

    /// <summary>The index is filled anew from the record.</summary>
    private static async Task WholeAsync(HubApp hub)
    {
        using var client = hub.Client();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        do
        {
            using var answer = await client.GetAsync("/health/ready", limit.Token);
            if (answer.StatusCode == HttpStatusCode.OK && (await answer.Content.ReadAsStringAsync(limit.Token)).Contains("\"indexWhole\":true", StringComparison.Ordinal)) return;
        }
        while (await tick.WaitForNextTickAsync(limit.Token));
    }

    private async Task<string> RunAsync(int exit, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", [InfraFiles.PathOf("backup/backup.sh"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        output.WriteLine($"{string.Join(' ', arguments)}\n{await said}{await complained}");
        Assert.Equal(exit, process.ExitCode);
        return await said + await complained;
    }
}
