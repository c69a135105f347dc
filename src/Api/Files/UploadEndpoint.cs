using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Api.People;
using ResourceHub.Core;
using ResourceHub.Core.Blobs;

namespace ResourceHub.Api.Files;

/// <summary>Bytes in: tus 1.0, so that a lesson's video survives a bad line. What is whole is attached to a resource by GraphQL's attachFile.</summary>
public static class UploadEndpoint
{
    public static IServiceCollection AddUploads(this IServiceCollection services)
        => services.AddSingleton<UploadDesk>().AddSingleton<PieceReceiver>().AddSingleton<UploadSweep>().AddHostedService(s => s.GetRequiredService<UploadSweep>());

    public static void MapUploads(this IEndpointRouteBuilder app)
    {
        var door = app.MapGroup("/uploads").AddEndpointFilter(StoreAway.FilterAsync).AddEndpointFilter(TusProtocol.FilterAsync);
        door.MapMethods("", [HttpMethods.Options], TusProtocol.Options);
        door.MapPost("", CreateAsync);
        door.MapMethods("/{id}", [HttpMethods.Options], TusProtocol.Options);
        door.MapMethods("/{id}", [HttpMethods.Head], HeadAsync);
        door.MapPatch("/{id}", PatchAsync);
        door.MapDelete("/{id}", DeleteAsync);
        // For senders behind a proxy that lets only GET and POST through.
        door.MapPost("/{id}", async (string id, HttpContext http, UploadDesk desk, PieceReceiver receiver, CancellationToken ct) => http.Request.Headers["X-HTTP-Method-Override"].ToString() switch
        {
            "PATCH" => await PatchAsync(id, http, desk, receiver, ct),
            "DELETE" => await DeleteAsync(id, http, desk, ct),
            _ => TypedResults.StatusCode(405),
        });
    }

    private static async Task<IResult> CreateAsync(HttpContext http, UploadDesk desk, PieceReceiver receiver, HubSettings settings, CancellationToken ct)
    {
        if (TusProtocol.Bytes(http.Request, "Upload-Length") is not { } length)
            return Refusal.Of(400, "LENGTH_REQUIRED", "请求须带 Upload-Length（文件字节数）。The request must say Upload-Length, the file's size in bytes.");
        if (TusMetadata.FileName(http.Request.Headers["Upload-Metadata"]) is not { } name)
            return Refusal.Of(400, "INVALID_METADATA", "Upload-Metadata 须为“键 Base64”，以逗号分隔。Upload-Metadata must be pairs of key and Base64, separated by commas.");
        if (length > settings.MaxUploadBytes)
        {
            http.Response.Headers["Tus-Max-Size"] = settings.MaxUploadBytes.ToString();
            return Refusal.Of(413, "TOO_LARGE", $"文件最大 {settings.MaxUploadBytes >> 20} MiB。A file may have at most {settings.MaxUploadBytes >> 20} MiB.");
        }
        if (await desk.HasTooManyAsync(http.Viewer(), ct))
            return Refusal.Of(429, "TOO_MANY_UPLOADS", "未完成或未使用的上传过多，请先关联或删除一些。Too many uploads are open: attach or delete some first.");
        Upload upload;
        try
        {
            upload = await desk.BeginAsync(http.Viewer(), name, length, ct);
        }
        catch (StorageFullException)
        {
            return Refusal.StorageFull;
        }
        http.Response.Headers.Location = $"{http.Request.PathBase}/uploads/{upload.Id}";
        if (TusProtocol.BringsPiece(http.Request) || length == 0)
        {
            // Made it is, even where the piece that came along was refused: the sender goes on from the offset.
            using var hold = desk.Hold(upload.OwnerId, upload.Id);
            if (await receiver.ReceiveAsync(http, upload, 0, ct) is { Status: PieceStatus.ChecksumDiffers } differs) return Answer(http, upload, differs);
        }
        Describe(http, upload, await desk.StoredAsync(upload, CancellationToken.None) ?? 0);
        return TypedResults.StatusCode(201);
    }

