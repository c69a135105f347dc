using System.Buffers;
using GraphQL;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ResourceHub.Api.GraphQL;

/// <summary>Server-sent events as the graphql-sse protocol words them.</summary>
internal sealed class EventStream(HttpContext http, TimeProvider clock)
{
    /// <summary>A reader that takes nothing for so long is let go; events would pile up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The headers go out at once: a subscription may be quiet for hours, and the client waits for them.</summary>
    public async Task OpenAsync(CancellationToken ct)
    {
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        // Proxies of the nginx kind hold back what is small otherwise.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        await http.Response.StartAsync(ct);
        await FlushAsync(ct);
    }

    public Task NextAsync(ExecutionResult result, CancellationToken ct) => NextAsync(result, GraphQLAnswer.Write, ct);

    public Task NextAsync(Refusal refusal, CancellationToken ct) => NextAsync(refusal, GraphQLAnswer.Write, ct);

    /// <summary>Keeps proxies from closing what they take for idle, and finds out that nobody is there.</summary>
    public Task PingAsync(CancellationToken ct)
    {
        http.Response.BodyWriter.Write(":\n\n"u8);
        return FlushAsync(ct);
    }

    public Task CompleteAsync(CancellationToken ct)
    {
        // An event without a data line is none.
        http.Response.BodyWriter.Write("event: complete\ndata: \n\n"u8);
        return FlushAsync(ct);
    }

    private Task NextAsync<T>(T answer, Action<IBufferWriter<byte>, T, string> write, CancellationToken ct)
    {
        var to = http.Response.BodyWriter;
        to.Write("event: next\ndata: "u8);
        // One line: the writer does not indent, and line ends within strings are escaped.
        write(to, answer, http.TraceIdentifier);
        to.Write("\n\n"u8);
        return FlushAsync(ct);
    }

    private async Task FlushAsync(CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            await http.Response.BodyWriter.FlushAsync(either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            http.Abort();
            throw;
        }
    }
}
