using System.Net;
using System.Net.Http.Headers;

namespace ResourceHub.Tests.Processes;

/// <summary>A piece of an upload of which one half is sent at once, the other when the test says so.</summary>
internal sealed class SlowBody : HttpContent
{
    private readonly byte[] content;
    private readonly Task half;
    private readonly TaskCompletionSource sent = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SlowBody(byte[] content, Task half)
    {
        this.content = content;
        this.half = half;
        Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
    }

    public Task HalfSent => sent.Task;

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(content.AsMemory(0, content.Length / 2));
        await stream.FlushAsync();
        sent.TrySetResult();
        await half;
        await stream.WriteAsync(content.AsMemory(content.Length / 2));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = content.Length;
        return true;
    }
}
