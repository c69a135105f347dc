using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ResourceHub.Api.GraphQL;

/// <summary>The media type of an answer, and with it which status a refused document has: older clients of application/json expect 200.</summary>
internal sealed record AnswerType(string ContentType, int RefusedStatus)
{
    public static readonly AnswerType Json = new("application/json; charset=utf-8", 200);
    private static readonly AnswerType GraphQL = new("application/graphql-response+json; charset=utf-8", 400);

    /// <summary>Events; what is refused before the first of them is JSON.</summary>
    public static readonly AnswerType Stream = new("application/json; charset=utf-8", 400);

    /// <summary>Null when the client takes neither.</summary>
    public static AnswerType? Choose(HttpRequest request)
    {
        var accept = request.Headers.Accept;
        if (accept.Count == 0 || accept is ["" or "*/*" or "application/json"]) return Json;
        if (accept is ["application/graphql-response+json"]) return GraphQL;
        if (accept is ["text/event-stream"]) return Stream;
        if (!MediaTypeHeaderValue.TryParseList(accept, out var given)) return null;
        foreach (var type in given.Where(t => t.Quality is not 0).OrderByDescending(t => t.Quality ?? 1))
        {
            if (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)) continue;
            if (type.MediaType.Equals("application/graphql-response+json", StringComparison.OrdinalIgnoreCase)) return GraphQL;
            if (type.MediaType.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase)) return Stream;
            if (type.MatchesAllTypes || type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals("application/*", StringComparison.OrdinalIgnoreCase)) return Json;
        }
        return null;
    }

    /// <summary>Sends what the writer writes, with its length, so that nothing is cut into chunks.</summary>
    public async Task SendAsync<T>(HttpResponse response, int status, T answer, Action<IBufferWriter<byte>, T, string> write)
    {
        var buffer = Spare ?? new ArrayBufferWriter<byte>(16 * 1024);
        Spare = null;
        write(buffer, answer, response.HttpContext.TraceIdentifier);
        response.StatusCode = status;
        response.ContentType = ContentType;
        response.ContentLength = buffer.WrittenCount;
        response.Headers.CacheControl = "no-store";
        await response.Body.WriteAsync(buffer.WrittenMemory, response.HttpContext.RequestAborted);
        if (buffer.Capacity > 1 << 20) return;
        buffer.ResetWrittenCount();
        Spare = buffer;
    }

    [field: ThreadStatic]
    private static ArrayBufferWriter<byte>? Spare { get; set; }
}
