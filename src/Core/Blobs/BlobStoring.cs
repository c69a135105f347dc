namespace ResourceHub.Core.Blobs;

public static class BlobStoring
{
    extension(IBlobStore blobs)
    {
        /// <summary>Stores a whole stream at once: small things that the hub itself made, such as poster frames.</summary>
        public async Task<BlobName> PutAsync(Stream content, BlobInfo info, CancellationToken ct)
        {
            var id = Guid.CreateVersion7().ToString("n");
            await blobs.StageAsync(id, ct);
            try
            {
                await blobs.AppendAsync(id, 0, content, long.MaxValue, ct);
                return await blobs.CommitAsync(id, info, ct);
            }
            catch
            {
                await blobs.DiscardAsync(id, CancellationToken.None);
                throw;
            }
        }
    }
}
