using Microsoft.AspNetCore.Http;
using ResourceHub.Core;

namespace ResourceHub.Api.People;

/// <summary>Whether a form was sent by a page of this hub. Browsers say so themselves; older ones name the page's address.</summary>
public static class SameSite
{
    /// <param name="needsProof">True for forms, which any page can make a browser send; a JSON body cannot be sent to another site without asking it first.</param>
    public static bool Sent(HttpRequest request, HubSettings settings, bool needsProof)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0) return site is "same-origin" or "none";
        var from = request.Headers.Origin.ToString() is { Length: > 0 } origin ? origin : request.Headers.Referer.ToString();
        if (from.Length == 0) return !needsProof;
        return Uri.TryCreate(from, UriKind.Absolute, out var page) && (IsOwn(page, request) || IsPublic(page, settings));
    }

    private static bool IsOwn(Uri page, HttpRequest request) => page.Scheme == request.Scheme && page.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase);

    private static bool IsPublic(Uri page, HubSettings settings)
        => Uri.TryCreate(settings.PublicAddress, UriKind.Absolute, out var own) && page.Scheme == own.Scheme && page.Authority == own.Authority;
}
