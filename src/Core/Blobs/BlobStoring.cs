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
                // A stream that broke looks to the store like a sender that went away; half a thing must not become a whole blob.
                ct.ThrowIfCancellationRequested();
                if (await content.ReadAsync(new byte[1], ct) != 0) throw new EndOfStreamException("The content broke off while it was stored.");
                var name = await blobs.CommitAsync(id, info, ct);
                await blobs.DiscardAsync(id, ct);
                return name;
            }
            catch
            {
                await blobs.DiscardAsync(id, CancellationToken.None);
                throw;
            }
        }
    }
}
