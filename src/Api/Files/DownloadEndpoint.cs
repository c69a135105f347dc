using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using ResourceHub.Api.Audit;
using ResourceHub.Api.People;
using ResourceHub.Core;
using ResourceHub.Core.Blobs;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;

namespace ResourceHub.Api.Files;

/// <summary>Bytes out: whole or in ranges, to those who may see the resource at this moment. Absent and forbidden answer alike.</summary>
public static class DownloadEndpoint
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static IServiceCollection AddDownloads(this IServiceCollection services)
        => services.AddSingleton<DownloadCounts>().AddHostedService(s => s.GetRequiredService<DownloadCounts>());

    public static void MapDownloads(this IEndpointRouteBuilder app)
    {
        var door = app.MapGroup("/files/{id}").AddEndpointFilter(StoreAway.FilterAsync);
        door.MapMethods("", Reading, FileAsync);
        door.MapMethods("/poster", Reading, PosterAsync);
    }

    /// <summary>What a download needs of a file's row.</summary>
    private sealed record Found(Guid Id, Guid ResourceId, Guid SchoolId, string Name, string MediaType, long Size, string Sha256, string? Poster, DateTime AddedAt, bool IsOpenToMembers);

    private static async Task<IResult> FileAsync(string id, HttpContext http, IDbContextFactory<HubDb> databases, IBlobStore blobs, DownloadCounts counts, RestrictedReads reads, string? inline = null)
    {
        if (await FindAsync(id, http.Viewer(), databases, http.RequestAborted) is not { } file) return Refusal.NoFile;
        if (await OpenAsync(blobs, file.Sha256, file.Size, http.RequestAborted) is not { } content) return Refusal.FileDamaged;
        DownloadHeaders.Write(http, file.Name, asAttachment: !(inline is "1" or "true" && ContentTypes.CanShow(file.MediaType)));
        var range = http.Request.GetTypedHeaders().Range;
        // The framework takes every unit for bytes; one that we do not know means the whole file.
        if (range is not null && range.Unit != "bytes")
        {
            http.Request.Headers.Remove(HeaderNames.Range);
            range = null;
        }
        if (!file.IsOpenToMembers) reads.Note(http, nameof(Resource), file.ResourceId, file.SchoolId, file.Id, file.Name);
        if (IsFromTheStart(http.Request, range)) counts.Note(file.ResourceId);
        if (await LinkAsync(http, file) is { } link)
        {
            await content.DisposeAsync();
            return TypedResults.Redirect(link.AbsoluteUri);
        }
        return TypedResults.Stream(content, ContentTypes.Safe(file.MediaType), lastModified: file.AddedAt, entityTag: Tag(file.Sha256), enableRangeProcessing: true);
    }

    private static async Task<IResult> PosterAsync(string id, HttpContext http, IDbContextFactory<HubDb> databases, IBlobStore blobs)
    {
        if (await FindAsync(id, http.Viewer(), databases, http.RequestAborted) is not { Poster: { } poster } file) return Refusal.NoFile;
        if (await OpenAsync(blobs, poster, null, http.RequestAborted) is not { } content) return Refusal.FileDamaged;
        DownloadHeaders.Write(http, "poster.jpg", asAttachment: false);
        return TypedResults.Stream(content, "image/jpeg", lastModified: file.AddedAt, entityTag: Tag(poster), enableRangeProcessing: true);
    }

    /// <summary>
    /// A link of the store's own, where it gives any. It opens for some minutes whatever happens here, so what is not for all members goes through the hub:
    /// an agreement that ends closes it at the next request.
    /// </summary>
    private static async Task<Uri?> LinkAsync(HttpContext http, Found file)
    {
        if (!file.IsOpenToMembers || !HttpMethods.IsGet(http.Request.Method) || http.RequestServices.GetService<ITemporaryLinks>() is not { } links) return null;
        var name = BlobName.Parse(file.Sha256)!.Value;
        return await links.LinkAsync(name, http.Response.Headers.ContentDisposition.ToString(), ContentTypes.Safe(file.MediaType), http.RequestAborted);
    }

    private static async Task<Found?> FindAsync(string id, Viewer viewer, IDbContextFactory<HubDb> databases, CancellationToken ct)
    {
        if (FileAddress.Read(id) is not { } fileId) return null;
        await using var db = await databases.CreateDbContextAsync(ct);
        // A file that a later version took out stays the owner school's own.
        var files = from r in db.Resources.AsNoTracking().VisibleTo(viewer)
                    from f in r.Files
                    where f.Id == fileId && (f.RemovedIn == null || viewer.IsHubAdmin || r.SchoolId == viewer.SchoolId)
                    select new Found(f.Id, r.Id, r.SchoolId, f.Name, f.MediaType, f.Size, f.Sha256, f.Extraction!.PosterSha256, f.AddedAt, r.State == ResourceState.Published && r.Visibility >= Visibility.Members);
        return await files.FirstOrDefaultAsync(ct);
    }

    /// <summary>Null when the bytes are not there, or not as many as they were: never served as if they were the file.</summary>
    private static async Task<Stream?> OpenAsync(IBlobStore blobs, string sha256, long? size, CancellationToken ct)
    {
        var content = BlobName.Parse(sha256) is { } name ? await blobs.OpenAsync(name, ct) : null;
        if (content is null || size is null || content.Length == size) return content;
        await content.DisposeAsync();
        return null;
    }

    /// <summary>A player that jumps about in a video asks often; one visit counts once.</summary>
    private static bool IsFromTheStart(HttpRequest request, RangeHeaderValue? range)
        => HttpMethods.IsGet(request.Method) && request.Headers.IfNoneMatch.Count == 0
        && (range is not { Ranges: { Count: 1 } ranges } || ranges.First().From == 0);

    private static EntityTagHeaderValue Tag(string sha256) => new($"\"{sha256}\"");
}
