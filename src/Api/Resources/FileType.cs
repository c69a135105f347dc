using GraphQL.DataLoader;
using ResourceHub.Api.Files;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core.Resources;

namespace ResourceHub.Api.Resources;

/// <summary>资源的一个文件；内容不变，重新上传即为新版本。A file of a resource. Its bytes never change; a new upload makes a new version.</summary>
[ObjectType<ResourceFile>, Node]
public static class FileType
{
    [NodeResolver]
    public static IDataLoaderResult<ResourceFile?> Find(Guid id, [Service] FileById files) => files.LoadAsync(id);

    /// <summary>上传时的文件名。The name it was uploaded with.</summary>
    public static string GetName([Parent] ResourceFile file) => file.Name;

    /// <summary>媒体类型：读取后按内容，之前按文件名。Its media type: by content once it has been read, by name until then.</summary>
    public static string GetMediaType([Parent] ResourceFile file) => file.MediaType;

    /// <summary>字节数。Its size in bytes.</summary>
    public static long GetSize([Parent] ResourceFile file) => file.Size;

    /// <summary>内容的 SHA-256，64 位十六进制。SHA-256 of its bytes in hex.</summary>
    public static string GetSha256([Parent] ResourceFile file) => file.Sha256;

    /// <summary>从哪个版本起属于该资源。The version that brought it.</summary>
    public static int GetAddedIn([Parent] ResourceFile file) => file.AddedIn;

    /// <summary>添加时间。When it was added.</summary>
    public static DateTime GetAddedAt([Parent] ResourceFile file) => file.AddedAt;

    /// <summary>从文件中读出的内容。What was read from it.</summary>
    public static IDataLoaderResult<Core.Files.FileExtraction> GetExtraction([Parent] ResourceFile file, [Service] ExtractionOfFile extractions) => extractions.LoadAsync(file.Id)!;

    /// <summary>下载地址，相对于本站；需与查询相同的密钥。Where to download it, relative to this site; send the same key as for queries.</summary>
    public static string GetDownloadUrl([Parent] ResourceFile file) => FileAddress.Of(file.Id);

    /// <summary>在浏览器中打开文件某一处的地址：音视频从该秒播放，PDF 翻到该页；浏览器不能显示的为 null。Where a browser shows it, turned to a place: recordings play from that second, a PDF opens at that page; null for what browsers do not show.</summary>
    /// <param name="page">页。The page.</param>
    /// <param name="second">秒。The second.</param>
    public static string? GetOpenUrl([Parent] ResourceFile file, int? page = null, double? second = null) => FileAddress.At(file, new(page, Second: second));

    /// <summary>播放时用的音视频：本身，或字幕对应的那一个；没有时为 null。The recording to play for its words: itself, or for subtitles the one they belong to; null where there is none.</summary>
    public static IDataLoaderResult<ResourceFile?> GetRecording([Parent] ResourceFile file, [Service] FilesOfResource files)
        => Recordings.IsSubtitles(file.MediaType) ? files.LoadAsync(file.ResourceId).Then(beside => file.RecordingFor(beside ?? [])) : Later.Given(file.RecordingFor([]));

    /// <summary>封面图地址；没有时为 null。A picture of it; null where there is none.</summary>
    public static IDataLoaderResult<string?> GetThumbnailUrl([Parent] ResourceFile file, [Service] ExtractionOfFile extractions)
        => extractions.LoadAsync(file.Id).Then(read => read?.PosterSha256 is null ? null : FileAddress.OfPoster(file.Id));

    /// <summary>所属资源。The resource it belongs to.</summary>
    public static IDataLoaderResult<Resource?> GetResource([Parent] ResourceFile file, [Service] ResourceById resources) => resources.LoadAsync(file.ResourceId);
}
