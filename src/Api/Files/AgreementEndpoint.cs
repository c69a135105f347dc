using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using ResourceHub.Api.Audit;
using ResourceHub.Api.GraphQL;
using ResourceHub.Api.People;
using ResourceHub.Core.Blobs;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.Files;

/// <summary>Where a partnership's agreement is.</summary>
public static class AgreementAddress
{
    public static string Of(Guid partnershipId) => $"/agreements/{GlobalId.Of<Partnership>(partnershipId)}";

    public static Guid? Read(string id) => GlobalId.Parse(id) is (nameof(Partnership), var partnership) ? partnership : null;
}

/// <summary>The signed agreement, for the partnership's schools and hub admins. To all others it is not there, whether it is or not.</summary>
public static class AgreementEndpoint
{
    public static void MapAgreements(this IEndpointRouteBuilder app) => app.MapMethods("/agreements/{id}", [HttpMethods.Get, HttpMethods.Head], AnswerAsync).AddEndpointFilter(StoreAway.FilterAsync);

    private static async Task<IResult> AnswerAsync(string id, HttpContext http, Agreements agreements, IBlobStore blobs, RestrictedReads reads, string? inline = null)
    {
        if (AgreementAddress.Read(id) is not { } partnership || await agreements.FindAsync(http.Viewer(), partnership, http.RequestAborted) is not { } file) return Refusal.NoFile;
        if (BlobName.Parse(file.Sha256) is not { } name || await blobs.OpenAsync(name, http.RequestAborted) is not { } content) return Refusal.FileDamaged;
        reads.Note(http, nameof(Partnership), partnership, null, partnership, file.Name);
        DownloadHeaders.Write(http, file.Name, asAttachment: !(inline is "1" or "true" && ContentTypes.CanShow(file.MediaType)));
        return TypedResults.Stream(content, ContentTypes.Safe(file.MediaType), entityTag: new EntityTagHeaderValue($"\"{file.Sha256}\""), enableRangeProcessing: true);
    }
}
