using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Api.Audit;
using ResourceHub.Api.Files;
using ResourceHub.Api.GraphQL;
using ResourceHub.Api.People;
using ResourceHub.Core;
using ResourceHub.Core.Blobs;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.Resources;
using Refusal = ResourceHub.Api.Files.Refusal;

namespace ResourceHub.Api.Packs;

/// <summary>Where packs are downloaded from.</summary>
public static class PackAddress
{
    public static string OfLesson(Guid lessonId) => $"/files/lessons/{GlobalId.Of<Lesson>(lessonId)}.zip";
}

/// <summary>
/// A lesson, or resources that were chosen, as one zip: written straight to the line while the blobs are read, so that memory does not grow with it. What the
/// viewer may not see is counted in the sheet, what cannot be read is named there, and the rest comes.
/// </summary>
public static class PackEndpoint
{
    public const int MostChosen = 100;

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapPacks(this IEndpointRouteBuilder app)
    {
        var door = app.MapGroup("").AddEndpointFilter(StoreAway.FilterAsync);
        // Below /files, where proxies that go by the beginning of a path find the API; pages have /lessons.
        door.MapMethods("/files/lessons/{id}.zip", Reading, LessonAsync);
        door.MapMethods("/lessons/{id}.zip", Reading, LessonAsync);
        door.MapMethods("/resources.zip", Reading, SelectionAsync);
    }

    private static async Task<IResult> LessonAsync(string id, HttpContext http, IDbContextFactory<HubDb> databases, IBlobStore blobs, DownloadCounts counts, RestrictedReads reads, TimeProvider clock)
    {
        await using var db = await databases.CreateDbContextAsync(http.RequestAborted);
        return GlobalId.Parse(id) is (nameof(Lesson), var lesson) && await PackContent.OfLessonAsync(db, http.Viewer(), lesson, http.RequestAborted) is { } content
            ? await SendAsync(http, content, blobs, counts, reads, clock)
            : Refusal.NoFile;
    }

    private static async Task<IResult> SelectionAsync(string[] id, HttpContext http, IDbContextFactory<HubDb> databases, IBlobStore blobs, DownloadCounts counts, RestrictedReads reads, TimeProvider clock)
    {
        if (id.Length == 0) return Refusal.Of(400, "REQUIRED", "请选择资源：/resources.zip?id=…&id=…。Choose resources: /resources.zip?id=…&id=….");
        if (id.Length > MostChosen) return Refusal.Of(400, "TOO_MANY", $"一次最多 {MostChosen} 项。At most {MostChosen} at once.");
        List<Guid> chosen = [.. id.Distinct().Select(GlobalId.Parse).OfType<(string Type, Guid Id)>().Where(i => i.Type == nameof(Resource)).Select(i => i.Id).Distinct()];
        await using var db = await databases.CreateDbContextAsync(http.RequestAborted);
        var content = await PackContent.OfSelectionAsync(db, http.Viewer(), chosen, id.Distinct().Count(), http.RequestAborted);
        return content.Resources.Count == 0 ? Refusal.NoFile : await SendAsync(http, content, blobs, counts, reads, clock);
    }

    private static async Task<IResult> SendAsync(HttpContext http, PackContent content, IBlobStore blobs, DownloadCounts counts, RestrictedReads reads, TimeProvider clock)
    {
        DownloadHeaders.Write(http, PackNames.Safe(content.Title) + ".zip", asAttachment: true);
        http.Response.ContentType = "application/zip";
        if (HttpMethods.IsHead(http.Request.Method)) return TypedResults.Empty;
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            await WriteAsync(http, content, blobs, counts, reads, clock);
        }
        catch (StoreAwayException) when (http.Response.HasStarted)
        {
            // Half a zip must not look like a whole one.
            http.Abort();
        }
        return TypedResults.Empty;
    }

    private static async Task WriteAsync(HttpContext http, PackContent content, IBlobStore blobs, DownloadCounts counts, RestrictedReads reads, TimeProvider clock)
    {
        var ct = http.RequestAborted;
        var sheet = new PackSheet(content, clock.GetUtcNow().UtcDateTime);
        // What the archive writes of its own at the end of each entry it does not always write asynchronously, which the body refuses and the pipe takes.
        await using var zip = await ZipArchive.CreateAsync(http.Response.BodyWriter.AsStream(leaveOpen: true), ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct);
        var names = new PackNames();
        foreach (var packed in content.Resources)
        {
            var resource = packed.Resource;
            foreach (var file in resource.CurrentFiles)
            {
                var path = names.Place(packed.Folder, file.Name);
                if (!await AddAsync(zip, path, file, blobs, ct)) sheet.Missing(path);
                else sheet.Add(resource.Id, path, file.Size, file.Sha256);
                if (resource.State != ResourceState.Published || resource.Visibility < Visibility.Members) reads.Note(http, nameof(Resource), resource.Id, resource.SchoolId, file.Id, file.Name);
            }
            counts.Note(resource.Id);
        }
        await TextAsync(zip, PackSheet.Name, sheet.Write(), clock, ct);
        await TextAsync(zip, PackSheet.ChecksumsName, sheet.Checksums(), clock, ct);
    }

    /// <summary>False when the bytes are not there, or not as many as they were.</summary>
    private static async Task<bool> AddAsync(ZipArchive zip, string path, ResourceFile file, IBlobStore blobs, CancellationToken ct)
    {
        await using var bytes = BlobName.Parse(file.Sha256) is { } name ? await blobs.OpenAsync(name, ct) : null;
        if (bytes is null || bytes.Length != file.Size) return false;
        var entry = zip.CreateEntry(path, IsPacked(file.MediaType) ? CompressionLevel.NoCompression : CompressionLevel.Fastest);
        entry.LastWriteTime = file.AddedAt;
        await using var into = await entry.OpenAsync(ct);
        await bytes.CopyToAsync(into, ct);
        return true;
    }

    private static async Task TextAsync(ZipArchive zip, string name, string text, TimeProvider clock, CancellationToken ct)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = clock.GetUtcNow();
        await using var into = await entry.OpenAsync(ct);
        await into.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
    }

    /// <summary>Packing these once more costs time and saves nothing.</summary>
    private static bool IsPacked(string mediaType)
        => mediaType is "application/pdf" or "application/zip" || mediaType.StartsWith("video/", StringComparison.Ordinal) || mediaType.StartsWith("audio/", StringComparison.Ordinal)
        || mediaType.StartsWith("image/", StringComparison.Ordinal) || mediaType.StartsWith("application/vnd.openxmlformats", StringComparison.Ordinal);
}
