using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;

namespace ResourceHub.Engines.AzureBlobs;

/// <summary>Links that open one blob for some minutes: signed by a key that Azure gives the hub's identity for a day, or by the account's key.</summary>
internal sealed class SasLinks(BlobContainerClient container, AzureSettings settings, TimeProvider clock)
{
    private static readonly TimeSpan KeyTime = TimeSpan.FromDays(1);

    /// <summary>Clocks differ: a link that begins this very second may not open yet.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    private UserDelegationKey? delegated;

    public async Task<Uri?> LinkAsync(BlockBlobClient blob, string disposition, string mediaType, CancellationToken ct)
    {
        if (!settings.Links) return null;
        var now = clock.GetUtcNow();
        var link = new BlobSasBuilder(BlobSasPermissions.Read, now.AddMinutes(settings.LinkMinutes))
        {
            BlobContainerName = blob.BlobContainerName,
            BlobName = blob.Name,
            Resource = "b",
            StartsOn = now - Skew,
            ContentDisposition = disposition,
            ContentType = mediaType,
            CacheControl = "private, no-store",
        };
        if (blob.CanGenerateSasUri) return blob.GenerateSasUri(link);
        var service = container.GetParentBlobServiceClient();
        return await KeyAsync(service, now, ct) is { } key ? new BlobUriBuilder(blob.Uri) { Sas = link.ToSasQueryParameters(key, service.AccountName) }.ToUri() : null;
    }

    /// <summary>Null where the hub's identity may not sign: it needs the role Storage Blob Delegator.</summary>
    private async Task<UserDelegationKey?> KeyAsync(BlobServiceClient service, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            if (delegated is { } known && known.SignedExpiresOn > now.AddHours(1)) return known;
            return delegated = await service.GetUserDelegationKeyAsync(new BlobGetUserDelegationKeyOptions(now + KeyTime) { StartsOn = now - Skew }, ct);
        }
        catch (RequestFailedException refused) when (refused.Status == 403)
        {
            return null;
        }
    }
}
