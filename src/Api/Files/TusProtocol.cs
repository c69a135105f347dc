using System.Globalization;
using Microsoft.AspNetCore.Http;
using ResourceHub.Api.People;
using ResourceHub.Core;

namespace ResourceHub.Api.Files;

/// <summary>What every request at the upload door must bring, and what every answer says: the rules of tus 1.0 that do not depend on the upload.</summary>
internal static class TusProtocol
{
    public const string Version = "1.0.0";
    public const string PieceType = "application/offset+octet-stream";

    /// <summary>Version, then who asks: all of it before a byte of the body is read.</summary>
    public static async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers["Tus-Resumable"] = Version;
        http.Response.Headers.CacheControl = "no-store";
        if (HttpMethods.IsOptions(http.Request.Method)) return await next(context);
        if (http.Request.Headers["Tus-Resumable"] != Version)
        {
            http.Response.Headers["Tus-Version"] = Version;
            return Refusal.Of(412, "TUS_VERSION", $"请求须带 Tus-Resumable: {Version}。The request must say Tus-Resumable: {Version}.");
        }
        var viewer = http.Viewer();
        if (!viewer.IsSignedIn) return Refusal.Of(401, Problem.SignInNeeded);
        return viewer.CanWrite ? await next(context) : Refusal.Of(403, Problem.Forbidden);
    }

    public static IResult Options(HttpContext http, HubSettings settings)
    {
        var headers = http.Response.Headers;
        headers["Tus-Version"] = Version;
        headers["Tus-Extension"] = "creation,creation-with-upload,expiration,checksum,termination";
        headers["Tus-Max-Size"] = settings.MaxUploadBytes.ToString();
        headers["Tus-Checksum-Algorithm"] = string.Join(',', PieceChecksum.Algorithms);
        return TypedResults.NoContent();
    }

    /// <summary>A count of bytes in a header; null when it is missing or no such number.</summary>
    public static long? Bytes(HttpRequest request, string header)
        => long.TryParse(request.Headers[header], NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : null;

    public static bool BringsPiece(HttpRequest request)
        => request.ContentType is { } type && type.Split(';')[0].Trim().Equals(PieceType, StringComparison.OrdinalIgnoreCase);
}
