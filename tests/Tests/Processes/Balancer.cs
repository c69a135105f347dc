using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ResourceHub.Tests.Processes;

/// <summary>
/// As much of a reverse proxy as several processes under one address need: the API's paths to one process after the other, all else to those with pages. Where nobody
/// listens it tries the next; a request that is cut off it does not send again, that is the client's to do.
/// </summary>
internal sealed class Balancer : IAsyncDisposable
{
    private static readonly string[] OfTheApi = ["/graphql", "/uploads", "/files", "/agreements", "/accounts", "/audit.csv"];
    private static readonly HashSet<string> NotPassedOn = new(StringComparer.OrdinalIgnoreCase) { "Connection", "Transfer-Encoding", "Keep-Alive", "Host" };

    private readonly WebApplication app;
    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(2) });
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Uri>> served = new();
    private volatile Uri[] apis = [], pages = [];
    private int turn;

    private Balancer(WebApplication app) => this.app = app;

    public Uri Address { get; private set; } = null!;

    public static async Task<Balancer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        var app = builder.Build();
        var balancer = new Balancer(app);
        app.Run(balancer.PassOnAsync);
        await app.StartAsync();
        balancer.Address = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return balancer;
    }

    public void Serve(IEnumerable<Uri> api, IEnumerable<Uri> web) => (apis, pages) = ([.. api], [.. web]);

    /// <summary>Which process was given the first request of this path; waits for it to come.</summary>
    public Task<Uri> ServingAsync(string path) => Served(path).Task.WaitAsync(TimeSpan.FromSeconds(30));

    private TaskCompletionSource<Uri> Served(string path) => served.GetOrAdd(path, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private async Task PassOnAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        var group = OfTheApi.Any(p => path == p || path.StartsWith(p + "/", StringComparison.Ordinal)) ? apis : pages;
        for (var i = 0; i < group.Length; i++)
        {
            var to = group[(uint)Interlocked.Increment(ref turn) % group.Length];
            Served(path).TrySetResult(to);
            try
            {
                using var request = RequestOf(context, new Uri(to, path + context.Request.QueryString));
                using var answer = await http.SendAsync(request, context.RequestAborted);
                await AnswerAsync(context, answer);
                return;
            }
            catch (HttpRequestException nobody) when (nobody.HttpRequestError == HttpRequestError.ConnectionError && !context.Response.HasStarted)
            {
                continue;
            }
            catch (Exception cut) when (cut is HttpRequestException or IOException or OperationCanceledException)
            {
                break;
            }
        }
        if (context.Response.HasStarted) context.Abort();
        else context.Response.StatusCode = StatusCodes.Status502BadGateway;
    }

    private static HttpRequestMessage RequestOf(HttpContext context, Uri to)
    {
        var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), to);
        if (context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0) request.Content = new StreamContent(context.Request.Body);
        foreach (var (name, values) in context.Request.Headers)
            if (!NotPassedOn.Contains(name) && !request.Headers.TryAddWithoutValidation(name, values.AsEnumerable())) request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        request.Headers.Host = context.Request.Host.Value;
        return request;
    }

    private static async Task AnswerAsync(HttpContext context, HttpResponseMessage answer)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
            if (!NotPassedOn.Contains(name)) context.Response.Headers.Append(name, values.ToArray());
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await context.Response.StartAsync(context.RequestAborted);
        await using var body = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
        var buffer = new byte[64 * 1024];
        for (int read; (read = await body.ReadAsync(buffer, context.RequestAborted)) > 0;) await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
        http.Dispose();
    }
}