    private static async Task<IResult> HeadAsync(string id, HttpContext http, UploadDesk desk, CancellationToken ct)
    {
        var viewer = http.Viewer();
        using var hold = desk.Hold(viewer.ActorId, id);
        if (await desk.FindAsync(viewer, id, ct) is not { } upload || await desk.StoredAsync(upload, ct) is not { } stored) return Refusal.NoUpload;
        if (stored == upload.Length && upload.Sha256 is null && hold is not null)
        {
            try
            {
                await desk.FinishAsync(upload);
            }
            catch (StorageFullException)
            {
                return Refusal.StorageFull;
            }
        }
        Describe(http, upload, stored);
        http.Response.Headers["Upload-Length"] = upload.Length.ToString();
        if (upload.Name.Length > 0) http.Response.Headers["Upload-Metadata"] = TusMetadata.Of(upload.Name);
        return TypedResults.Ok();
    }

    private static async Task<IResult> PatchAsync(string id, HttpContext http, UploadDesk desk, PieceReceiver receiver, CancellationToken ct)
    {
        if (!TusProtocol.BringsPiece(http.Request))
            return Refusal.Of(415, "CONTENT_TYPE", $"Content-Type 须为 {TusProtocol.PieceType}。Content-Type must be {TusProtocol.PieceType}.");
        if (TusProtocol.Bytes(http.Request, "Upload-Offset") is not { } offset)
            return Refusal.Of(400, "OFFSET_REQUIRED", "请求须带 Upload-Offset。The request must say Upload-Offset.");
        var viewer = http.Viewer();
        using var hold = desk.Hold(viewer.ActorId, id);
        if (await desk.FindAsync(viewer, id, ct) is not { } upload) return Refusal.NoUpload;
        if (hold is null) return Refusal.Busy;
        if (await desk.StoredAsync(upload, ct) is not { } stored) return Refusal.NoUpload;
        if (offset != stored)
        {
            Describe(http, upload, stored);
            return Refusal.Of(409, "OFFSET_DIFFERS", $"已存 {stored} 字节，请从那里续传。{stored} bytes are stored; go on from there.");
        }
        return Answer(http, upload, await receiver.ReceiveAsync(http, upload, stored, ct));
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext http, UploadDesk desk, CancellationToken ct)
    {
        var viewer = http.Viewer();
        using var hold = desk.Hold(viewer.ActorId, id);
        if (await desk.FindAsync(viewer, id, ct) is not { } upload) return Refusal.NoUpload;
        if (hold is null) return Refusal.Busy;
        await desk.EndAsync(upload, ct);
        return TypedResults.NoContent();
    }

    private static IResult Answer(HttpContext http, Upload upload, Piece piece)
    {
        Describe(http, upload, piece.Stored);
        return piece.Status switch
        {
            PieceStatus.Stored => TypedResults.NoContent(),
            PieceStatus.TooLong => Refusal.Of(413, "LONGER_THAN_DECLARED", "数据超出声明的长度。The data is longer than was declared."),
            PieceStatus.UnknownChecksum => Refusal.Of(400, "UNKNOWN_CHECKSUM", $"Upload-Checksum 可用 {string.Join('、', PieceChecksum.Algorithms)}。Upload-Checksum can be {string.Join(", ", PieceChecksum.Algorithms)}."),
            PieceStatus.ChecksumDiffers => Refusal.Of(460, "CHECKSUM_DIFFERS", "数据校验不符，请重传这一段。The checksum differs: send this piece again."),
            _ => Refusal.StorageFull,
        };
    }

    private static void Describe(HttpContext http, Upload upload, long stored)
    {
        http.Response.Headers["Upload-Offset"] = stored.ToString();
        http.Response.Headers["Upload-Expires"] = upload.ExpiresAt.ToString("R");
    }
}
