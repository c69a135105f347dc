using Microsoft.EntityFrameworkCore;

namespace ResourceHub.Core.Blobs;

/// <summary>Where the record names blobs.</summary>
public static class BlobUses
{
    extension(HubDb db)
    {
        /// <summary>Every blob that the record names, each once, with a name that a file of it has.</summary>
        public async Task<IReadOnlyDictionary<string, string>> UsedBlobsAsync(CancellationToken ct)
        {
            var used = new SortedDictionary<string, string>(StringComparer.Ordinal);
            await foreach (var file in db.Files.AsNoTracking().Select(f => new { f.Sha256, f.Name }).AsAsyncEnumerable().WithCancellation(ct)) used.TryAdd(file.Sha256, file.Name);
            await foreach (var upload in db.Uploads.AsNoTracking().Where(u => u.Sha256 != null).Select(u => new { u.Sha256, u.Name }).AsAsyncEnumerable().WithCancellation(ct)) used.TryAdd(upload.Sha256!, upload.Name);
            await foreach (var poster in db.Extractions.AsNoTracking().Where(e => e.PosterSha256 != null).Select(e => e.PosterSha256).AsAsyncEnumerable().WithCancellation(ct)) used.TryAdd(poster!, "poster.jpg");
            await foreach (var agreement in db.Partnerships.AsNoTracking().Where(p => p.AgreementFile != null).Select(p => p.AgreementFile!.Sha256).AsAsyncEnumerable().WithCancellation(ct)) used.TryAdd(agreement, "agreement");
            return used;
        }
    }
}
