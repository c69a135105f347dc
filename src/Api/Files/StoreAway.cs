using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using ResourceHub.Core.Blobs;
using ResourceHub.Core.Telemetry;

namespace ResourceHub.Api.Files;

/// <summary>Says "later" where the blob store does not answer: what was told as stored is stored, and a sender goes on from there.</summary>
internal static class StoreAway
{
    private const string Seconds = "5";

    public static async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (StoreAwayException)
        {
            HubMeter.BlobsFailed("away");
            context.HttpContext.Response.Headers[HeaderNames.RetryAfter] = Seconds;
            return Refusal.StoreAway;
        }
    }
}
