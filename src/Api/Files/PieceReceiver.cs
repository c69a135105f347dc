using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using ResourceHub.Core.Blobs;

namespace ResourceHub.Api.Files;

internal enum PieceStatus { Stored, TooLong, UnknownChecksum, ChecksumDiffers, StorageFull }

/// <summary>What became of a piece, and how much of the upload is stored now.</summary>
internal sealed record Piece(PieceStatus Status, long Stored);

/// <summary>Takes one piece of an upload from the request's body into the store. The caller holds the upload.</summary>
internal sealed class PieceReceiver(IBlobStore blobs, UploadDesk desk)
{
    // Slow village lines pass; a sender that is gone without a word is let go of after this time.
    private static readonly MinDataRate Slowest = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(20));

    public async Task<Piece> ReceiveAsync(HttpContext http, Upload upload, long stored, CancellationToken ct)
    {
        var claimed = http.Request.Headers["Upload-Checksum"].ToString();
        var checksum = claimed.Length == 0 ? null : PieceChecksum.Parse(claimed);
        if (claimed.Length > 0 && checksum is null) return new Piece(PieceStatus.UnknownChecksum, stored);
        if (http.Request.ContentLength > upload.Length - stored) return new Piece(PieceStatus.TooLong, stored);
        try
        {
            if (stored < upload.Length)
            {
                OpenWide(http);
                using var body = new PieceBody(http.Request.Body, checksum);
                var now = await blobs.AppendAsync(upload.Id, stored, body, upload.Length - stored, ct);
                if (await IsTooLongAsync(http, body, ct)) return await CutBackAsync(PieceStatus.TooLong);
                var isComplete = body.Ended || body.Count == http.Request.ContentLength;
                if (isComplete && !body.AddsUp()) return await CutBackAsync(PieceStatus.ChecksumDiffers);
                stored = now;
            }
            if (stored == upload.Length && upload.Sha256 is null) await desk.FinishAsync(upload);
            return new Piece(PieceStatus.Stored, stored);
        }
        catch (StorageFullException)
        {
            return new Piece(PieceStatus.StorageFull, await desk.StoredAsync(upload, CancellationToken.None) ?? 0);
        }

        async Task<Piece> CutBackAsync(PieceStatus status)
        {
            await blobs.TruncateAsync(upload.Id, stored, CancellationToken.None);
            return new Piece(status, stored);
        }
    }

    private static void OpenWide(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        // HTTP/2 has one rate for the whole connection.
        if (HttpProtocol.IsHttp11(http.Request.Protocol) && http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate) rate.MinDataRate = Slowest;
    }

    /// <summary>Without a Content-Length only reading on tells whether more comes than was declared.</summary>
    private static async Task<bool> IsTooLongAsync(HttpContext http, PieceBody body, CancellationToken ct)
    {
        if (http.Request.ContentLength is not null || body.Ended) return false;
        try
        {
            return await body.ReadAsync(new byte[1], ct) > 0;
        }
        catch (Exception cut) when (cut is IOException or OperationCanceledException)
        {
            return false;
        }
    }
}
