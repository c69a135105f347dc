using Microsoft.AspNetCore.Http;
using ResourceHub.Core;

namespace ResourceHub.Api.Files;

/// <summary>How the doors for bytes say no: a status for programs, and words for people in the shape that GraphQL errors have.</summary>
internal static class Refusal
{
    public static IResult Of(int status, Problem problem) => new Refused(status, problem);

    public static IResult Of(int status, string code, string message) => Of(status, new Problem(code, message));

    public static readonly IResult NoUpload = Of(404, "UPLOAD_NOT_FOUND", "没有找到这个上传，可能已过期，请重新上传。No such upload; it may have expired. Upload the file again.");

    public static readonly IResult NoFile = Of(404, Problem.NotFound("文件"));

    public static readonly IResult FileDamaged = Of(503, "FILE_UNAVAILABLE", "文件内容暂时无法读取，请联系平台管理员。The file's content cannot be read at present; tell the hub's administrator.");

    public static readonly IResult StorageFull = Of(507, "STORAGE_FULL", "平台存储空间不足，暂时不能上传；浏览和下载不受影响。The hub's storage is nearly full: no uploads for now; reading goes on.");

    public static readonly IResult StoreAway = Of(503, "STORAGE_AWAY", "存储暂时没有响应，请稍后再试；已传的部分不会丢失。The storage does not answer at present: try again shortly; what was stored stays.");

    public static readonly IResult Busy = Of(423, "UPLOAD_BUSY", "这个上传正在接收数据，请稍后续传。This upload is receiving data; resume a little later.");
}
