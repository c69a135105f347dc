using System.Net;
using System.Net.Sockets;
using ResourceHub.Engines;
using ResourceHub.Tests.Faults;

namespace ResourceHub.Tests.Processes;

/// <summary>What stops a start says so in one sentence.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task A_second_hub_on_the_same_folder_is_refused_and_the_first_goes_on()
    {
        await using var first = await HubApp.StartAsync();
        var said = await Assert.ThrowsAsync<SettingsException>(() => HubApp.StartAsync(data: first.Data));
        Assert.StartsWith($"Another hub is running on {first.Data}: stop it", said.Message);
        Assert.NotEmpty(await first.SchoolAsync("江北实验小学"));
    }

    [Fact]
    public async Task A_folder_is_free_again_when_its_hub_has_stopped()
    {
        var data = Directory.CreateTempSubdirectory("hub-again-").FullName;
        await using (await HubApp.StartAsync(data: data)) { }
        await using (await HubApp.StartAsync(data: data)) { }
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task A_taken_port_is_one_sentence_and_no_stack_trace()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var data = Directory.CreateTempSubdirectory("hub-port-").FullName;
        using var hub = HubProcess.Begin(data, new() { ["urls"] = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}" });
        Assert.Equal(2, await hub.EndedAsync());
        await hub.SaysAsync("is taken by another program");
        Assert.Single(hub.Output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(data));
        Directory.Delete(data);
    }
}
