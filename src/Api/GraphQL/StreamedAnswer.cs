using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ResourceHub.Api.People;
using ResourceHub.Core.People;

namespace ResourceHub.Api.GraphQL;

/// <summary>
/// Answers over server-sent events, by the graphql-sse protocol in its mode of distinct connections: one operation for each request. A query or mutation
/// gives one answer; a subscription one for each event, each answered anew with the rights that its reader has then.
/// </summary>
internal sealed class StreamedAnswer(GraphQLRunner runner, StreamPlaces places, IServiceScopeFactory scopes, IHostApplicationLifetime life, TimeProvider clock)
{
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(15);

    /// <summary>Null when the answer was sent; else why there is none, for an answer in JSON.</summary>
    public async Task<(int Status, Refusal Refusal)?> SendAsync(HttpContext http, GraphQLRequest request, bool mayChange, Viewer viewer)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
        var stream = new EventStream(http, clock);
        try
        {
            var (ready, refused) = await runner.PrepareAsync(request, viewer, over.Token);
            if (ready is { IsMutation: true } && !mayChange) return (405, new Refusal("METHOD_NOT_ALLOWED", "Mutations are sent by POST."));
            using var place = ready is { IsSubscription: true } ? places.Take(viewer) : null;
            if (ready is { IsSubscription: true } && place is null)
                return (429, new Refusal("TOO_MANY_STREAMS", "同时打开的订阅过多，请关闭一些后再试。Too many subscriptions are open; close some and try again."));
            if (ready is { IsSubscription: true })
            {
                await FollowAsync(http, ready, stream, over);
            }
            else
            {
                await stream.OpenAsync(over.Token);
                if (ready is not null) await AnswerAsync(ready, http.RequestServices, stream, over.Token);
                else await (refused.Refusal is { } refusal ? stream.NextAsync(refusal, over.Token) : stream.NextAsync(refused.Result!, over.Token));
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested || http.RequestAborted.IsCancellationRequested)
        {
            // The reader went away, or the hub stops: then it is told below.
        }
        if (!http.RequestAborted.IsCancellationRequested && http.Response.HasStarted) await stream.CompleteAsync(http.RequestAborted);
        return null;
    }

    private async Task AnswerAsync(Ready ready, IServiceProvider services, EventStream stream, CancellationToken ct, object? root = null)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(ct);
        time.CancelAfter(ready.IsMutation ? GraphQLLimits.ChangeTime : GraphQLLimits.Time);
        try
        {
            await stream.NextAsync(await runner.ExecuteAsync(ready, services, time.Token, root), ct);
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            await stream.NextAsync(GraphQLEndpoint.TookTooLong, ct);
        }
    }

    private async Task FollowAsync(HttpContext http, Ready ready, EventStream stream, CancellationTokenSource over)
    {
        var opening = new Opening();
        var opened = await runner.ExecuteAsync(ready, http.RequestServices, over.Token, opening);
        // By now it listens: who has seen the headers misses nothing that is changed after.
        await stream.OpenAsync(over.Token);
        if (opening.Events is not { } events)
        {
            await stream.NextAsync(opened, over.Token);
            return;
        }
        var viewer = http.RequestServices.GetRequiredService<LiveViewer>();
        await using var following = events.GetAsyncEnumerator(over.Token);
        var next = following.MoveNextAsync().AsTask();
        try
        {
            while (true)
            {
                if (!await PingUntilAsync(next, stream, over.Token)) return;
                await using (var scope = scopes.CreateAsyncScope())
                {
                    // A scope for each event: what loaders have fetched was for one moment and one set of rights.
                    scope.ServiceProvider.GetRequiredService<LiveViewer>().Set(viewer.Current);
                    await AnswerAsync(ready, scope.ServiceProvider, stream, over.Token, following.Current);
                }
                next = following.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // Events can only be let go between two of them.
            await over.CancelAsync();
            await Task.WhenAny(next);
        }
    }

    /// <summary>Whether there is a next event.</summary>
    private async Task<bool> PingUntilAsync(Task<bool> next, EventStream stream, CancellationToken ct)
    {
        while (true)
        {
            using var quiet = CancellationTokenSource.CreateLinkedTokenSource(ct);
            if (await Task.WhenAny(next, Task.Delay(PingEvery, clock, quiet.Token)) == next)
            {
                await quiet.CancelAsync();
                return await next;
            }
            ct.ThrowIfCancellationRequested();
            await stream.PingAsync(ct);
        }
    }
}
