using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;

namespace ResourceHub.Engines.Elasticsearch.Client;

/// <summary>One document of a bulk request: its action and its source, each ended by a new line.</summary>
internal sealed record BulkLines(Guid Id, byte[] Lines);

/// <summary>The body of a bulk request, compressed on its way out: text of pairs shrinks to a fifth, and the lines are kept for a second try anyhow.</summary>
internal sealed class BulkContent : HttpContent
{
    private readonly IReadOnlyList<BulkLines> lines;

    public BulkContent(IReadOnlyList<BulkLines> lines)
    {
        this.lines = lines;
        Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        Headers.ContentEncoding.Add("gzip");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await using var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true);
        foreach (var document in lines) await gzip.WriteAsync(document.Lines, cancellationToken);
    }

    /// <summary>Not known before it is compressed.</summary>
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
