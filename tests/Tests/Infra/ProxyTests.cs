using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace ResourceHub.Tests.Infra;

/// <summary>infra/proxy as a real nginx runs it, before a real hub; only where its processes are is told otherwise.</summary>
public sealed class ProxyTests(ITestOutputHelper output)
{
    [Fact]
    public async Task One_address_leads_to_all_doors_unbuffered_and_believes_no_client()
    {
        if (!File.Exists("/usr/sbin/nginx"))
        {
            output.WriteLine("nginx is not installed (its package would start a server of its own, so ./hub test does not): not tried.");
            return;
        }
        await using var hub = await HubApp.StartAsync(new() { ["TrustedProxies"] = "127.0.0.1" });
        // Nobody listens where pages would be: what reaches the API is told apart from what would not.
        using var proxy = await Nginx.StartAsync(api: hub.Address.Authority, web: "127.0.0.1:9");
        foreach (var address in ApiAddresses(hub))
        {
            using var reached = await proxy.Client.GetAsync(address);
            Assert.True(reached.StatusCode != HttpStatusCode.BadGateway && reached.Headers.Contains("X-Request-Id"), $"{address} does not lead to the API: {reached.StatusCode}");
        }
        foreach (var closed in (string[])["/metrics", "/health/ready", "/health/live"])
        {
            using var hidden = await proxy.Client.GetAsync(closed);
            Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
            Assert.False(hidden.Headers.Contains("X-Request-Id"));
        }
        await FollowAsync(hub, proxy);
        await UploadAsync(proxy);
        await PretendAsync(hub, proxy);
        using var pages = await Nginx.StartAsync(api: "127.0.0.1:9", web: hub.Address.Authority);
        Assert.Contains("<html", await pages.Client.GetStringAsync("/"));
        Assert.Contains("<html", await pages.Client.GetStringAsync("/search?q=x"));
    }

    /// <summary>Every address that the API answers at, whoever added it last.</summary>
    private static IEnumerable<string> ApiAddresses(HubApp hub) => hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.RoutePattern.RawText is { } path && !path.Contains("**", StringComparison.Ordinal) && !path.StartsWith("/health", StringComparison.Ordinal) && IsOfTheApi(e))
        .Select(e => Regex.Replace(e.RoutePattern.RawText!, @"\{\w+\}", "x")).Distinct();

    private static bool IsOfTheApi(RouteEndpoint endpoint)
        => endpoint.Metadata.GetMetadata<System.Reflection.MethodInfo>()?.DeclaringType?.Assembly.GetName().Name is "ResourceHub.Api" or "ResourceHub.Engines";

    private static async Task FollowAsync(HubApp hub, Nginx proxy)
    {
        var id = await hub.ResourceAsync(await hub.SchoolAsync("江北实验小学"), "教案");
        await hub.PublishAsync(id);
        using var client = new HttpClient { BaseAddress = proxy.Client.BaseAddress };
        using var stream = await EventReader.OpenAsync(client, "subscription($id: ID!) { resourceChanged(id: $id) { title } }", new { id });
        await hub.QueryAsync("mutation($id: ID!) { updateResource(input: { resourceId: $id, title: \"新教案\" }) { errors { message } } }", new { id }, HubApp.AdminKey);
        Assert.Contains("新教案", await stream.NextAsync());
    }

    private static async Task UploadAsync(Nginx proxy)
    {
        // More than nginx takes of its own accord, and than the limit of other doors.
        var bytes = new byte[70 << 20];
        proxy.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", HubApp.AdminKey);
        Assert.NotEqual("", await HubApp.UploadAsync(proxy.Client, bytes, "film.mp4"));
        proxy.Client.DefaultRequestHeaders.Authorization = null;
    }

    private static async Task PretendAsync(HubApp hub, Nginx proxy)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/accounts/sign-in") { Content = new StringContent("""{"userName":"nobody","password":"a wrong password"}""", Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        request.Headers.Add("X-Request-Id", "made-up-by-the-client");
        using var answer = await proxy.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.NotEqual("made-up-by-the-client", answer.Headers.GetValues("X-Request-Id").Single());
        var events = await hub.QueryAsync("{ auditEvents(first: 50) { nodes { action ip } } }", key: HubApp.AdminKey);
        Assert.DoesNotContain("203.0.113.9", events.ToString());
    }

    /// <summary>nginx in a folder of its own, on a port of its own.</summary>
    private sealed class Nginx : IDisposable
    {
        private readonly DirectoryInfo folder;
        private readonly Process process;

        private Nginx(DirectoryInfo folder, Process process, int port)
        {
            (this.folder, this.process) = (folder, process);
            Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(60) };
        }

        public HttpClient Client { get; }

        public static async Task<Nginx> StartAsync(string api, string web)
        {
            var folder = Directory.CreateTempSubdirectory("hub-nginx-");
            var port = FreePort();
            Write("nginx.conf", InfraFiles.Read("proxy/nginx.conf").Replace("/tmp/", folder.FullName + "/", StringComparison.Ordinal));
            Write("hub.conf", InfraFiles.Read("proxy/hub.conf").Replace("listen 8080;", $"listen 127.0.0.1:{port};", StringComparison.Ordinal));
            Write("processes.conf", $"upstream api {{ server {api}; }}\nupstream web {{ server {web}; }}\n");
            var process = Process.Start(new ProcessStartInfo("/usr/sbin/nginx", ["-p", folder.FullName, "-e", "stderr", "-c", Path.Join(folder.FullName, "nginx.conf"), "-g", "daemon off; master_process off;"]))!;
            var nginx = new Nginx(folder, process, port);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (!await nginx.LivesAsync(limit.Token)) await tick.WaitForNextTickAsync(limit.Token);
            return nginx;

            void Write(string name, string text) => File.WriteAllText(Path.Join(folder.FullName, name), text);
        }

        private async Task<bool> LivesAsync(CancellationToken ct)
        {
            try
            {
                using var answer = await Client.GetAsync("/proxy-lives", ct);
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException) when (!process.HasExited)
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

        public void Dispose()
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
            Client.Dispose();
            folder.Delete(recursive: true);
        }
    }
}
